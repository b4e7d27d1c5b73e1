"""Who speaks: from a chunk of the text to a person, an office or a body, and who is in focus where none is named."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from extractor.language.abbreviations import spelt_out
from extractor.language.quotes.chunks import ANAPHOR, NAME, WORDS, Chunks
from extractor.language.quotes.rules import INSIDE
from extractor.language.quotes.words import ASIDE_WORD, COMMA, UNNAMED, Words
from extractor.language.state import Annotations, Person, Range
from extractor.language.tokens import CAPS, LOWER, TokenTable

MAX_DESCRIPTION: Final = 6
MAX_NAME: Final = 4
MIN_NAME: Final = 2
MIN_FULL_NAME: Final = 2
MAX_WORDS: Final = 12
PASSIVE, MIN_PASSIVE, AND = "di", 3, "dan"
_RUN: Final = re.compile("I?[TA][TAI]{0,20}")
_NAME_KINDS: Final = "TAI"
_KNOWN: Final = "P"
_LINKING: Final = f"{ANAPHOR}{COMMA}"
_AT_ONCE: Final = re.compile(_KNOWN)
_BEHIND_OFFICE: Final = re.compile(rf"[Nw9{UNNAMED}{COMMA}]{{0,20}}{_KNOWN}")


class Speaker(NamedTuple):
    """A person of the article, or a name without one; `certain` tells that the name is a person's."""

    person: Person | None
    name: str
    certain: bool = True


@dataclass(slots=True)
class Focus:
    """Who is in focus while the article is read from top to bottom.

    Attributes:
        speaker: The one last named as speaking.
        turns: Speakers of the last quotations with a verb of question or answer, for a dialogue without names.
    """

    speaker: Speaker | None = None
    turns: list[Speaker] = field(default_factory=list)

    def other(self) -> Speaker | None:
        """In a dialogue of two, the one whose turn it is."""
        return self.turns[-2] if len(self.turns) > 1 and self.turns[-2] != self.turns[-1] else None


class Cast:
    """The persons of one article, and how its text names them."""

    def __init__(self, found: Annotations, words: Words) -> None:
        self.words = words
        self.text = found.text
        self.tokens: TokenTable = found.tokens
        self.persons = found.persons
        starts = self.tokens.starts
        self.sentences = [bisect_left(starts, start) for start, _ in found.sentences]
        self.sentence_starts = frozenset(self.sentences)
        mentions = sorted(((start, end, p) for p in found.persons for start, end in p.mentions), key=lambda m: m[:2])
        self._starts = [start for start, _, _ in mentions]
        self._mentions = mentions
        self.named = frozenset(
            index for start, end, _ in mentions for index in range(*self.tokens.covering(start, end))
        )
        self._strangers: dict[tuple[str, ...], Speaker] = {}

    @cached_property
    def _names(self) -> list[tuple[frozenset[str], Person]]:
        """The words of each person's name."""
        return [(frozenset(person.name.split()), person) for person in self.persons]

    def person_in(self, first: int, last: int) -> Person | None:
        """The last person mentioned in the tokens `first:last`."""
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        index = bisect_right(self._starts, end - 1) - 1
        if index >= 0 and self._mentions[index][1] > start:
            return self._mentions[index][2]
        return None

    def after_verb(self, chunks: Chunks, index: int, focus: Focus) -> tuple[Speaker | None, int]:
        """The speaker whose name or office begins at chunk `index`, after a verb; and the chunk after it.

        An office and the name behind it ("Kepala Dinas Sosial, Budi Santoso") are one speaker.
        """
        if chunks.codes[index] in (WORDS, ANAPHOR):
            return self.described(chunks, index), index + 1
        stop = index
        passed = (NAME, INSIDE, WORDS) if self._is_unnamed(chunks, index) else (NAME, INSIDE)
        while chunks.codes[stop] in passed:
            person = self.person_in(chunks.first[stop], chunks.last[stop])
            if person:
                return Speaker(person, person.name), stop + 1
            stop += 1
        while chunks.codes[stop - 1] == WORDS:
            stop -= 1
        if chunks.codes[stop] == ANAPHOR:
            return focus.speaker, stop + 1
        choice = index
        if stop - index > 1 and self._is_office(chunks, index) and not self._is_office(chunks, index + 1):
            choice = index + 1 if index + 1 in chunks.after_comma else index
        return self.unknown(chunks, choice), choice + 1

    def before_verb(self, chunks: Chunks, start: int, stop: int, focus: Focus) -> Speaker | None:
        """The subject among the chunks `start:stop`, which stand before a verb."""
        codes = chunks.codes
        near = stop
        while near > start and codes[near - 1] == NAME:
            near -= 1
        if near < stop - 1 and stop - 1 in chunks.after_comma and self._is_full_name(chunks, stop - 1):
            return self.unknown(chunks, stop - 1)
        for index in self._by_nearness(codes, start, near, stop):
            person = self.person_in(chunks.first[index], chunks.last[index])
            if person:
                return Speaker(person, person.name)
        if codes[stop - 1] == WORDS and self.tokens.lower[chunks.last[stop - 1] - 1] in self.words.anaphors:
            is_person = self.tokens.lower[chunks.first[stop - 1]] in self.words.people
            return focus.speaker if is_person else self.described(chunks, stop - 1)
        run = list(range(near, stop)) or self._first_names(codes, start, near)
        plain = [i for i in run if codes[i] == NAME]
        if not plain:
            return None
        names = [i for i in plain if not self._is_office(chunks, i) and not self._is_bracketed(chunks, i)]
        return self.unknown(chunks, names[-1] if names else plain[0])

    @staticmethod
    def _by_nearness(codes: list[str], start: int, near: int, stop: int) -> Iterator[int]:
        """The names among the chunks `start:stop`: those right before the verb, then the others, then those aside."""
        yield from range(stop - 1, near - 1, -1)
        yield from (i for i in range(start, near) if codes[i] == NAME)
        yield from (i for i in range(near - 1, start - 1, -1) if codes[i] == INSIDE)

    @staticmethod
    def _first_names(codes: list[str], start: int, stop: int) -> list[int]:
        """The first names among the chunks `start:stop` that stand side by side."""
        first = next((i for i in range(start, stop) if codes[i] == NAME), stop)
        last = next((i for i in range(first, stop) if codes[i] != NAME), stop)
        return list(range(first, last))

    def subject(self, paragraph: Range, line: str) -> Speaker | None:
        """The person with whom the last sentence of a paragraph begins that begins with one, behind an office or not.

        Args:
            paragraph: The paragraph's characters.
            line: The letters of the article's tokens.
        """
        first, stop = self.tokens.covering(*paragraph)
        starts = self.sentences[bisect_left(self.sentences, first) : bisect_left(self.sentences, stop)]
        for begin in reversed(starts):
            while begin < stop and self._is_linking(begin, line):
                begin += 1
            office = begin < stop and self.tokens.lower[begin] in self.words.people
            match = (_BEHIND_OFFICE if office else _AT_ONCE).match(line, begin, stop)
            if match and (person := self._acting(match.end() - 1, stop)):
                return Speaker(person, person.name)
        return None

    def _is_linking(self, index: int, line: str) -> bool:
        """Whether token `index` only links its sentence to the one before: "Sementara itu, …"."""
        word = self.tokens.lower[index]
        return line[index] in _LINKING or (
            word in self.words.sentence_openers and self.words.codes.get(word) != ASIDE_WORD
        )

    def _acting(self, index: int, stop: int) -> Person | None:
        """The person named at token `index`, unless a verb in the passive follows or another person joins in."""
        person = self.person_in(index, index + 1)
        after = index + 1
        while after < stop and self.person_in(after, after + 1) is person and person:
            after += 1
        following = self.tokens.lower[after] if after < stop else ""
        passive = following.startswith(PASSIVE) and len(following) > MIN_PASSIVE
        return None if passive or following == AND else person

    def unknown(self, chunks: Chunks, index: int) -> Speaker | None:
        """The speaker named by a chunk that holds no known mention."""
        first, last = chunks.first[index], chunks.last[index]
        words = self.tokens.lower
        while first < last and words[first] in self.words.honorifics:
            first += 1
        if first == last:
            return None
        name = tuple(self.tokens.words[first : min(last, first + MAX_WORDS)])
        if known := self._strangers.get(name):
            return known
        if all(len(word.strip(".")) < MIN_NAME for word in name):
            return None
        person = self._by_name(name) or self._by_office(words[first:last], first) or self._by_tail(name)
        if person:
            return Speaker(person, person.name)
        written, office = name, words[first] in self.words.roles
        if not office and words[first] not in self.words.codes:
            name = self._fullest(name)
        body = any(word.lower() in self.words.bodies or (word.isupper() and len(word) > 1) for word in name)
        whole = " ".join(name)
        full = spelt_out(self.text, whole) if body else None
        speaker = Speaker(None, full or whole, certain=len(name) > 1 and not body)
        if not office:  # whose office it is depends on whom the text has named so far
            self._strangers[written] = speaker
        return speaker

    def described(self, chunks: Chunks, index: int) -> Speaker | None:
        """The speaker that the words of chunk `index` describe, or the document that they name."""
        first, last = chunks.first[index], chunks.last[index]
        words = self.tokens.lower[first:last]
        if words[-1] in self.words.anaphors:
            person = words[0] in self.words.people or self.words.bodies.isdisjoint(words)
            if person and words[0] not in self.words.documents:
                return None
            last -= 1
        if last - first > MAX_DESCRIPTION:
            return None
        return Speaker(None, " ".join(self.tokens.words[first:last]), certain=False)

    def _is_unnamed(self, chunks: Chunks, index: int) -> bool:
        return self.tokens.kinds[chunks.first[index]] == LOWER

    def _is_full_name(self, chunks: Chunks, index: int) -> bool:
        """Whether chunk `index` reads as a person's whole name: two capitalised words or more, none of an office."""
        first, last = chunks.first[index], chunks.last[index]
        if last - first < MIN_FULL_NAME or self.person_in(first, last):
            return False
        return not any(
            kind == CAPS or self._barred(word)
            for kind, word in zip(self.tokens.kinds[first:last], self.tokens.lower[first:last], strict=True)
        )

    def _is_bracketed(self, chunks: Chunks, index: int) -> bool:
        return self.tokens.words[chunks.first[index] - 1 : chunks.first[index]] == ["("]

    def _is_office(self, chunks: Chunks, index: int) -> bool:
        """Whether chunk `index` is an office: by its first word, or by words of a role before it."""
        if chunks.codes[index - 1] == WORDS and index not in chunks.after_comma:
            return True
        return self.tokens.lower[chunks.first[index]] in self.words.roles

    def _by_name(self, name: tuple[str, ...]) -> Person | None:
        """The only person whose name has all these words."""
        whole = " ".join(name)
        matches = [person for words, person in self._names if words.issuperset(name) or whole in person.aliases]
        return matches[0] if len(matches) == 1 else None

    def _by_tail(self, name: tuple[str, ...]) -> Person | None:
        """The only person whose name has the last words of `name`, before which an office or rank stands."""
        return next(filter(None, (self._by_name(name[at:]) for at in range(1, len(name)))), None)

    def _by_office(self, office: list[str], index: int) -> Person | None:
        """The person last named before token `index` who holds the office."""
        wanted = " ".join(office)
        start = self.tokens.starts[index]
        best, when = None, -1
        for person in self.persons:
            if any(_same_office(wanted, role.title, role.organization) for role in person.roles):
                seen = max((s for s, _ in person.mentions if s < start), default=-1)
                if seen > when:
                    best, when = person, seen
        return best

    def _fullest(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """The longest run of capitalised words in the article that holds `name` and is no office."""
        if len(name) > 2 or self.text.count(name[0]) < 2:
            return name
        return self._longest(name)

    def _longest(self, name: tuple[str, ...]) -> tuple[str, ...]:
        runs = self._runs_with(name[0])
        longer = [run for at, run in runs if len(name) < len(run) <= MAX_NAME and self._extends(at, run, name)]
        return max(longer, key=len, default=name)

    def _runs_with(self, word: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The runs of capitalised words that hold `word`, each with its first token."""
        words, kinds, at = self.tokens.words, self.tokens.kinds, -1
        for _ in range(words.count(word)):
            at = words.index(word, at + 1)
            first = at
            while first and kinds[first - 1] in _NAME_KINDS:
                first -= 1
            match = _RUN.search(kinds, first)
            if match and match.start() <= at < match.end():
                yield match.start(), tuple(words[match.start() : match.end()])

    def _extends(self, at: int, run: tuple[str, ...], name: tuple[str, ...]) -> bool:
        """Whether the run at token `at` is `name` with more of it, not a headline or an office before it."""
        if any((word.isupper() and len(word.strip(".")) >= MIN_NAME) or self._barred(word.lower()) for word in run):
            return False
        first = int(len(run[0].strip(".")) < MIN_NAME)
        if name in (run[: len(name)], run[first : first + len(name)]):
            return True
        return run[-len(name) :] == name and at not in self.sentence_starts

    def _barred(self, word: str) -> bool:
        words = self.words
        return (
            word in words.roles
            or word in words.honorifics
            or word in words.sentence_openers
            or word in words.bodies
            or word in words.codes
        )


def _same_office(wanted: str, title: str, organization: str | None) -> bool:
    full = f"{title} {organization or ''}".lower().strip()
    if f"({wanted})" in full:
        return True
    return bool(title) and (full.startswith(wanted) or wanted.startswith(full) or wanted == title.lower())
