"""A stand-in for `re` that counts the uses of regular expressions and the characters that they walk over."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

Replacement = str | Callable[[re.Match[str]], str]

_CALLS, _CHARACTERS, _COMPILED = "regex calls", "regex characters", "regexes compiled"


class Regex:
    """A compiled regular expression that counts: for a match its end less where it began, else all it was handed."""

    __slots__ = ("_real", "_told")

    def __init__(self, real: re.Pattern[str], told: Counter[str]) -> None:
        self._real = real
        self._told = told

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def match(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        return self._anchored(self._real.match(string, pos, endpos), pos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        return self._anchored(self._real.fullmatch(string, pos, endpos), pos)

    def search(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        found = self._real.search(string, pos, endpos)
        self._tell((found.end() if found else min(len(string), endpos)) - pos)
        return found

    def finditer(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        self._tell(min(len(string), endpos) - pos)
        return self._real.finditer(string, pos, endpos)

    def findall(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> list[Any]:
        self._tell(min(len(string), endpos) - pos)
        return self._real.findall(string, pos, endpos)

    def sub(self, repl: Replacement, string: str, count: int = 0) -> str:
        self._tell(len(string))
        return self._real.sub(repl, string, count)

    def subn(self, repl: Replacement, string: str, count: int = 0) -> tuple[str, int]:
        self._tell(len(string))
        return self._real.subn(repl, string, count)

    def split(self, string: str, maxsplit: int = 0) -> list[str | Any]:
        self._tell(len(string))
        return self._real.split(string, maxsplit)

    def _anchored(self, found: re.Match[str] | None, pos: int) -> re.Match[str] | None:
        self._tell(found.end() - pos if found else 0)
        return found

    def _tell(self, characters: int) -> None:
        self._told[_CALLS] += 1
        self._told[_CHARACTERS] += max(0, characters)


class Regexes:
    """The module `re` for one of our modules."""

    def __init__(self, told: Counter[str]) -> None:
        self._told = told

    def __getattr__(self, name: str) -> Any:
        return getattr(re, name)

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, Regex):
            return pattern
        self._told[_COMPILED] += 1
        return Regex(re.compile(pattern, flags), self._told)

    def match(self, pattern: Any, string: str, flags: int = 0) -> Any:
        return self._known(pattern, flags).match(string)

    def fullmatch(self, pattern: Any, string: str, flags: int = 0) -> Any:
        return self._known(pattern, flags).fullmatch(string)

    def search(self, pattern: Any, string: str, flags: int = 0) -> Any:
        return self._known(pattern, flags).search(string)

    def finditer(self, pattern: Any, string: str, flags: int = 0) -> Any:
        return self._known(pattern, flags).finditer(string)

    def findall(self, pattern: Any, string: str, flags: int = 0) -> Any:
        return self._known(pattern, flags).findall(string)

    def sub(self, pattern: Any, repl: Replacement, string: str, count: int = 0, flags: int = 0) -> str:
        return self._known(pattern, flags).sub(repl, string, count)

    def subn(self, pattern: Any, repl: Replacement, string: str, count: int = 0, flags: int = 0) -> Any:
        return self._known(pattern, flags).subn(repl, string, count)

    def split(self, pattern: Any, string: str, maxsplit: int = 0, flags: int = 0) -> Any:
        return self._known(pattern, flags).split(string, maxsplit)

    def _known(self, pattern: Any, flags: int) -> Regex:
        """The pattern from the cache of `re`, as its functions use it."""
        return pattern if isinstance(pattern, Regex) else Regex(re.compile(pattern, flags), self._told)
