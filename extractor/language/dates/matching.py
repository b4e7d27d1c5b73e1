"""Finds temporal expressions: cue words first, then the rules that one of them triggers, anchored where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from extractor.language.dates.vocabulary import FIELD, Vocabulary, compiled
from extractor.language.state import Range
from extractor.language.tokens import CAPS, LOWER, NUMBER, TITLE, TokenTable
from extractor.patterns import PatternSet, Scalar

DIGITS: Final = "<digits>"
_LOOK_BACK: Final = 32
_GATED: Final = 8
_PARTS: Final = ("from_", "mid_")
_FIGURES: Final = re.compile(NUMBER).finditer
_HYPHENS: Final = re.compile("-").finditer
_GROUP: Final = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True, eq=False)
class DateRule:
    """A rule.

    Attributes:
        id: Id of the rule.
        regex: What it matches, with atoms and lexicons written out.
        set: How its value is computed, and what must stand around it.
        is_cased: Whether it sees the text as written, not in lower case.
        is_name: Whether it finds names that hold a year or a day, which are no dates.
    """

    id: str
    regex: str
    set: Mapping[str, Scalar]
    is_cased: bool
    is_name: bool


@dataclass(slots=True)
class Match:
    """An expression found.

    Attributes:
        rule: The rule that found it.
        start: Where it begins.
        end: Where it ends.
        groups: The named parts of its text in lower case.
        mod: What a word before it says of the value, as in TIMEX3: START, APPROX, MORE_THAN ...
        whole: The range or list that it is a part of.
    """

    rule: DateRule
    start: int
    end: int
    groups: dict[str, str]
    mod: str | None = None
    whole: Range | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The rules that a word triggers, compiled, and one regular expression that matches where any of them does.

    Most numbers and many words begin no expression: one failing match says so, instead of one a rule.
    """

    rules: list[tuple[DateRule, re.Pattern[str]]]
    gate: re.Pattern[str]


class Cue:
    """What a word triggers; compiled when the word is first met, since an article meets few of them.

    Args:
        rules: The rules; for few of them, or where one sees the text as written, the gate is always open.
        gate: The gate's regular expression, where the rules have one of their own.
    """

    def __init__(self, rules: Sequence[DateRule], gate: str | None = None) -> None:
        self._rules = rules
        self._gate = gate
        self._ready: Ready | None = None

    def ready(self) -> Ready:
        """The rules and their gate.

        Raises:
            PatternError: A regular expression is malformed.
        """
        ready = self._ready
        if ready is None:
            rules = [(rule, compiled(rule.regex)) for rule in self._rules]
            closed = len(rules) >= _GATED and not any(rule.is_cased for rule in self._rules)
            sources = [_GROUP.sub("(?:", rule.regex) for rule in self._rules] if closed else []
            ready = self._ready = Ready(rules, compiled("|".join(sources) if self._gate is None else self._gate))
        return ready


class Matcher:
    """Finds the expressions of a text; built once, used for any number of texts."""

    def __init__(self, patterns: PatternSet, words: Vocabulary) -> None:
        self._words = words
        by_word: dict[str, list[DateRule]] = {}
        for rule in patterns.rules(FIELD):
            if rule.regex is not None:
                ready = DateRule(
                    rule.id,
                    words.expand(rule.regex),
                    rule.set,
                    is_cased=bool(rule.set.get("cased")),
                    is_name=bool(rule.set.get("name")),
                )
                for word in words.first_words(rule.trigger):
                    by_word.setdefault(word, []).append(ready)
        self._digits = Cue(by_word.pop(DIGITS, []), words.expand("{gate_figures}"))
        cues = {tuple(rules): Cue(rules) for rules in by_word.values()}
        self._by_word = {word: cues[tuple(rules)] for word, rules in by_word.items()}
        if len(patterns.roots) > 1:  # a user hears at once of a rule that cannot be compiled
            for cue in (self._digits, *cues.values()):
                cue.ready()
        self._before = {
            name: (_last_words(words, name), words.compile(rf"(?<![\w-])(?P<phrase>{{{name}}}){{s}}$"))
            for name in ("leads", "edges", "approximations")
        }
        self._leads = words.lexicons["year-leads"]
        self._time_words = words.lexicons["time-words"]
        self._budgets = words.lexicons["budget-leads"]
        self._counted = words.lexicons["counted"]

    def find(self, text: str, lower: str, tokens: TokenTable) -> list[Match]:
        """The expressions of `text`, in order, without overlaps; the longest one at each place.

        Args:
            text: The text.
            lower: The same in lower case, character for character.
            tokens: Its tokens.
        """
        found: list[Match] = []
        last = 0
        for index, cue in self._cues(lower, tokens):
            start = tokens.starts[index]
            if start < last:
                continue
            ready = cue.ready()
            if not ready.gate.match(lower, start):
                continue
            best, rule = None, None
            for candidate, regex in ready.rules:
                match = regex.match(text if candidate.is_cased else lower, start)
                if match is None or (best is not None and match.end() <= best.end()):
                    continue
                if self._fits(candidate, match, text, tokens, index):
                    best, rule = match, candidate
            if best is None or rule is None:
                continue
            if not rule.is_name:
                found += self._items(rule, best, lower, tokens, index, last)
            last = best.end()
        return found

    def _cues(self, lower: str, tokens: TokenTable) -> list[tuple[int, Cue]]:
        """Indices of the tokens that may begin an expression, in order, each with its cue.

        Words are looked up whole, save that "baru-baru" and "Juli-September" are cued by what stands before the hyphen.
        """
        by_word, digits = self._by_word, self._digits
        words = tokens.lower
        hits = [(index, by_word[word]) for index, word in enumerate(words) if word in by_word]
        hits += [(figure.start(), digits) for figure in _FIGURES(tokens.kinds)]
        for hyphen in _HYPHENS(lower):
            index = tokens.at(hyphen.start())
            if index < len(words) and words[index] not in by_word:
                cue = by_word.get(words[index].split("-", 1)[0])
                if cue is not None:
                    hits.append((index, cue))
        hits.sort(key=itemgetter(0))
        return hits

    def _fits(self, rule: DateRule, match: re.Match[str], text: str, tokens: TokenTable, index: int) -> bool:
        """Whether what stands around a match lets it be what the rule takes it for."""
        start = match.start()
        if start and (text[start - 1] in "-/" or text[start - 1].isalnum()):
            return False
        if rule.is_name:
            return True
        capital = rule.set.get("capital")
        if isinstance(capital, str) and match[capital] and not text[match.start(capital)].isupper():
            return bool(index and tokens.lower[index - 1] in self._before["leads"][0])
        if rule.set.get("alone"):
            return not self._in_name(match, tokens, index)
        return not rule.set.get("bare") or self._is_year(match, tokens, index)

    def _in_name(self, match: re.Match[str], tokens: TokenTable, index: int) -> bool:
        """Whether a month or weekday stands inside a name, as in "Raja Juli Antoni" or "gerakan Jumat Bersih"."""
        after = tokens.at(match.end())
        if after >= len(tokens) or tokens.kinds[after] != TITLE or tokens.starts[after] != match.end() + 1:
            return False
        if not index or tokens.ends[index - 1] + 1 != tokens.starts[index]:
            return False
        return tokens.kinds[index - 1] in (TITLE, LOWER, CAPS) and tokens.lower[index - 1] not in self._time_words

    def _is_year(self, match: re.Match[str], tokens: TokenTable, index: int) -> bool:
        """Whether four digits on their own are a year: not a count, and not the end of a name."""
        lead = self._before["leads"][1].search(match.string, max(0, match.start() - _LOOK_BACK), match.start())
        if lead is None and (match["year"][:2] not in ("19", "20") or self._counts(match.end(), tokens)):
            return False
        first = tokens.at(lead.start()) if lead else index
        before = first - 1
        if before < 0 or match["tail"] or tokens.ends[before] + 1 != tokens.starts[first]:
            return True
        budget = lead is not None and lead["phrase"].split()[-1] in self._budgets
        if lead and not budget and not tokens.words[first][0].isupper():
            return True
        if tokens.words[before] == ")":
            return not (before and tokens.kinds[before - 1] == CAPS)
        return not tokens.words[before][0].isupper() or tokens.lower[before] in self._leads

    def _counts(self, end: int, tokens: TokenTable) -> bool:
        after = tokens.at(end)
        return after < len(tokens) and tokens.lower[after] in self._counted

    def _items(
        self, rule: DateRule, match: re.Match[str], lower: str, tokens: TokenTable, index: int, last: int
    ) -> list[Match]:
        """One item, or more where the match is a range: groups of `_PARTS` make an item each before the last."""
        spans = {name: match.span(name) for name, part in match.groupdict().items() if part}
        groups = {name.removesuffix("_alone"): lower[slice(*span)] for name, span in spans.items()}
        start, mod = self._start(rule, match.start(), lower, tokens, index, last)
        shared = {name: part for name, part in groups.items() if not name.startswith(_PARTS)}
        if "to" not in spans:
            return [Match(rule, start, match.end(), shared, mod)]
        begin, end = spans["to"]
        whole = (start, match.end() if "(" in match[0] else end)
        items: list[Match] = []
        for prefix in _PARTS:
            if span := spans.get(f"{prefix}span"):
                own = {name.removeprefix(prefix): part for name, part in groups.items() if name.startswith(prefix)}
                items.append(Match(rule, span[0] if items else start, span[1], _shared(shared, own), mod, whole))
        return [*items, Match(rule, begin, end, shared, mod, whole)]

    def _start(
        self, rule: DateRule, start: int, lower: str, tokens: TokenTable, index: int, last: int
    ) -> tuple[int, str | None]:
        """Takes in the words before a match that belong to it: "tanggal", "akhir", "sekitar"; also what they tell."""
        mod: str | None = None
        for name in ("leads", "edges", "approximations"):
            if name != "approximations" and not rule.set.get(name):
                continue
            ends, regex = self._before[name]
            if not index or tokens.lower[index - 1] not in ends:
                continue
            phrase = regex.search(lower, max(last, start - _LOOK_BACK), start)
            if phrase is None or (name == "leads" and not self._leads_to(phrase["phrase"], rule)):
                continue
            start = phrase.start()
            index = tokens.at(start)
            told = self._words.entry(name, phrase["phrase"]).get("mod")
            mod = str(told) if told else mod
        return start, mod

    def _leads_to(self, phrase: str, rule: DateRule) -> bool:
        return self._words.entry("leads", phrase).get("for") == rule.set["leads"]


def _shared(shared: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """The groups of one end of a range; one with a month of its own may lie in another year than the other end."""
    if "month" in own and "year" not in own:
        shared = {name: part for name, part in shared.items() if name != "year"}
    return {**shared, **own}


def _last_words(words: Vocabulary, lexicon: str) -> frozenset[str]:
    """The last words of phrases, with and without a full stop, which some tokenizers set apart."""
    last = [phrase.split()[-1] for phrase in words.lexicons[lexicon]]
    return frozenset([*last, *(word.rstrip(".") for word in last)])
