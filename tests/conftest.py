"""What tests share: one extractor with our rule data, and the folder of shared measuring data where there is one."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from extractor import Extractor, load
from extractor.cli import main

# The same examples in every run of CI, and no deadline anywhere: how long an example takes says nothing of its truth.
settings.register_profile("house", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")

ROOT = Path(__file__).resolve().parent.parent

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """An extractor with our rule data, built once."""
    return load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and gold annotations; it lies beside the repository and is not part of it."""
    folder = Path(os.environ.get("WARTA_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent; set WARTA_SHARED to the folder of measuring data to run this test")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of our own articles."""
    return ROOT / "samples"


@pytest.fixture
def warta(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> Run:
    """Runs the command in this process, with the extractor of the session where ours is asked for.

    Takes the arguments, and `stdin` as bytes; returns exit status, standard output and standard error.
    """
    monkeypatch.setattr("extractor.pipeline.load", lambda folder=None: load(folder) if folder else extractor)

    def run(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return run
