"""Names of bodies in an article: runs of capitalised words that are an organisation's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.language.events.mentions import EventWords
from extractor.language.state import Annotations, Range
from extractor.language.tokens import CAPS, LOWER, NUMBER, TITLE

AND = "dan"
_NAME = re.compile("[TAI](?:[TAI]|9(?=[TAI])){0,14}")
_FIRST_WORD = re.compile(r"[\w-]{2,40}")
_SPELT_OUT = re.compile(r"(?:[A-Z][\w-]{0,40}\s){1,6}\Z")
_MAX_SPELT = 120


class BodyNames:
    """Reads names of bodies in one article."""

    def __init__(self, found: Annotations, words: EventWords) -> None:
        self.found = found
        self.tokens = found.tokens
        self.words = words
        self.persons = frozenset(self.tokens.at(start) for person in found.persons for start, _ in person.mentions)

    def inside(self, first: int, last: int) -> list[str]:
        """The bodies named in the tokens `first:last`, in order."""
        return [name for name in self._names(first, last) if self.is_body(name)]

    def of(self, sentence: Range) -> list[str]:
        """The bodies named in a sentence, in order."""
        return self.inside(*self.tokens.covering(*sentence))

    def at(self, index: int, last: int) -> str | None:
        """The body whose name begins at token `index`, None when none does."""
        end = self._run(index, last)
        name = self._text(index, end) if end > index else ""
        return name if name and self.is_body(name) else None

    def _names(self, first: int, last: int) -> Iterator[str]:
        """The runs of capitalised words in the tokens `first:last`, abbreviations in brackets taken in."""
        index = first
        while index < last:
            end = self._run(index, last)
            while index + 1 < end and self.tokens.lower[index] in self.words.members:
                index += 1
            if end > index:
                yield self._text(index, end)
            index = max(end, index + 1)

    def _run(self, index: int, last: int) -> int:
        """The token after the run of capitalised words at `index`; `index` itself where there is none."""
        end = self._capitalised(index, last)
        if end == index:
            return index
        end = self._after_brackets(end, last)
        if end + 1 < last and self.tokens.lower[end] == AND and self._goes_on(index, end + 1):
            end = self._after_brackets(self._capitalised(end + 1, last), last)
        return end

    def _capitalised(self, index: int, last: int) -> int:
        """The token after the capitalised words at `index`, a person's name left out; `index` where there are none."""
        match = _NAME.match(self.tokens.kinds, index, last)
        if match is None:
            return index
        return next((at for at in range(index, match.end()) if at in self.persons), match.end())

    def _after_brackets(self, end: int, last: int) -> int:
        """The token after an abbreviation in brackets and what follows it: "Badan Pangan (BP) Kota Tegal"."""
        words, kinds = self.tokens.words, self.tokens.kinds
        if end + 2 < last and words[end] == "(" and words[end + 2] == ")" and kinds[end + 1] not in (LOWER, NUMBER):
            return self._capitalised(end + 3, last)
        return end

    def _goes_on(self, first: int, after: int) -> bool:
        """Whether "dan" joins two parts of one body's name ("Dinas Pangan dan Pertanian"), not two bodies."""
        tokens = self.tokens
        spelt_out = tokens.kinds[first] == TITLE and tokens.lower[first] in self.words.bodies
        inside = tokens.lower[first + 1 : after - 1]
        new = tokens.kinds[after] != TITLE or tokens.lower[after] in self.words.bodies
        return (
            spelt_out
            and not new
            and CAPS not in tokens.kinds[first : after - 1]
            and self.words.bodies.isdisjoint(inside)
        )

    def _text(self, first: int, last: int) -> str:
        return self.found.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]

    def is_body(self, name: str) -> bool:
        """Whether a name is a body's: an abbreviation or a word for a body in it, and no person's."""
        words = name.replace("(", " ").replace(")", " ").split()
        if words[0].lower() in self.words.offices:
            return False
        return any(w.lower() in self.words.bodies or self._is_abbreviation(w) for w in words)

    def _is_abbreviation(self, word: str) -> bool:
        return word.isupper() and len(word) > 1 and word.isalpha() and word.lower() not in self.words.no_bodies

    def fullest(self, name: str) -> str:
        """The full form of a body's name: spelt out before its abbreviation, or as an organisation in a role."""
        short = _FIRST_WORD.match(name)
        at = self.found.text.find(f"({short[0]})") if short else -1
        if short and at > 0:
            spelt = _SPELT_OUT.search(self.found.text, max(at - _MAX_SPELT, 0), at)
            rest = name[short.end() :]
            after = at + len(short[0]) + 2
            if spelt and self.found.text[after : after + len(rest)] == rest:
                return self.found.text[spelt.start() : after] + rest
        bodies = (role.organization for person in self.found.persons for role in person.roles if role.organization)
        return max((body for body in bodies if name and body.startswith(name)), key=len, default=name)
