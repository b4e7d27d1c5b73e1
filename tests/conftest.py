"""What tests share: one extractor with our rule data, and the folder of shared measuring data where there is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor import Extractor, load

ROOT = Path(__file__).resolve().parent.parent


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
