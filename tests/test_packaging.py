"""A wheel built from the repository works where it is installed, far from the repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from extractor import Extractor, __version__
from extractor.language import tokens
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

CODE = """
import json, spacy
import extractor
from extractor.patterns import builtin_root
nlp = spacy.blank("id")
nlp.add_pipe("warta_dates")
record = extractor.extract_text("Rapat digelar Rabu (14/2/2024).", title="Rapat")
digest = record.provenance.patterns
print(json.dumps({"package": extractor.__file__, "patterns": str(builtin_root()), "digest": digest}))
"""

SAMPLES = f"""
import json, pathlib
import extractor
from extractor.language import tokens
pages = sorted(pathlib.Path({str(ROOT / "samples")!r}).glob("*.html"))
reader = extractor.load()
records = [reader.extract(page.read_bytes()).model_dump_json() for page in pages]
print(json.dumps({{"file": tokens.__file__, "records": records}}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    environment = {**os.environ, "WARTA_COMPILE": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the wheel; what the wheel depends on is borrowed from this environment."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)], check=True)
    own = json.loads(_output(python, "import json, sysconfig; print(json.dumps(sysconfig.get_path('purelib')))"))
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (Path(own) / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return python


def _output(python: Path, code: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(python), "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=python.parent, env=environment
    ).stdout


def test_wheel_holds_the_package_and_the_rule_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    data = {p.relative_to(ROOT / "patterns").as_posix() for p in (ROOT / "patterns").rglob("*") if p.is_file()}
    assert {name.removeprefix("extractor/_patterns/") for name in names if "/_patterns/" in name} == data
    assert {name.split("/")[0] for name in names} == {"extractor", f"warta-{__version__}.dist-info"}
    assert "extractor/py.typed" in names


def test_installed_wheel_finds_its_patterns_and_extracts(installed: Path, extractor: Extractor) -> None:
    told = json.loads(_output(installed, CODE))
    environment = str(installed.parent.parent)
    assert told["package"].startswith(environment)
    assert told["patterns"].startswith(environment)
    assert told["digest"] == extractor.patterns.digest


def test_compiled_and_plain_modules_give_the_same_records(installed: Path, extractor: Extractor) -> None:
    if tokens.__file__.endswith(".py"):
        pytest.skip("this environment was set up without compiling (no C compiler, or WARTA_COMPILE=0)")
    told = json.loads(_output(installed, SAMPLES))
    assert told["file"].endswith(".py")
    pages = sorted((ROOT / "samples").glob("*.html"))
    assert told["records"] == [extractor.extract(page.read_bytes()).model_dump_json() for page in pages]


def test_no_compiled_module_is_older_than_its_source() -> None:
    rooms = (ROOT / "extractor").rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}")
    pairs = ((made, made.with_name(made.name.split(".")[0] + ".py")) for made in rooms)
    stale = [made.name for made, source in pairs if source.exists() and made.stat().st_mtime < source.stat().st_mtime]
    assert not stale, "run `make` again, or work with WARTA_COMPILE=0 (CONTRIBUTING.md)"


def test_installed_command_works(installed: Path) -> None:
    command = [str(installed.parent / "warta"), "extract", "-", "--title", "Rapat"]
    done = subprocess.run(command, input="Rapat digelar Rabu (14/2/2024).", capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["article"]["title"] == "Rapat"
