"""The public surface of `extractor`."""

from __future__ import annotations

import inspect
import pickle
import subprocess
import sys

import pytest

import extractor
from extractor import Extractor, InputError, Record


def test_all_names_exist_and_are_all_there_is() -> None:
    public = {name for name in extractor.__all__ if name != "__version__"}
    assert sorted(extractor.__all__) == extractor.__all__
    assert all(getattr(extractor, name) is not None for name in extractor.__all__)
    defined = {
        name
        for name, value in vars(extractor).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith("extractor")
    }
    assert defined <= public


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extract_all'"):
        _ = extractor.extract_all


def test_importing_is_light() -> None:
    code = "import sys, extractor; sys.exit(any(m in sys.modules for m in ('spacy', 'pydantic', 'bs4', 'lxml')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", ["extract", "extract_text", "extract_many"])
def test_functions_take_what_the_methods_take(name: str) -> None:
    method = inspect.signature(getattr(Extractor, name)).parameters
    function = inspect.signature(getattr(extractor, name)).parameters
    assert list(function) == [parameter for parameter in method if parameter != "self"]


def test_functions_extract() -> None:
    assert isinstance(extractor.extract_text("Hujan turun di pasar.", title="Hujan"), Record)
    records = list(extractor.extract_many([{"text": "Hujan turun di pasar.", "title": "Hujan"}]))
    assert [record.article.title for record in records] == ["Hujan"]


def test_input_errors_survive_processes() -> None:
    again = pickle.loads(pickle.dumps(InputError("empty-input", "nothing here")))
    assert (again.code, str(again)) == ("empty-input", "nothing here")
