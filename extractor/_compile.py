"""Build hook of hatchling: parses the rule data and compiles the page and language rooms with mypyc.

The same modules run as plain Python wherever they could not be compiled, only slower, and give the same records.
`WARTA_COMPILE=0` builds without compiling; `WARTA_COMPILE=1` makes a build that cannot compile fail; by default it
warns. The hook is no part of the installed package.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GROUP = "extractor._compiled"
ROOMS = ("language", "page")
# Interpreted: what is built on classes of pydantic or bs4 (a compiled class cannot be), functions that spaCy inspects,
# cached properties, lone surrogates in a string, and what takes values of any type from callers.
INTERPRETED = frozenset(
    {"__init__.py", "factories.py", "profiles.py", "soup.py", "rules.py", "decode.py", "content.py"}
)


class CompileHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Adds the compiled modules to a wheel, or puts them beside their sources for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files; `version` is "standard" or "editable"."""
        root = Path(self.root)
        self.made = Path(tempfile.mkdtemp(prefix="warta-build-"))
        if version == "editable":
            remove_compiled(root)
        _parse_rule_data(root, self.made / "data")
        folders = [self.made / "data", *([self.made / "lib"] if self._compile(root, build_data) else [])]
        for folder in folders:
            for made in sorted(path for path in folder.rglob("*") if path.is_file()):
                place = made.relative_to(folder)
                if version == "editable":
                    shutil.copy2(made, root / place)
                else:
                    build_data["force_include"][str(made)] = place.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called by hatchling when the wheel is written."""
        shutil.rmtree(self.made, ignore_errors=True)

    def _compile(self, root: Path, build_data: dict[str, Any]) -> bool:
        """Compiles where that is wished and can be; tells whether it did."""
        if (wish := os.environ.get("WARTA_COMPILE")) == "0":
            return False
        try:
            compile_rooms(root, self.made)
        except (Exception, SystemExit) as error:
            if wish == "1":
                raise
            self.app.display_warning(
                f"Warta was not compiled ({type(error).__name__}: {error}); it runs as plain Python, which takes half "
                "as long again. A C compiler and Python's headers are needed."
            )
            return False
        build_data["infer_tag"] = True
        build_data["pure_python"] = False
        return True


def _parse_rule_data(root: Path, folder: Path) -> None:
    """Writes the store that `extractor/parsed.py` reads; in `folder` it stands as it would below `root`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    store_of = _module(root / "extractor" / "parsed.py").store_of
    files = (root / "patterns").rglob("*.yml")
    store = folder / "extractor" / "_parsed.json"
    store.parent.mkdir(parents=True)
    store.write_text(store_of(files, lambda source: yaml.load(source.decode(), Loader=loader)), encoding="utf-8")


def _module(path: Path) -> Any:
    """A module of ours that needs nothing else of ours, by its file: the package itself is not built yet."""
    spec = importlib.util.spec_from_file_location(f"_warta_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources(root: Path) -> list[Path]:
    """The modules that are compiled."""
    found = [path for room in ROOMS for path in (root / "extractor" / room).rglob("*.py")]
    return sorted([root / "extractor" / "assemble.py", *(path for path in found if path.name not in INTERPRETED)])


def remove_compiled(root: Path) -> None:
    """Removes compiled modules that stand beside their sources."""
    for library in (root / "extractor").rglob(f"*{_suffix()}"):
        library.unlink()


def compile_rooms(root: Path, folder: Path) -> None:
    """Compiles the rooms; in `folder`, below "lib", they stand as they would below `root`."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    class BuildSideBySide(build_ext):  # type: ignore[misc,unused-ignore]
        """Lets the compiler work on as many files at once as there are processors."""

        def build_extensions(self) -> None:
            compiler: Any = self.compiler
            compiler.compile = partial(_compile_side_by_side, compiler)
            super().build_extensions()

    config = folder / "mypy.ini"
    config.write_text(
        "[mypy]\nignore_missing_imports = true\n"
        + "".join(
            f"[mypy-{package}.*]\nfollow_imports = skip\n" for package in ("spacy", "pydantic", "dateparser", "srsly")
        )
    )
    here = Path.cwd()
    os.chdir(root)
    try:
        modules = mypycify(
            ["--config-file", str(config), *(str(path.relative_to(root)) for path in sources(root))],
            opt_level="2",
            debug_level="0",
            multi_file=True,
            group_name=GROUP,
            target_dir=str(folder / "c"),
        )
        for module in modules:
            module.include_dirs.append(str(folder / "c" / "extractor"))
        command = BuildSideBySide(Distribution({"name": "warta", "ext_modules": modules}))
        command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "objects")
        command.ensure_finalized()
        command.run()
    finally:
        os.chdir(here)


def _compile_side_by_side(
    compiler: Any,
    files: list[str],
    output_dir: str | None = None,
    macros: Any = None,
    include_dirs: Any = None,
    debug: bool = False,
    extra_preargs: Any = None,
    extra_postargs: Any = None,
    depends: Any = None,
) -> list[str]:
    """What `compile` of setuptools' compilers does, one thread a processor."""
    setup = compiler._setup_compile(output_dir, macros, include_dirs, files, depends, extra_postargs)
    _, objects, last, options, build = setup
    first = compiler._get_cc_args(options, debug, extra_preargs)

    def compile_one(made: str) -> None:
        compiler._compile(made, *build[made], first, last, options)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compile_one, build))
    return list(objects)


def _suffix() -> str:
    return str(sysconfig.get_config_var("EXT_SUFFIX"))
