"""The component: words are classified, cut, tied together, and gathered into persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.gazetteer import gazetteer_of
from extractor.language.officials.chunks import Chunker
from extractor.language.officials.coreference import point_back
from extractor.language.officials.model import LETTERS, POINTS_BACK, Chunks, Name
from extractor.language.officials.persons import People
from extractor.language.officials.shapes import Binding, Shapes
from extractor.language.officials.split import Splitter
from extractor.language.officials.words import WordClasses, Words
from extractor.language.state import Annotations, annotations_of
from extractor.language.tokens import LOWER
from extractor.patterns import PatternSet
from extractor.record import Level

_BEFORE_NAME: Final = frozenset(LETTERS[kind] for kind in ("role", "group", "comma"))
_TWO_NAMES: Final = re.compile(r"{name}(?=(?:\({name}\)|{alias}{name}))".format(**LETTERS))


class Officials(Component):
    """Finds persons with roles; reads the dates for the article's year."""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        self._classes = WordClasses(nlp, patterns)
        self._shapes = Shapes(patterns.rules("officials"))
        self._gazetteer = gazetteer_of(patterns)
        self._blockers = frozenset(patterns.lexicon("officials.blockers").phrases)
        self._speaking = frozenset(patterns.lexicon("officials.speaking").phrases)
        self._cues = frozenset(patterns.lexicon("quotes.cues").phrases) | {"menurut"}
        self._tellers = self._cues | self._speaking
        ends = patterns.table("presidents-until")
        self._presidents = {int(number): int(str(year)) for number, year in ends.items()}

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        words = self._classes(doc)
        if "R" in words.codes:
            short = self._short_names(words)
            chunks = Chunker(words, self._gazetteer, short, self._blockers, _places(found)).chunks()
            found.persons = list(self._people(words, chunks, found, short).persons())
        roles = [role for person in found.persons for role in person.roles]
        self.publish(doc, roles, [role.status for role in roles])
        return doc

    def _people(self, words: Words, chunks: Chunks, found: Annotations, short: frozenset[str]) -> People:
        people = People(words)
        names = chunks.names()
        people.gather(name for _, name in names)
        splitter = Splitter(words, self._gazetteer, found.context, _year_of(found), self._presidents)

        def credible(binding: Binding) -> bool:
            cluster = people.of(binding.name)
            return cluster is not None and self._credible(binding, cluster.key, words, short)

        bound = list(self._shapes.bind(chunks, credible))
        if POINTS_BACK.search(chunks.kinds):
            persons = _mentions(people, bound, names)
            bound += point_back(chunks, bound, persons, self._spoken(chunks, names, words))
        before = {id(b.name) for b in bound if b.name.start >= b.role.end}
        for binding in bound:
            cluster = people.of(binding.name)
            lower = words.tokens.kinds[binding.role.office] == LOWER
            told = lower and binding.role.start >= binding.name.end and id(binding.name) in before
            if cluster and not told:
                cluster.roles.append(splitter.role(binding.role, binding.rule, binding.status))
        for one, other in _other_names(chunks):
            people.join(one, other)
        return people

    def _credible(self, binding: Binding, key: tuple[str, ...], words: Words, short: frozenset[str]) -> bool:
        """Whether the text really ties the two: not across a clause, and not to a client, a place or any other word."""
        name, role = binding.name, binding.role
        if _across_clause(binding, words) or _of_another(binding, words):
            return False
        if binding.known and "N" not in words.codes[name.start : name.end]:
            return False
        if words.attribute(role.office, "sector") == "law" and name.end - name.start < len(key):
            return name.start > role.end
        if name.rank or name.honorifics or len(key) > 1 or words.codes[name.start] in "NM":
            return True
        return words.tokens.lower[name.start] in short or self._unknown_word(binding, words)

    def _unknown_word(self, binding: Binding, words: Words) -> bool:
        """Whether a single word that nothing is known of may be the name of the one who holds the role."""
        name, role = binding.name, binding.role
        address = tuple(words.tokens.lower[name.end + 1 : name.end + 2])
        following = words.codes[name.end : name.end + 1]
        place = following == "," and address in self._gazetteer.names
        if place or words.tokens.kinds[role.office] == LOWER:
            return False
        full = role.head_end < role.end < name.start
        return name.start == role.end or (full and following in (",", "B", "("))

    def _spoken(self, chunks: Chunks, names: list[tuple[int, Name]], words: Words) -> set[int]:
        """Ids of the names that a verb of saying goes with, directly or across the role before the name."""
        lower = words.tokens.lower
        found: set[int] = set()
        for i, name in names:
            j, start = i - 1, chunks.starts[i]
            while j >= 0 and chunks.kinds[j] in _BEFORE_NAME:
                start = chunks.starts.get(j, start - 1)
                j -= 1
            said = j >= 0 and chunks.kinds[j] == LETTERS["other"] and lower[start - 1] in self._cues
            end = max(name.end, *(degree + 1 for degree in name.honorifics), 0)
            if said or not self._speaking.isdisjoint(lower[end : end + 1]):
                found.add(id(name))
        return found

    def _short_names(self, words: Words) -> frozenset[str]:
        """Words by which the text names somebody without an office: after "kata", or as the subject of "mengatakan"."""
        lower, codes = words.tokens.lower, words.codes
        found: set[str] = set()
        for i in [i for i, word in enumerate(lower) if word in self._tellers]:
            if lower[i] in self._cues:
                start = i + 1
                while start < len(codes) and codes[start] == "H":
                    start += 1
                end = start
                while end < len(codes) and codes[end] in "TNM" and end < start + 3:
                    end += 1
                found.update(lower[start:end])
            else:
                start = i
                while start > 0 and codes[start - 1] in "TNM" and start > i - 3:
                    start -= 1
                if start < i and (start == 0 or codes[start - 1] in 'n.",'):
                    found.update(lower[start:i])
        return frozenset(found)


def _year_of(found: Annotations) -> int | None:
    """The article's year: that of its publication, else the latest day its text gives."""
    if found.context.published:
        return found.context.published.year
    days = [date.value for date in found.dates if date.value and len(date.value) >= 10 and date.value[:4].isdigit()]
    return int(max(days)[:4]) if days else None


def _places(found: Annotations) -> dict[int, int]:
    """The tokens of regions that are no part of a name.

    They are told with the word for their level ("Kecamatan Jati"), or are the province of the region before them
    ("Kuantan Singingi, Riau").
    """
    places: dict[int, int] = {}
    end = -1
    for mention in found.regions:
        first, last = found.tokens.covering(mention.start, mention.end)
        chained = mention.region.level is Level.PROVINCE and found.text[end : mention.start] == ", "
        if last - first > 1 or (chained and end >= 0):
            places[first] = last
        end = mention.end
    return places


def _mentions(people: People, bound: list[Binding], names: list[tuple[int, Name]]) -> set[int]:
    """Ids of all names, short ones too, of the persons that have a role."""
    clusters = {id(people.of(binding.name)) for binding in bound}
    return {id(name) for _, name in names if id(people.of(name)) in clusters}


def _is_small(binding: Binding, words: Words) -> bool:
    """Whether a role begins with its office in small letters."""
    role = binding.role
    return words.tokens.kinds[role.office] == LOWER and role.start == role.office


def _across_clause(binding: Binding, words: Words) -> bool:
    """Whether a bare office and a name only meet at a comma ("Mewakili gubernur, Jacob meminta …")."""
    name, role, codes = binding.name, binding.role, words.codes
    if role.end > role.head_end:
        return False
    before = codes[name.end : name.end + 1] == "," and name.end < role.start
    if before:
        another = codes[role.end + 1 : role.end + 2] in ("R", "S") and codes[role.end] in "&B"
        return not another and codes[role.end : role.end + 1] not in (",", ".", "n", '"', ")")
    owned = words.tokens.lower[role.end - 1].endswith("nya")
    return _is_small(binding, words) and not owned and codes[role.end : role.end + 1] == ","


def _of_another(binding: Binding, words: Words) -> bool:
    """Whether "itu" behind the name makes it that of whose role it is ("klaim manajer Martin itu")."""
    name, role = binding.name, binding.role
    return _is_small(binding, words) and role.end == name.start and words.codes[name.end : name.end + 1] == "p"


def _other_names(chunks: Chunks) -> Iterator[tuple[Name, Name]]:
    """Pairs of names of one person: "Saifullah Yusuf (Gus Ipul)", "Maksum Faqih atau Gus Maksum"."""
    for match in _TWO_NAMES.finditer(chunks.kinds):
        one, other = chunks.items[match.start()], chunks.items[match.start() + 2]
        if isinstance(one, Name) and isinstance(other, Name):
            yield one, other
