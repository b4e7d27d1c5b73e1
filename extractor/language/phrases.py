"""A table of phrases that is asked at one token: which phrase begins here, the longest first.

Where a `PhraseMatcher` finds every phrase in a Doc, this answers for the few places that a caller looks at, without
making spaCy's spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Key = tuple[str, ...]
Value = TypeVar("Value")


class PhraseTable(Generic[Value]):
    """Phrases in lower case, as tuples of words, each with a value.

    Attributes:
        first: For each first word the phrases that begin with it, the longest first.
    """

    def __init__(self, items: Iterable[tuple[Key, Value]]) -> None:
        self.first: dict[str, list[tuple[Key, Value]]] = {}
        for key, value in items:
            self.first.setdefault(key[0], []).append((key, value))
        for entries in self.first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, lower: Sequence[str], index: int) -> tuple[int, Value] | None:
        """The end and the value of the longest phrase that begins at `index`, None when none does.

        Args:
            lower: The words of the text in lower case.
            index: Place of the first word; it may lie after the last.
        """
        if index >= len(lower):
            return None
        for key, value in self.first.get(lower[index], ()):
            if len(key) == 1 or tuple(lower[index : index + len(key)]) == key:
                return index + len(key), value
        return None
