"""Cuts a paragraph into chunks: quotations, verbs of saying, names, asides and other words.

One letter stands for each chunk (see `rules.CODES`), so that the shape of a paragraph is a string.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.language.quotes.rules import CODES, INSIDE, SENTENCE
from extractor.language.quotes.words import Words
from extractor.language.state import Range
from extractor.language.tokens import BREAK, NUMBER, PUNCT, TokenTable

CUE, CUE_NYA, SAYS, SAID, STANCE, THAT = (CODES[k] for k in ("CUE", "CUE-NYA", "SAYS", "SAID", "STANCE", "THAT"))
NAME, WORDS, ASIDE, ANAPHOR, QUOTE = (CODES[k] for k in ("SPEAKER", "WORDS", "ASIDE", "ANAPHOR", "OTHER-QUOTE"))
_NAME_KINDS = frozenset("TAI")
_STOPS = frozenset({",", ";", ":", "(", ")", "–", "—", "/"})
_QUOTES = frozenset("\"“”'‘’„«»")


@dataclass(slots=True)
class Chunks:
    """The chunks of a paragraph, column by column; `first` and `last` are tokens, half-open.

    `codes` begins and ends with `SENTENCE`, which also stands between sentences. `after_comma` tells for each chunk
    whether a comma stands before it.
    """

    codes: str = ""
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    after_comma: list[bool] = field(default_factory=list)


class Chunker:
    """Makes the chunks of paragraphs."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def chunks(
        self, tokens: TokenTable, paragraph: Range, quotes: list[Range], starts: frozenset[int], named: frozenset[int]
    ) -> Chunks:
        """The chunks of `paragraph`.

        Args:
            tokens: The Doc's tokens.
            paragraph: Its characters.
            quotes: The quotations in it with their marks, in order; each becomes one chunk.
            starts: Characters at which a sentence begins.
            named: Tokens that belong to a known person's name.
        """
        return _Cut(self.words, tokens, starts, named).run(paragraph, quotes)


class _Cut:
    """One run over one paragraph."""

    def __init__(self, words: Words, tokens: TokenTable, starts: frozenset[int], named: frozenset[int]) -> None:
        self.words = words
        self.tokens = tokens
        self.starts = starts
        self.named = named
        self.out = Chunks()
        self.codes: list[str] = []
        self.comma = False
        self.aside = False

    def run(self, paragraph: Range, quotes: list[Range]) -> Chunks:
        index, stop = self.tokens.covering(*paragraph)
        self.add(SENTENCE, index, index)
        for number, (begin, end) in enumerate(quotes):
            first, last = self.tokens.covering(begin, end)
            self.plain(index, first)
            if begin in self.starts and self.codes[-1] != SENTENCE:
                self.add(SENTENCE, first, first)
            self.add(QUOTE, first, last, number)
            self.comma = self.aside = False
            index = max(last, index)
        self.plain(index, stop)
        self.add(SENTENCE, stop, stop)
        self.out.codes = "".join(self.codes)
        return self.out

    def add(self, code: str, first: int, last: int, quote: int = -1) -> None:
        self.codes.append(code)
        self.out.first.append(first)
        self.out.last.append(last)
        self.out.quote.append(quote)
        self.out.after_comma.append(self.comma)
        self.comma = False
        if code == SENTENCE:
            self.aside = False

    def plain(self, index: int, stop: int) -> None:
        """Chunks the tokens `index:stop`, which hold no quotation."""
        tokens, kinds = self.tokens, self.tokens.kinds
        while index < stop:
            if tokens.starts[index] in self.starts and self.codes[-1] != SENTENCE:
                self.add(SENTENCE, index, index)
            kind = kinds[index]
            if kind in (PUNCT, BREAK):
                if tokens.words[index] in _STOPS:
                    self.comma, self.aside = True, False
                index += 1
                continue
            word = tokens.lower[index]
            code = self.words.codes.get(word)
            if code and (index in self.named or not self.holds(code, index, stop)):
                code = None
            if code:
                self.add(code, index, index + 1)
                self.aside = False
                index += 1
            elif kind in _NAME_KINDS and not (word in self.words.asides and index not in self.named):
                index = self.name(index, stop)
            else:
                index = self.word(word, index, stop)

    def holds(self, code: str, index: int, stop: int) -> bool:
        """Whether the word at `index` does here what it can do."""
        tokens = self.tokens
        before = self.codes[-1]
        if code in (CUE, CUE_NYA):
            if before == QUOTE or (self.comma and before != SENTENCE):
                return True
            return before == SENTENCE and (code == CUE_NYA or tokens.lower[index] in self.words.openers)
        if code in (SAYS, SAID, STANCE):
            previous = tokens.lower[index - 1] if index else ""
            return previous not in self.words.blockers or before == QUOTE
        if code == THAT:
            return before in (SAYS, SAID, CUE, CUE_NYA, STANCE) and self.out.last[-1] >= index - 1
        return True

    def name(self, index: int, stop: int) -> int:
        """Adds the run of capitalised words at `index`; returns the token after it."""
        tokens, words = self.tokens, self.words
        last = index + 1
        while last < stop and (
            tokens.kinds[last] in _NAME_KINDS
            or (tokens.kinds[last] == NUMBER and last + 1 < stop and tokens.kinds[last + 1] in _NAME_KINDS)
        ):
            if tokens.lower[last] in words.codes and last not in self.named:
                break
            last += 1
        known = any(token in self.named for token in range(index, last))
        if last < stop and tokens.lower[last] in words.anaphors and not known:
            self.add(ANAPHOR if self.after_cue() else WORDS, index, last + 1)
            return last + 1
        if self.codes[-1] == SENTENCE and not known:
            while index < last and tokens.lower[index] in words.sentence_openers:
                index += 1
            if index == last:
                return last
        if not self.aside:
            self.add(NAME, index, last)
        elif known:
            self.add(INSIDE, index, last)
        return last

    def word(self, word: str, index: int, stop: int) -> int:
        """Adds the word at `index`, or lets the chunk before it grow; returns the token after it."""
        words, tokens = self.words, self.tokens
        if word in words.light or self.aside:
            return index + 1
        if word in words.asides:
            self.add(ASIDE, index, index + 1)
            self.aside = True
            return index + 1
        for length in (3, 2, 1):
            if tuple(tokens.lower[index : index + length]) in words.unnamed and self.codes[-1] != NAME:
                self.add(NAME, index, index + length)
                return index + length
        if self.codes[-1] == WORDS and not self.comma:
            self.out.last[-1] = index + 1
        else:
            self.add(WORDS, index, index + 1)
        if word in words.anaphors and self.codes[-2] == CUE:
            self.codes[-1] = ANAPHOR
        return index + 1

    def after_cue(self) -> bool:
        """Whether nothing but names and words of a role stand between here and a bare verb of saying."""
        before = next((code for code in reversed(self.codes) if code not in (NAME, WORDS)), SENTENCE)
        return before == CUE
