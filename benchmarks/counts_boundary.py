"""Counts what is asked of spaCy, BeautifulSoup, selectolax, dateparser and pydantic, at their door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any


def watch(told: Counter[str]) -> None:
    """Puts the counters in place; our modules must be imported after it."""
    _watch_spacy(told)
    _watch_soup(told)
    _watch_parser(told)
    _watch_others(told)


def watch_tokenizer(nlp: Any, told: Counter[str]) -> None:
    """Counts the texts that a pipeline cuts into tokens, and the tokens."""
    real = nlp.tokenizer

    def counting(text: str) -> Any:
        doc = real(text)
        told["texts tokenized"] += 1
        told["tokens made"] += len(doc)
        return doc

    nlp.tokenizer = counting


def around(owner: Any, name: str, tell: Callable[..., None]) -> Callable[..., Any]:
    """A function that tells of each call of `owner.name` and then makes it, set in its place."""
    real = getattr(owner, name)

    @wraps(real)
    def counting(*args: Any, **kwargs: Any) -> Any:
        tell(*args, **kwargs)
        return real(*args, **kwargs)

    setattr(owner, name, staticmethod(counting) if name == "__new__" else counting)
    return counting


def _watch_spacy(told: Counter[str]) -> None:
    import spacy.matcher

    for name in ("Matcher", "PhraseMatcher"):
        setattr(spacy.matcher, name, _matcher(name, getattr(spacy.matcher, name), told))


def _matcher(name: str, base: Any, told: Counter[str]) -> type:
    class Counting(base):  # type: ignore[misc]
        def __call__(self, doc: Any, *args: Any, **kwargs: Any) -> Any:
            told[f"{name} calls"] += 1
            told[f"{name} tokens"] += len(doc)
            return super().__call__(doc, *args, **kwargs)

    return Counting


def _watch_soup(told: Counter[str]) -> None:
    import bs4

    def soup(_: Any, markup: Any = "", *__: Any, **___: Any) -> None:
        told["soups"] += 1
        told["soup characters"] += len(markup)

    def node(*_: Any, **__: Any) -> None:
        told["soup nodes"] += 1

    around(bs4.BeautifulSoup, "__init__", soup)
    around(bs4.element.Tag, "__init__", node)
    around(bs4.element.NavigableString, "__new__", node)


def _watch_parser(told: Counter[str]) -> None:
    import selectolax.lexbor

    base: Any = selectolax.lexbor.LexborHTMLParser

    class Counting(base):  # type: ignore[misc]
        def __init__(self, html: str | bytes, *args: Any, **kwargs: Any) -> None:
            told["parses"] += 1
            told["bytes parsed"] += len(html.encode("utf-8", "replace") if isinstance(html, str) else html)
            super().__init__(html, *args, **kwargs)

    setattr(selectolax.lexbor, base.__name__, Counting)


def _watch_others(told: Counter[str]) -> None:
    import dateparser
    import pydantic

    def parse(*_: Any, **__: Any) -> None:
        told["dateparser calls"] += 1

    def model(*_: Any, **__: Any) -> None:
        told["models built"] += 1

    around(dateparser, "parse", parse)
    around(pydantic.BaseModel, "__init__", model)
    for name in ("model_construct", "model_validate", "model_validate_json", "model_copy"):
        _class_method(pydantic.BaseModel, name, model)


def _class_method(owner: Any, name: str, tell: Callable[..., None]) -> None:
    method = owner.__dict__[name]
    if not isinstance(method, classmethod):
        around(owner, name, tell)
        return
    real = method.__func__

    @wraps(real)
    def counting(cls: Any, *args: Any, **kwargs: Any) -> Any:
        tell()
        return real(cls, *args, **kwargs)

    setattr(owner, name, classmethod(counting))
