"""Bylines: who wrote, edited and photographed an article, from lines such as "Penulis: A | Editor: B"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractor.page.times import TimeReader
from extractor.patterns import PatternSet, Scalar

ROLES: Final = ("authors", "editors", "photographers", "agency")
_LONGEST_LINE: Final = 240
_PARENTHESIS: Final = re.compile(r"\s{0,3}[(\[][^()\[\]]{0,60}(?:[)\]]|$)")
_SUFFIX: Final = re.compile(r"\s(?:[-–—|·•»]{1,2}|<<)\s.*$|\s{0,2}[|·•].*$")
_HOST: Final = re.compile(r"(?i)\b[\w-]{2,40}\.(?:com|co|id|net|org|tv|info|co\.id|go\.id)\b")
_DEGREE: Final = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.){1,4}[A-Za-z]{0,4}\.?")
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_BEFORE_LABEL: Final = " -–—|/•·(>«\"'"
_CONTINUES: Final = re.compile(r"\s?(?:[,/&]|dan\s)")
_NAME: Final = re.compile(r"[^\W\d_][\w.'’`-]{0,30}(?:\s[^\W\d_][\w.'’`-]{0,30}){0,5}")


@dataclass(slots=True)
class Credits:
    """Names by role, each once, in order."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, role: str, names: Iterable[str]) -> None:
        """Adds names that the role does not hold yet, whatever their case."""
        held = self.names.setdefault(role, [])
        for name in names:
            if name.casefold() not in {other.casefold() for other in held}:
                held.append(name)

    def get(self, role: str) -> tuple[str, ...]:
        """The names of a role, without short forms of others among them."""
        names = self.names.get(role, [])
        return tuple(name for name in names if not any(_shortens(name, other) for other in names))

    def merge(self, other: Credits) -> None:
        """Adds the names of another."""
        for role, names in other.names.items():
            self.add(role, names)

    def __bool__(self) -> bool:
        return any(self.names.values())


@dataclass(frozen=True, slots=True)
class _Label:
    rule: str
    roles: tuple[str, ...]
    open: bool
    outlet: bool


class BylineReader:
    """Reads bylines with the labels of `patterns/page/bylines.yml`."""

    def __init__(self, patterns: PatternSet, times: TimeReader) -> None:
        self._times = times
        rules = patterns.rules("page.bylines")
        self._labels = [_Label(r.id, _roles(r.set), bool(r.set.get("open")), bool(r.set.get("outlet"))) for r in rules]
        sources = (patterns.regex("page.bylines", rule.regex or "") for rule in rules)
        alternatives = "|".join(f"(?P<r{i}>{source})" for i, source in enumerate(sources))
        self._pattern = re.compile(rf"(?<![\w.])(?:{alternatives})", re.IGNORECASE)
        splitters = (re.escape(entry.text) for entry in patterns.lexicon("page.bylines.splitters").entries)
        self._splitter = re.compile("|".join(splitters), re.IGNORECASE)
        self._descriptions = patterns.lexicon("page.bylines.descriptions").phrases
        self._firms = frozenset(patterns.lexicon("page.bylines.firms").phrases)
        self._agencies = patterns.lexicon("page.bylines.agencies").phrases

    def read(self, lines: Iterable[str]) -> Credits:
        """The credits in lines of text; a label at the end of a line goes with the next line."""
        credits = Credits()
        pending: _Label | None = None
        last: _Label | None = None
        for line in lines:
            if not line or len(line) > _LONGEST_LINE:
                pending = last = None
            elif pending and not self._pattern.match(line):
                self._credit(credits, pending, line)
                last = pending
                pending = None
            elif last and _CONTINUES.match(line):
                pending = last if line.strip(" ,/&|") == "" else None
                self._credit(credits, last, line.strip(" ,/&|"))
            else:
                pending = last = None
                for label, value in self._parts(line):
                    pending = None if value else label
                    self._credit(credits, label, value)
        return credits

    def line(self, line: str, patterns: Sequence[re.Pattern[str]] = ()) -> Credits:
        """The credits in a line that is a byline from its beginning; empty where it is none.

        Args:
            line: The line.
            patterns: A site's own patterns with the groups of `ROLES`; one that matches the whole line decides.
        """
        if len(line) > _LONGEST_LINE:
            return Credits()
        match = next(filter(None, (pattern.fullmatch(line) for pattern in patterns)), None)
        if match:
            return self._of_groups(match)
        credits = Credits()
        for label, value in self._parts(line):
            self._credit(credits, label, value)
        return credits

    def _of_groups(self, match: re.Match[str]) -> Credits:
        credits = Credits()
        for role, value in match.groupdict().items():
            if value and role == "agency":
                credits.add(role, [self.agency(value) or value.strip()])
            elif value and role in ROLES:
                credits.add(role, self.names(value))
        return credits

    def is_label(self, line: str) -> bool:
        """Whether a line is a label alone, such as "Editor"."""
        return bool(self._pattern.fullmatch(line))

    def rules_of(self, line: str) -> list[tuple[str, dict[str, object]]]:
        """Rule and names of each label in a line, for checks of examples."""
        found: list[tuple[str, dict[str, object]]] = []
        for label, value in self._parts(line):
            one = Credits()
            self._credit(one, label, value)
            if one:
                found.append((label.rule, {k: v[0] if k == "agency" else v for k, v in one.names.items()}))
        return found

    def _parts(self, line: str) -> list[tuple[_Label, str]]:
        """The labels of a line with what follows each; [] where the line does not begin with a label."""
        if not self._pattern.match(line, len(line) - len(line.lstrip(_BEFORE_LABEL))):
            return []
        matches = list(self._pattern.finditer(line))
        matches = [m for m in matches if m is matches[0] or not self._label(m).open or _begins_part(line, m.start())]
        ends = [match.start() for match in matches[1:]] + [len(line)]
        return [(self._label(m), line[m.end() : end].strip(" |/,;·•-–—")) for m, end in zip(matches, ends, strict=True)]

    def _label(self, match: re.Match[str]) -> _Label:
        return self._labels[next(i for i in range(len(self._labels)) if match[f"r{i}"] is not None)]

    def _credit(self, credits: Credits, label: _Label, value: str) -> None:
        if label.outlet:
            value = self._without_outlet(value)
        names = [name for name in self.names(value) if not label.open or _capitals(name)]
        for role in label.roles:
            if role == "agency":
                agency = self.agency(value)
                credits.add("agency", [agency] if agency else [])
            elif not label.open or len(value.split()) <= 14:
                credits.add(role, names)
                for agency in filter(None, map(self.agency, self._splitter.split(value))):
                    credits.add("agency", [agency])

    def _without_outlet(self, value: str) -> str:
        """ "WartaNusa.com, Rahma Wulandari" without the outlet; "" where the two cannot be told apart."""
        outlet, comma, rest = value.partition(",")
        if comma and (rest.strip() or not outlet):
            return rest.strip()
        host = _HOST.match(value)
        return value[host.end() :].strip() if host else ""

    def names(self, value: str) -> list[str]:
        """The persons' names in a text that follows a label or stands in an author's element."""
        if "://" in value:
            return []
        moment = self._times.read(value)
        if moment:
            value = re.sub(
                r"(?i)(?:^|[\s,|-]+)(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu)\W*$", "", value[: moment.start]
            )
        value = _SUFFIX.sub("", _PARENTHESIS.sub("", value))
        pieces = [piece.strip(" .:*-–—_\"'@") for piece in self._splitter.split(value)]
        pieces = [piece for piece in pieces if piece and not _DEGREE.fullmatch(piece)]
        found = (self._name(piece, alone=len(pieces) == 1) for piece in pieces)
        return [name for name in found if name]

    def _name(self, piece: str, *, alone: bool) -> str | None:
        words = piece.split()
        described = self._descriptions.get(words[0].lower().rstrip(":")) if words else None
        if described is not None:
            if len(words) == 1 or (described.get("place") and not alone):
                return None
            piece = " ".join(words[1:])
        if _HOST.search(piece) or not _NAME.fullmatch(piece) or len(piece) < 3:
            return None
        if (" " not in piece and not piece[0].isupper()) or _POSSESSIVE.search(piece):
            return None
        if self.is_firm(piece) or self.agency(piece):
            return None
        return piece

    def is_firm(self, name: str) -> bool:
        """Whether a name holds a word that only firms, accounts and machines have."""
        lowered = name.lower()
        words = re.findall(r"[\w.]+", lowered)
        return lowered in self._firms or any(word in self._firms or word.rstrip(".") in self._firms for word in words)

    def agency(self, name: str) -> str | None:
        """The agency that a name is, None for others."""
        attributes = self._agencies.get(name.strip(" .()").lower())
        return str(attributes["canonical"]) if attributes else None


def _shortens(name: str, other: str) -> bool:
    """Whether a name is a part of another one: "Hadi Wibowo" of "Moh. Hadi Wibowo"."""
    return len(name) < len(other) and f" {name.casefold()} " in f" {other.casefold()} "


def _roles(attributes: dict[str, Scalar]) -> tuple[str, ...]:
    return tuple(str(attributes[key]) for key in ("role", "both") if attributes.get(key))


def _begins_part(line: str, position: int) -> bool:
    """Whether a new part of the line begins here, after a mark such as "|"."""
    return line[:position].rstrip().endswith(("|", "/", ";", "·", "•"))


def _capitals(name: str) -> bool:
    """Whether the first two words begin with capitals; "Oleh karena itu" is no byline."""
    return all(word[0].isupper() for word in name.split()[:2])
