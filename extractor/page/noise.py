"""Boilerplate inside an article: what the rules of `patterns/page/noise.yml` cut from its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.errors import PatternError

_CUTS = ("block", "inline", "tail", "end")
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that a noise rule removed."""

    rule: str
    text: str


class Noise:
    """The boilerplate rules, each kind compiled into one pattern.

    Args:
        rules: Id, kind of cut and regex of each rule, in order of priority.

    Raises:
        PatternError: A rule's kind of cut is unknown.
    """

    def __init__(self, rules: Iterable[tuple[str, str, str]]) -> None:
        self._ids: dict[str, list[str]] = {cut: [] for cut in _CUTS}
        sources: dict[str, list[str]] = {cut: [] for cut in _CUTS}
        for rule, cut, regex in rules:
            if cut not in _CUTS:
                raise PatternError(f"the rule {rule!r} has the cut {cut!r}; it must be one of {', '.join(_CUTS)}")
            self._ids[cut].append(rule)
            sources[cut].append(f"(?P<r{len(self._ids[cut]) - 1}>{regex})")
        self._patterns = {cut: re.compile("|".join(sources[cut]) or "(?!)", re.IGNORECASE) for cut in _CUTS}
        self._tail = re.compile(f"(?:{'|'.join(sources['tail']) or '(?!)'})$", re.IGNORECASE)

    def block(self, text: str) -> str | None:
        """The id of the rule that matches the whole block, None when it is no boilerplate."""
        return self._whole("block", text)

    def end(self, text: str) -> str | None:
        """The id of the rule that says that the article ended before this block."""
        return self._whole("end", text)

    def _whole(self, cut: str, text: str) -> str | None:
        match = self._patterns[cut].fullmatch(text) if len(text) <= _LONGEST else None
        return self._rule(cut, match) if match else None

    def inline(self, text: str) -> tuple[str, list[Cut]]:
        """The text without boilerplate inside it, and what was cut."""
        cuts = [Cut(self._rule("inline", match), match[0]) for match in self._patterns["inline"].finditer(text)]
        return (self._patterns["inline"].sub(" ", text), cuts) if cuts else (text, cuts)

    def tail(self, text: str) -> tuple[str, list[Cut]]:
        """The text without signatures and marks at its end, and what was cut."""
        cuts: list[Cut] = []
        while True:
            window = max(0, len(text) - 80)
            match = self._tail.search(text, window)
            if not match or match.end() == match.start():
                return text, cuts
            cuts.append(Cut(self._rule("tail", match), match[0]))
            text = text[: match.start()].rstrip()

    def _rule(self, cut: str, match: re.Match[str]) -> str:
        return self._ids[cut][next(i for i in range(len(self._ids[cut])) if match[f"r{i}"] is not None)]

    def cuts(self, text: str) -> list[Cut]:
        """Every stretch of one block that any rule would cut, for checks of examples."""
        rest, cuts = self.inline(text)
        whole = [Cut(rule, text) for rule in (self.block(text), self.end(text)) if rule]
        return [*whole, *cuts, *self.tail(rest.rstrip())[1]]


def matches_any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether one of a profile's own noise patterns matches the whole block."""
    return any(pattern.fullmatch(text) for pattern in patterns)
