"""What the documentation shows is true: its Python runs, its commands work, every verb, option and code is in it."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from extractor.cli import app
from tests.conftest import ROOT, Run

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[tuple[str, str]]:
    """Every fenced block of a language with the page it stands on."""
    fence = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [(page.name, match[1]) for page in PAGES for match in fence.finditer(page.read_text(encoding="utf-8"))]


PYTHON = blocks("python")
COMMANDS: dict[str, list[str]] = {}
for _page, _block in blocks("bash"):
    COMMANDS.setdefault(_page, []).extend(_block.splitlines())


@pytest.mark.parametrize(("page", "code"), PYTHON, ids=[f"{page}-{i}" for i, (page, _) in enumerate(PYTHON)])
def test_python_in_the_documentation_runs(page: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, page, "exec"), {"__name__": "documentation"})


@pytest.mark.parametrize("page", COMMANDS)
def test_commands_in_the_documentation_work_in_their_order(
    page: str, tmp_path: Path, warta: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    for line in COMMANDS[page]:
        program, *arguments = shlex.split(line)
        assert program == "warta", line
        status, _, err = warta(*arguments)
        assert status == 0, f"{line}: {err}"


def verbs() -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """Every verb of the command with its full name."""
    root = typer.main.get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from ((f"{name} {below}", verb) for below, verb in command.commands.items())
        else:
            yield name, command


VERBS = dict(verbs())


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_documented_with_an_example(name: str) -> None:
    section = re.search(rf"^## `warta {name}`$(.*?)(?=^## |\Z)", CLI, re.MULTILINE | re.DOTALL)
    assert section, f"docs/cli.md has no section for warta {name}"
    assert f"warta {name}" in section[1]
    assert f"`warta {name}" in README
    assert VERBS[name].help
    for parameter in VERBS[name].params:
        for option in (option for option in parameter.opts if option.startswith("--")):
            assert option in section[1], f"docs/cli.md does not tell of {option} of warta {name}"
        assert getattr(parameter, "help", None), f"{parameter.name} of warta {name} has no help"


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def codes() -> Iterator[tuple[str, str]]:
    """Every code of a warning, an error or a failure in the source, with its file.

    A code is the first or second argument of what makes one, the head of a pair that is put among warnings, or a
    constant called CODE.
    """
    for path in sorted((ROOT / "extractor").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for value in _code_values(node):
                if isinstance(value, ast.Constant) and CODE.fullmatch(str(value.value)):
                    yield str(value.value), path.name


def _code_values(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        return [node.value] if node.value and ast.unparse(target).endswith("CODE") else []
    if not isinstance(node, ast.Call):
        return []
    callee = ast.unparse(node.func)
    if re.search(r"(?:InputError|FetchError|Failure|Warning|warn\w*)$", callee):
        return [*node.args[:2], *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
    return [pair.elts[0] for pair in node.args if isinstance(pair, ast.Tuple)] if "warnings" in callee else []


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    used = dict(codes())
    page = (ROOT / "docs" / "warnings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    assert {"empty-input", "internal-error", "unreadable-source"} <= used.keys()
    assert used.keys() - documented == set(), "docs/warnings.md lacks codes"
    assert documented - used.keys() == set(), "docs/warnings.md lists codes that nothing gives"


def test_makefile_targets_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.M)
    }
    assert named <= targets
