"""Runs the examples and counter-examples of the rule data through an extractor.

An example's `expect` lists items: the rule must find, for each of them, an item of its own that has all the values
named. A value may name part of what is there: `region: Kabupaten Blora` agrees with the region of that name. An
example without `expect` is one of a rule that guards others: nothing of the field may be found in it. A counter-example
asks that the rule itself finds nothing. A lexicon's examples may be met by any rule of its field.

`FINDERS` says, for each `field` that rule data may serve, how its items are found in a text. A field that has no finder
cannot have examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.language.timeml import to_dicts
from extractor.page import read_text
from extractor.page.examples import FIELDS as PAGE_FIELDS
from extractor.page.examples import found_items
from extractor.patterns import Example, Located, Rule
from extractor.pipeline import Extractor, load

Item = dict[str, Any]
Finder = Callable[[Extractor, Example], list[Item]]


@dataclass(frozen=True, slots=True)
class Case:
    """One example of a rule or lexicon; `counter` when nothing may be found in it."""

    located: Located
    example: Example
    counter: bool

    def __str__(self) -> str:
        return f"{self.located.item.id}: {'not ' if self.counter else ''}{self.example.text[:60]}"


@dataclass(frozen=True, slots=True)
class Problem:
    """An example that does not hold: what was expected, and which items of the rule came out."""

    case: Case
    expected: str
    came: list[Item]

    def __str__(self) -> str:
        located, text = self.case.located, self.case.example.text
        came = "; ".join(_brief(item) for item in self.came) or "nothing"
        return f"{located.path}: {located.item.id}: {text!r}: expected {self.expected}, came {came}"


@dataclass(slots=True)
class Report:
    """How many examples were run, and those that do not hold."""

    checked: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_patterns(folder: Path | None = None) -> Report:
    """Runs every example of our rule data and of the user's folder.

    Raises:
        PatternError: The rule data is malformed.
    """
    extractor = load(folder)
    report = Report()
    for case in cases(extractor):
        report.checked += 1
        if problem := check(extractor, case):
            report.problems.append(problem)
    return report


def cases(extractor: Extractor) -> Iterator[Case]:
    """Every example and counter-example of the enabled rules and of the lexicons."""
    for located in extractor.patterns.located():
        item = located.item
        if isinstance(item, Rule) and not item.enabled:
            continue
        yield from (Case(located, example, counter=False) for example in item.examples)
        if isinstance(item, Rule):
            yield from (Case(located, example, counter=True) for example in item.counter_examples)


def check(extractor: Extractor, case: Case) -> Problem | None:
    """The problem with one example, or None when it holds."""
    finder = FINDERS.get(case.located.field)
    if finder is None:
        return Problem(case, f"a field with examples ({', '.join(FINDERS)})", [])
    found = finder(extractor, case.example)
    if not case.example.expect and not case.counter:
        return Problem(case, "nothing at all", found) if found else None
    if isinstance(case.located.item, Rule):
        found = [item for item in found if item["rule"] == case.located.item.id]
    if case.counter:
        return Problem(case, "nothing", found) if found else None
    free = list(found)
    for expected in case.example.expect:
        hit = next((item for item in free if agrees(expected, item)), None)
        if hit is None:
            return Problem(case, str(expected), found)
        free.remove(hit)
    return None


def agrees(expected: object, actual: object) -> bool:
    """Whether `actual` has every value that `expected` names.

    A mapping agrees with one that has the same values under its keys, a list with one as long whose members agree, a
    string also with a mapping of that `name`. What YAML reads as a date or a number agrees with a string that looks so.
    """
    if isinstance(expected, Mapping):
        return isinstance(actual, Mapping) and all(
            key in actual and agrees(value, actual[key]) for key, value in expected.items()
        )
    if isinstance(expected, list | tuple):
        return isinstance(actual, list | tuple) and len(expected) == len(actual) and all(map(agrees, expected, actual))
    if isinstance(actual, Mapping):
        return bool(expected == actual.get("name"))
    return bool(expected == actual or (isinstance(actual, str) and expected is not None and str(expected) == actual))


def _record_items(*names: str) -> Finder:
    def find(extractor: Extractor, example: Example) -> list[Item]:
        record = _record(extractor, example)
        people = {official["id"]: official["name"] for official in record["officials"]}
        return [_named(item, people) for name in names for item in record[name]]

    return find


def _record(extractor: Extractor, example: Example) -> dict[str, Any]:
    return extractor.extract_text(example.text, title="-", published=example.published).model_dump(mode="json")


def _named(item: Item, names: Mapping[str, str]) -> Item:
    """The item with the names of officials beside their ids."""
    if "official" in item:
        item["official_name"] = names.get(item["official"])
    if "participants" in item:
        item["participant_names"] = [names[person] for person in item["participants"]]
    return item


def _officials(extractor: Extractor, example: Example) -> list[Item]:
    """One item a role: the official's values and, over them, the role's."""
    officials = _record(extractor, example)["officials"]
    return [{**official, **role} for official in officials for role in official["roles"]]


def _regions(extractor: Extractor, example: Example) -> list[Item]:
    """One item a mention of a region: the region's values, and the mention's text and rule."""
    page = read_text(example.text, extractor.patterns, title="-", published=example.published)
    with extractor.nlp.memory_zone():
        found = extractor.annotate(page).regions
        text = page.article.text
        return [{**m.region.model_dump(mode="json"), "text": text[m.start : m.end], "rule": m.rule} for m in found]


def _dates(extractor: Extractor, example: Example) -> list[Item]:
    """One item an expression, with its TIMEX3 value, of which the record keeps days, months and years."""
    page = read_text(example.text, extractor.patterns, title="-", published=example.published)
    with extractor.nlp.memory_zone():
        return to_dicts(page.article.text, extractor.annotate(page).dates)


def _page_items(field_name: str) -> Finder:
    return lambda extractor, example: found_items(field_name, example.text, extractor.patterns)


def _brief(item: Item) -> str:
    return str(
        {key: value for key, value in item.items() if value not in (None, [], ()) and key not in ("start", "end")}
    )


FINDERS: dict[str, Finder] = {
    **{name: _page_items(name) for name in PAGE_FIELDS},
    "officials": _officials,
    "regions": _regions,
    "dates": _dates,
    "figures": _record_items("percentages", "counts"),
    **{name: _record_items(name) for name in ("venues", "percentages", "counts", "quotes", "events")},
}
