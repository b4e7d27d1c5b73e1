"""Boilerplate inside an article: what the rules of `patterns/page/noise.yml` cut from its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.errors import PatternError

_CUTS: Final = ("block", "inline", "tail", "end")
_LONGEST: Final = 6000
_WINDOW: Final = 80


@dataclass(frozen=True, slots=True)
class NoiseRule:
    """A rule of boilerplate.

    Attributes:
        id: Its id.
        cut: What a match removes: block, inline, tail or end.
        regex: The pattern; case does not count.
        trigger: Stretches of text, in lower case, one of which must stand in the text before the pattern is tried.
    """

    id: str
    cut: str
    regex: str
    trigger: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that a noise rule removed."""

    rule: str
    text: str


class Noise:
    """The boilerplate rules, one group for each kind of cut; `of` makes them."""

    def __init__(self, groups: dict[str, _Group]) -> None:
        self._groups = groups

    @classmethod
    def of(cls, rules: Iterable[NoiseRule]) -> Noise:
        """Compiles rules.

        Args:
            rules: The rules, in order of priority.

        Raises:
            PatternError: A rule's kind of cut is unknown.
        """
        groups: dict[str, list[NoiseRule]] = {cut: [] for cut in _CUTS}
        for rule in rules:
            if rule.cut not in _CUTS:
                kinds = ", ".join(_CUTS)
                raise PatternError(f"the rule {rule.id!r} has the cut {rule.cut!r}; it must be one of {kinds}")
            groups[rule.cut].append(rule)
        return cls({cut: _Group.of(groups[cut], end="$" if cut == "tail" else "") for cut in _CUTS})

    def among(self, text: str) -> Noise:
        """The rules that can match in the blocks of a text: without those whose trigger stands nowhere in it."""
        lowered = text.lower()
        return Noise({cut: group if cut == "tail" else group.among(lowered) for cut, group in self._groups.items()})

    def block(self, text: str) -> str | None:
        """The id of the rule that matches the whole block, None when it is no boilerplate."""
        return self._groups["block"].whole(text) if len(text) <= _LONGEST else None

    def end(self, text: str) -> str | None:
        """The id of the rule that says that the article ended before this block."""
        return self._groups["end"].whole(text) if len(text) <= _LONGEST else None

    def inline(self, text: str) -> tuple[str, list[Cut]]:
        """The text without boilerplate inside it, and what was cut."""
        cuts: list[Cut] = []
        for form in self._groups["inline"].due(text):
            cuts += (Cut(form.rule(match), match[0]) for match in form.pattern.finditer(text))
            text = form.pattern.sub(" ", text)
        return text, cuts

    def tail(self, text: str) -> tuple[str, list[Cut]]:
        """The text without signatures and marks at its end, and what was cut."""
        cuts: list[Cut] = []
        while cut := self._last(text):
            cuts.append(cut)
            text = text[: -len(cut.text)].rstrip()
        return text, cuts

    def _last(self, text: str) -> Cut | None:
        """The leftmost stretch at the end of a text that a rule cuts."""
        begin = max(0, len(text) - _WINDOW)
        found = [
            (match.start(), form.rule(match), match[0])
            for form in self._groups["tail"].due(text[begin:])
            if (match := form.pattern.search(text, begin)) and match[0]
        ]
        return Cut(*min(found)[1:]) if found else None

    def cuts(self, text: str) -> list[Cut]:
        """Every stretch of one block that any rule would cut, for checks of examples."""
        rest, cuts = self.inline(text)
        whole = [Cut(rule, text) for rule in (self.block(text), self.end(text)) if rule]
        return [*whole, *cuts, *self.tail(rest.rstrip())[1]]


@dataclass(frozen=True, slots=True)
class _Form:
    """Rules compiled into one pattern.

    Attributes:
        pattern: The pattern, with a group around each rule.
        ids: The rule of each such group.
        lower: Whether it is tried at the text in lower case, which is faster than a pattern that ignores case.
        trigger: What must stand in the text in lower case.
    """

    pattern: re.Pattern[str]
    ids: dict[int, str]
    lower: bool
    trigger: tuple[str, ...]

    def rule(self, match: re.Match[str]) -> str:
        """The id of the rule that matched: that of the last group to close."""
        return self.ids[match.lastindex or 0]


@dataclass(frozen=True, slots=True)
class _Group:
    """The rules of one kind of cut: those with triggers one by one, the others together."""

    always: tuple[_Form, ...]
    triggered: tuple[_Form, ...]

    @classmethod
    def of(cls, rules: Sequence[NoiseRule], end: str) -> _Group:
        """Compiles rules; `end` is put after each."""
        plain = [rule for rule in rules if not rule.trigger]
        cased = [rule for rule in plain if _needs_case(rule)]
        uncased = [rule for rule in plain if not _needs_case(rule)]
        always = [_compiled(uncased, end, lower=True)] if uncased else []
        always += [_compiled(cased, end, lower=False)] if cased else []
        return cls(tuple(always), tuple(_compiled([rule], end, lower=False) for rule in rules if rule.trigger))

    def among(self, lowered: str) -> _Group:
        """The group without rules whose trigger is missing in a text, given in lower case."""
        return _Group(self.always, tuple(form for form in self.triggered if _has_any(lowered, form.trigger)))

    def due(self, text: str) -> Sequence[_Form]:
        """The patterns to try at a text."""
        if not self.triggered:
            return self.always
        lowered = text.lower()
        return [*self.always, *(form for form in self.triggered if _has_any(lowered, form.trigger))]

    def whole(self, text: str) -> str | None:
        """The id of the rule that matches the whole text."""
        lowered = text.lower()
        for form in self.always:
            if match := form.pattern.fullmatch(lowered if form.lower else text):
                return form.rule(match)
        for form in self.triggered:
            if _has_any(lowered, form.trigger) and (match := form.pattern.fullmatch(text)):
                return form.rule(match)
        return None


def _has_any(lowered: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - any() with a generator costs three times as much
        if word in lowered:
            return True
    return False


def _needs_case(rule: NoiseRule) -> bool:
    """Whether a rule cannot be tried at the text in lower case: offsets count, or capitals stand in it."""
    return rule.cut not in ("block", "end") or bool(re.search(r"\(\?-i|(?<!\\)[A-Z]", rule.regex))


def _compiled(rules: Sequence[NoiseRule], end: str, *, lower: bool) -> _Form:
    """Rules as one pattern; a rule may have groups of its own."""
    ids: dict[int, str] = {}
    groups = 0
    for rule in rules:
        ids[groups + 1] = rule.id
        groups += 1 + re.compile(rule.regex).groups
    source = "|".join(f"({rule.regex})" for rule in rules)
    flags = re.NOFLAG if lower else re.IGNORECASE
    return _Form(re.compile(f"(?:{source}){end}", flags), ids, lower, rules[0].trigger)


def matches_any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether one of a profile's own noise patterns matches the whole block."""
    for pattern in patterns:  # noqa: SIM110 - as above
        if pattern.fullmatch(text):
            return True
    return False
