"""Precision, recall and F1 of records against gold annotations, field by field.

What counts as right follows the annotation guidelines:

- officials: the names have the same words, without honorifics and degrees.
- roles: of officials found, the role texts share three quarters of their words (F1); "role split" and "role status"
  then compare title and organization, and the status, of the roles found.
- dates: the distinct calendar values of DATE and TIME expressions.
- venues: the names share 70 % of their words.
- percentages: the distinct values; "category" is compared on the percentages found.
- counts: the distinct values of the gold, whose list is not complete: more of them are no mistake.
- turnout: value, category, year and kind of the shares of a population that takes part; "turnout+place" asks for the
  place too, of which one proper word must agree.
- quotes: a direct quote begins with the gold's words; "speakers" compares the names on the quotes found.
- event date, venue, organizer: of the main event, where the gold states them; "no event": articles that report none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.compare import Comparer, Matching, begins_with, match, same_words, word_f1
from extractor.errors import InputError
from extractor.gold import GoldArticle, GoldOfficial, GoldPercentage, read_gold
from extractor.patterns import PatternSet, load_patterns
from extractor.record import Article, Category, Event, Official, Percentage, Provenance, Record, TimexType

TURNOUT = frozenset({Category.VOTER_TURNOUT, Category.ABSTENTION, Category.PARTICIPATION_OTHER})
FIELDS = (
    "officials",
    "roles",
    "role split",
    "role status",
    "dates",
    "venues",
    "percentages",
    "category",
    "turnout",
    "turnout+place",
    "counts",
    "quotes",
    "speakers",
    "event date",
    "event venue",
    "event organizer",
    "no event",
)
_CALENDAR = re.compile(r"\d{4}.{0,6}")


@dataclass(frozen=True, slots=True)
class Miss:
    """One error: a gold item that was not found, or (`spurious`) a found item that the gold does not hold."""

    article: str
    spurious: bool
    item: str


@dataclass(slots=True)
class Score:
    """The counts of one field and what follows from them; a ratio without a denominator is None."""

    right: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def wanted(self) -> int:
        """Number of gold items."""
        return self.right + sum(not miss.spurious for miss in self.misses)

    @property
    def found(self) -> int:
        """Number of found items."""
        return self.right + sum(miss.spurious for miss in self.misses)

    @property
    def precision(self) -> float | None:
        """Share of the found items that are right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the gold items that were found."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else None


class Evaluation:
    """Scores by field over any number of articles.

    Attributes:
        scores: The score of each of `FIELDS`.
        absent: Gold articles for which there was no record; all their items count as missed.
    """

    def __init__(self, patterns: PatternSet) -> None:
        self.scores = {name: Score() for name in FIELDS}
        self.absent: list[str] = []
        self._comparer = Comparer(patterns)

    def add(self, gold: GoldArticle, record: Record | None) -> None:
        """Compares one article's record with its annotation."""
        if record is None:
            self.absent.append(gold.id)
            record = Record(id=gold.id, article=Article(), provenance=Provenance(version="", patterns=""))
        self._officials(gold, record)
        self._values(gold.id, "dates", _calendar(d.value for d in gold.dates), _calendar(_date_values(record)))
        venues = match(gold.venues, record.venues, lambda g, f: word_f1(g.name, f.name) >= 0.7)
        self._tally(gold.id, "venues", venues, lambda venue: venue.name)
        self._percentages(gold, record)
        if gold.counts is not None:
            wanted = {c.value for c in gold.counts}
            self._values(gold.id, "counts", wanted, wanted & {float(c.value) for c in record.counts})
        self._quotes(gold, record)
        self._event(gold, next((event for event in record.events if event.main), None))

    def _officials(self, gold: GoldArticle, record: Record) -> None:
        people = match(gold.officials, record.officials, lambda g, f: self._comparer.same_name(g.name, f.name))
        self._tally(gold.id, "officials", people, lambda official: official.name)
        for wanted, found in people.pairs:
            self._roles(gold.id, wanted, found)

    def _roles(self, article: str, wanted: GoldOfficial, found: Official) -> None:
        roles = match(wanted.roles, found.roles, lambda g, f: word_f1(g.role, f.text) >= 0.75)
        self._tally(article, "roles", roles, lambda role: f"{wanted.name}: {getattr(role, 'role', None) or role.text}")
        for g, f in roles.pairs:
            split = same_words(g.title, f.title) and same_words(g.organization, f.organization)
            self._judge(article, "role split", split, f"{g.title} | {g.organization}", f"{f.title} | {f.organization}")
            self._judge(article, "role status", g.status is f.status, f"{wanted.name}: {g.status}", f.status)

    def _percentages(self, gold: GoldArticle, record: Record) -> None:
        wanted, found = gold.percentages, record.percentages
        self._values(gold.id, "percentages", {_value(p) for p in wanted}, {_value(p) for p in found})
        for g, f in match(wanted, found, lambda g, f: _value(g) == _value(f)).pairs:
            self._judge(gold.id, "category", g.category is f.category, f"{g.text}: {g.category}", f.category)
        shares = [p for p in wanted if p.category in TURNOUT], [p for p in found if p.category in TURNOUT]
        self._tally(gold.id, "turnout", match(*shares, _same_share), _share)
        self._tally(gold.id, "turnout+place", match(*shares, self._same_placed_share), _share)

    def _same_placed_share(self, wanted: GoldPercentage, found: Percentage) -> bool:
        area = found.region.name if found.region else None
        return _same_share(wanted, found) and self._comparer.same_area(wanted.place, area)

    def _quotes(self, gold: GoldArticle, record: Record) -> None:
        direct = [quote for quote in record.quotes if quote.direct]
        spoken = match(gold.quotes, direct, lambda g, f: begins_with(f.text, g.starts))
        self._tally(gold.id, "quotes", spoken, lambda quote: getattr(quote, "starts", None) or quote.text[:50])
        for g, f in spoken.pairs:
            if g.speaker:
                same = self._comparer.same_name(g.speaker, f.speaker_name)
                self._judge(gold.id, "speakers", same, f"{g.speaker}: {g.starts}", f.speaker_name or "nobody")

    def _event(self, gold: GoldArticle, main: Event | None) -> None:
        if gold.event is None:
            told = f"{main.type}: {main.trigger}" if main else ""
            self._judge(gold.id, "no event", main is None, "no main event", told)
            return
        for key, same in _EVENT_TESTS.items():
            if wanted := getattr(gold.event, key):
                found = getattr(main, key, None) or ""
                self._judge(gold.id, f"event {key}", same(wanted, found), wanted, found)

    def _judge(self, article: str, name: str, right: bool, wanted: str, found: str) -> None:
        """Counts a pair as right, or as a missed item and, where anything was found, a spurious one."""
        score = self.scores[name]
        score.right += right
        if not right:
            score.misses += [Miss(article, False, wanted)] + [Miss(article, True, found)] * bool(found)

    def _values(self, article: str, name: str, wanted: set[Any], found: set[Any]) -> None:
        self._tally(article, name, match(sorted(wanted), sorted(found), lambda g, f: bool(g == f)), str)

    def _tally(self, article: str, name: str, matching: Matching[Any, Any], describe: Callable[[Any], str]) -> None:
        score = self.scores[name]
        score.right += len(matching.pairs)
        score.misses += [Miss(article, False, describe(item)) for item in matching.missed]
        score.misses += [Miss(article, True, describe(item)) for item in matching.spurious]


_EVENT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "date": lambda wanted, found: wanted == found[:10],
    "venue": lambda wanted, found: word_f1(wanted, found) >= 0.7,
    "organizer": lambda wanted, found: word_f1(wanted, found) >= 0.7,
}


def evaluate(gold: Path, records: Path, patterns: PatternSet | None = None) -> Evaluation:
    """Scores a file of records against a folder of annotations.

    Args:
        gold: Folder of `<id>.json` files in the form of `extractor.gold`.
        records: JSON Lines of records; a record belongs to the annotation whose id is the last part of its
            `provenance.source`, without the ending.
        patterns: Rule data with the words to look past; ours when None.

    Raises:
        InputError: A file is missing or malformed.
    """
    evaluation = Evaluation(patterns or load_patterns())
    by_id = {article_id(record.provenance): record for record in read_records(records)}
    for article in read_gold(gold):
        evaluation.add(article, by_id.get(article.id))
    return evaluation


def read_records(path: Path) -> Iterator[Record]:
    """The records of a JSON Lines file, one at a time.

    Raises:
        InputError: The file cannot be read, or a line is not a valid record.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield _read_record(line, f"line {number} of {path}")
    except OSError as error:
        raise InputError("unreadable-source", f"{path} cannot be read: {error.strerror}") from None


def _read_record(line: str, place: str) -> Record:
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        problem = error.errors()[0]["msg"]
        raise InputError("bad-record", f"{place} is not a record of this version of Warta: {problem}") from None


def article_id(provenance: Provenance) -> str:
    """The last part of the record's source without its ending: "a-1" of "pages/a-1.html" and of "pages.jsonl#a-1"."""
    return re.split(r"[/\\#]", provenance.source or "")[-1].split(".")[0]


def _date_values(record: Record) -> Iterable[str | None]:
    return (d.value for d in record.dates if d.type in (TimexType.DATE, TimexType.TIME))


def _calendar(values: Iterable[str | None]) -> set[str]:
    """The values that begin with a year, clock times cut off."""
    return {found[0] for value in values if value and (found := _CALENDAR.match(value))}


def _value(figure: Any) -> float:
    return round(float(figure.value), 4)


def _same_share(wanted: GoldPercentage, found: Percentage) -> bool:
    return (_value(wanted), wanted.category, wanted.year, wanted.kind) == (
        _value(found),
        found.category,
        found.year,
        found.kind,
    )


def _share(item: GoldPercentage | Percentage) -> str:
    area = item.place if isinstance(item, GoldPercentage) else item.region and item.region.name
    return f"{item.value:g} % {item.category}, {item.year}, {item.kind}, {area}"
