"""Who wrote and edited the article, and the place on the page that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from extractor.page.bylines import ROLES, Credits
from extractor.page.places import all_at
from extractor.page.rules import PageRules
from extractor.page.site import Site
from extractor.page.structured import Structured
from extractor.page.surroundings import Surroundings
from extractor.page.tree import node_text

_SQUASH: Final = re.compile(r"[\W_]+")
_DASH: Final = re.compile(r"\s?[-|–]\s")
_LONGEST: Final = 140
_SENTENCE_ENDS: Final = (".", "!", "?", "”", '"')


@dataclass(slots=True)
class People:
    """Names by role, and the place each role was taken from."""

    credits: Credits = field(default_factory=Credits)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)

    def offer(self, role: str, names: Iterable[str], place: str, raw: str) -> None:
        """Takes names for a role that has none yet."""
        names = list(names)
        if names and not self.credits.get(role):
            self.credits.add(role, names)
            self.places[role] = (place, raw[:300])


class PeopleFinder:
    """Finds reporters, editors and photographers of one page.

    Readers' bylines with labels are believed before anything else, then elements made for a reporter's name, then
    JSON-LD, then metadata: that names the firm or the editor on many sites.
    """

    def __init__(self, tree: LexborHTMLParser, structured: Structured, site: Site, rules: PageRules) -> None:
        self.tree = tree
        self.structured = structured
        self.site = site
        self.rules = rules
        self._sites = {_squash(name) for name in (*site.names, site.host) if name}

    def find(self, around: Surroundings | None, inside: Credits) -> People:
        """The people of a page, from its surroundings and from bylines among the body's blocks."""
        people = People()
        self._from_profile(people)
        if around is not None:
            labelled = self._labelled(around.head)
            labelled.merge(inside)
            labelled.merge(self._labelled(around.below))
            for role in ROLES:
                people.offer(role, self._persons(labelled.get(role)), "visible:byline", ", ".join(labelled.get(role)))
            self._from_elements(people, around)
            self._from_date_line(people, around)
        self._from_json_ld(people)
        self._from_metas(people)
        return people

    def _labelled(self, lines: Sequence[str]) -> Credits:
        """Bylines among lines; read from below where the labels stand under the names, as JSON-LD bears out."""
        known = {name for article in self.structured.articles for name in _person_names(article.get("author"))}
        is_label = self.rules.bylines.is_label
        below = bool(known) and any(
            name in known and is_label(label) and not is_label(before)
            for before, name, label in zip(("", *lines), lines, lines[1:], strict=False)
        )
        return self.rules.bylines.read(reversed(lines) if below else lines)

    def _persons(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if _squash(name) not in self._sites]

    def _from_profile(self, people: People) -> None:
        layout = self.site.layout
        lines = all_at(layout.byline, self.tree, self.structured)
        if lines:
            place, values = lines
            credits = Credits()
            for value in values:
                credits.merge(self.rules.bylines.line(value, self.site.bylines))
            credits = credits or self.rules.bylines.read(values)
            for role in ROLES:
                people.offer(role, credits.get(role), place, " | ".join(values))
        for role, wheres in (
            ("authors", layout.authors),
            ("editors", layout.editors),
            ("photographers", layout.photographers),
            ("agency", layout.agency),
        ):
            found = None if people.credits.get(role) else all_at(wheres, self.tree, self.structured)
            if found:
                place, values = found
                people.offer(role, self._named(values, role), place, " | ".join(values))

    def _named(self, values: Iterable[str], role: str) -> list[str]:
        names: list[str] = []
        for value in values:
            if role == "agency":
                agency = self.rules.bylines.agency(value)
                names += [agency] if agency else []
            else:
                credits = self.rules.bylines.line(value)
                names += credits.get(role) if credits else self._persons(self.rules.bylines.names(value))
        return names

    def _from_elements(self, people: People, around: Surroundings) -> None:
        for role, lexicon in (("authors", "author-elements"), ("editors", "editor-elements")):
            if people.credits.get(role):
                continue
            for entry in self.rules.patterns.lexicon(f"page.metadata.{lexicon}").entries:
                for node in around.scope.css(entry.text)[:4]:
                    text = node_text(node)
                    if 2 < len(text) <= _LONGEST and not text.endswith(_SENTENCE_ENDS):
                        people.offer(role, self._named([text], role), f"visible:{entry.text}", text)

    def _from_date_line(self, people: People, around: Surroundings) -> None:
        """A name before the time ("Rahma Wulandari - 13 Oktober 2016 23:11 WIB"), in one line or in two."""
        if people.credits.get("authors") or people.credits.get("editors"):
            return
        for before, line in pairwise(around.head):
            moment = self.rules.times.of_line(line)
            if moment is None:
                continue
            text = f"{before} {line}" if _DASH.match(line) else line[: moment.start]
            names = self._persons(self.rules.bylines.names(text)) if _DASH.search(text) else []
            if len(names) == 1 and len(names[0].split()) <= 5 and names[0].istitle():
                people.offer("authors", names, "visible:byline", line)
                return

    def _from_json_ld(self, people: People) -> None:
        for role, key in (("editors", "editor"), ("authors", "author")):
            named = [name for article in self.structured.articles for name in _person_names(article.get(key))]
            if agency := next(filter(None, map(self.rules.bylines.agency, named)), None):
                people.offer("agency", [agency], f"json-ld:{key}", agency)
            if not people.credits.get(role):
                names = self._persons(n for name in named for n in self.rules.bylines.names(name))
                people.offer(role, _besides_editors(role, names, people), f"json-ld:{key}", ", ".join(named))

    def _from_metas(self, people: People) -> None:
        for role in ("editors", "authors"):
            for place, value in self.structured.meta(*self.rules.patterns.lexicon(f"page.metadata.{role}").phrases):
                if not people.credits.get(role):
                    names = self._persons(self.rules.bylines.names(value))
                    people.offer(role, _besides_editors(role, names, people), place, value)


def _besides_editors(role: str, names: list[str], people: People) -> list[str]:
    """The names; of authors, those that are no editors."""
    held = {name.casefold() for name in people.credits.get("editors")} if role == "authors" else set()
    return [name for name in names if name.casefold() not in held]


def _person_names(value: Any) -> Iterator[str]:
    """Names of persons in a JSON-LD author, which may be a text, an object or a list of them."""
    if isinstance(value, list):
        for item in value[:10]:
            yield from _person_names(item)
    elif isinstance(value, dict):
        if str(value.get("@type")).lower() != "organization":
            yield from _person_names(value.get("name"))
    elif isinstance(value, str) and value.strip():
        yield value.strip()


def _squash(text: str) -> str:
    return _SQUASH.sub("", text).casefold()
