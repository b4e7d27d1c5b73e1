"""How an article tells of an event: the sentences that follow, what is quoted, whom it names."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from extractor.language.events.mentions import EventWords, Mention
from extractor.language.state import Annotations, Person, Range, overlaps
from extractor.language.tokens import TokenTable

LOCATIVE: Final = "di"
_FOLLOWING: Final = 3


class Telling:
    """One article as its events are looked up in it."""

    def __init__(self, found: Annotations, words: EventWords) -> None:
        self.found = found
        self.words = words
        self.tokens: TokenTable = found.tokens
        self.direct = [quote for quote in found.quotes if quote.direct]

    def following(self, mention: Mention) -> list[Range]:
        """The sentences after that of a mention."""
        after = self._index(mention) + 1
        return self.found.sentences[after : after + _FOLLOWING]

    def takes_up(self, sentence: Range) -> bool:
        """Whether a sentence speaks of the event of the sentences before: "Kegiatan ini …"."""
        first, last = self.tokens.covering(*sentence)
        lower = self.tokens.lower
        if self.words.follow_up.isdisjoint(lower[first:last]):
            return False
        return any(
            lower[at] in self.words.follow_up and lower[at + 1] in self.words.pointers for at in range(first, last - 1)
        )

    def is_quoted(self, offset: int) -> bool:
        """Whether the character at `offset` stands between quotation marks."""
        return overlaps(self.direct, offset, offset + 1)

    def sentences_before(self, mention: Mention, count: int) -> list[Range]:
        """The sentence of a mention and up to `count` before it, the nearest first."""
        at = self._index(mention)
        return self.found.sentences[max(at - count, 0) : at + 1][::-1]

    def _index(self, mention: Mention) -> int:
        """The place of a mention's sentence among all."""
        return bisect_right(self.found.sentences, mention.sentence[0], key=_first_character) - 1

    def persons_in(self, first: int, last: int, *, quoted: bool = False) -> list[Person]:
        """The persons named in the tokens `first:last`, in order; those between quotation marks only if `quoted`."""
        named = [
            (at, person)
            for person in self.found.persons
            for start, _ in person.mentions
            if first <= (at := self.tokens.at(start)) < last and (quoted or not self.is_quoted(start))
        ]
        return [person for _, person in sorted(named, key=_place)]


def _first_character(sentence: Range) -> int:
    return sentence[0]


def _place(named: tuple[int, Person]) -> int:
    return named[0]
