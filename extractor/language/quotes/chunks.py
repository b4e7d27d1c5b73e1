"""Cuts paragraphs into chunks: quotations, verbs of saying, names, asides and other words.

Two steps, both on strings. `letters` gives every token of the article one letter; chunks are runs of these letters,
found by one regular expression. One letter stands for each chunk, too (see `rules.CODES`), so that the shape of a
paragraph is a string.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from extractor.language.quotes.marks import Stretch
from extractor.language.quotes.rules import CODES, INSIDE, SENTENCE, VERBS
from extractor.language.quotes.words import ASIDE_WORD, COMMA, LIGHT, QUOTE_MARK, UNNAMED, Words
from extractor.language.state import Range
from extractor.language.tokens import BREAK, CAPS, INITIAL, PUNCT, TITLE, TokenTable

CUE, CUE_NYA, SAYS, SAID, STANCE, THAT = (CODES[k] for k in ("CUE", "CUE-NYA", "SAYS", "SAID", "STANCE", "THAT"))
NAME, WORDS, ASIDE, ANAPHOR, QUOTE = (CODES[k] for k in ("SPEAKER", "WORDS", "ASIDE", "ANAPHOR", "OTHER-QUOTE"))

_MARK: Final = "."
_CAPITALISED, _KNOWN, _WORD = "N", "P", "w"
_OF_KIND: Final = str.maketrans(
    {TITLE: _CAPITALISED, CAPS: _CAPITALISED, INITIAL: _CAPITALISED, BREAK: _MARK, PUNCT: _MARK}
)
_CONDITIONAL: Final = re.compile(f"[{CUE}{CUE_NYA}{SAYS}{SAID}{STANCE}{THAT}]")
_TELLING: Final = re.compile(f"[{''.join(sorted(VERBS))}{STANCE}]")
_CHUNK: Final = re.compile(
    rf"(?P<name>[NP](?:[NP]|9(?=[NP])){{0,20}})(?P<anaphor>{ANAPHOR})?"
    rf"|(?P<aside>{ASIDE_WORD}[^{COMMA}{_KNOWN}knsdamvpb]*)"
    rf"|(?P<words>[w9i][w9i{LIGHT}]*)"
    rf"|(?P<unnamed>{UNNAMED}+)"
    r"|(?P<code>[knsdamvpb])"
    rf"|(?P<comma>{COMMA})"
)


@dataclass(slots=True)
class Chunks:
    """The chunks of a paragraph, column by column; `first` and `last` are tokens, half-open.

    `codes` begins and ends with `SENTENCE`, which also stands between sentences. The `first` of a sentence mark is the
    first token of the sentence after it, its `last` the token after the sentence before it. `quotes` holds the number
    of each chunk that is a quotation, `after_comma` the chunks before which a comma stands.
    """

    codes: list[str] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    quotes: dict[int, int] = field(default_factory=dict)
    after_comma: set[int] = field(default_factory=set)

    def add(self, code: str, first: int, last: int, comma: bool = False) -> None:
        """Appends a chunk; `comma` tells whether one stands before it."""
        if comma:
            self.after_comma.add(len(self.codes))
        self.codes.append(code)
        self.first.append(first)
        self.last.append(last)


def letters(tokens: TokenTable, words: Words, named: frozenset[int], starts: frozenset[int]) -> str:
    """One letter for each token of an article.

    Args:
        tokens: The tokens.
        words: What each word does.
        named: Tokens that belong to a known person's name.
        starts: Tokens that begin a sentence.
    """
    line = list(map(words.codes.get, tokens.lower, tokens.kinds.translate(_OF_KIND)))
    for index in starts:
        if index < len(line) and line[index] == _CAPITALISED and tokens.lower[index] in words.sentence_openers:
            line[index] = _WORD
    for index in named:
        line[index] = _KNOWN
    joined = "".join(line)
    for match in _CONDITIONAL.finditer(joined):
        index = match.start()
        if not _holds(tokens, words, joined, index, starts):
            says = tokens.lower[index] in words.both and _is_free(tokens, words, index, starts)
            line[index] = SAYS if says else _CAPITALISED if tokens.kinds[index] == CAPS else _WORD
    for match in re.finditer(UNNAMED, joined):
        index = match.start()
        office = index and line[index - 1] in (_CAPITALISED, _KNOWN) and index not in starts
        lengths = () if office else (3, 2, 1)
        length = next((n for n in lengths if tuple(tokens.lower[index : index + n]) in words.unnamed), 0)
        line[index : index + max(length, 1)] = [UNNAMED] * length or [tokens.kinds[index].translate(_OF_KIND)]
    return "".join(line)


def _holds(tokens: TokenTable, words: Words, line: str, index: int, starts: frozenset[int]) -> bool:
    """Whether the word at `index` does here what it can do."""
    code = line[index]
    before = index - 1
    if code == THAT:
        return line[before : before + 1] in (SAYS, SAID, CUE, CUE_NYA, STANCE, THAT)
    if code in (SAYS, SAID, STANCE):
        return _is_free(tokens, words, index, starts)
    while before >= 0 and line[before] == LIGHT and before + 1 not in starts:
        before -= 1
    if before + 1 in starts:
        return tokens.lower[index] in words.openers
    return before >= 0 and (line[before] in (COMMA, QUOTE_MARK, CUE))


def _is_free(tokens: TokenTable, words: Words, index: int, starts: frozenset[int]) -> bool:
    """Whether no word before the verb at `index` takes its force."""
    return index in starts or index == 0 or tokens.lower[index - 1] not in words.blockers


def chunks_of(
    tokens: TokenTable, line: str, paragraph: Range, quotes: Sequence[Stretch], starts: Sequence[int]
) -> Chunks | None:
    """The chunks of a paragraph; None where nothing tells of speech.

    Args:
        tokens: The article's tokens.
        line: Their letters.
        paragraph: The paragraph's characters.
        quotes: The quotations in it, in order; each becomes one chunk.
        starts: Tokens that begin a sentence, in order.
    """
    index, stop = tokens.covering(*paragraph)
    if not quotes and not _TELLING.search(line, index, stop):
        return None
    out = Chunks()
    out.add(SENTENCE, index, index)
    for number, quote in enumerate(quotes):
        first, last = quote.first, quote.last
        _plain(out, line, index, first, starts, quoted=True)
        if starts[bisect_right(starts, first) - 1] == first:
            _break(out, first)
        out.quotes[len(out.codes)] = number
        out.add(QUOTE, first, last)
        index = max(last, index)
    _plain(out, line, index, stop, starts, quoted=False)
    out.add(SENTENCE, stop, stop)
    return out


def _plain(out: Chunks, line: str, index: int, stop: int, starts: Sequence[int], *, quoted: bool) -> None:
    """Chunks the tokens `index:stop`, which hold no quotation; one follows where they are `quoted`.

    A sentence without a verb of saying is left out, unless a quotation stands in it.
    """
    following = bisect_right(starts, index)
    while index < stop:
        end = min(starts[following], stop) if following < len(starts) else stop
        begins = starts[following - 1] == index
        if begins:
            _break(out, index)
        if not begins or (quoted and end == stop) or _TELLING.search(line, index, end):
            _cut(out, line, index, end)
        index, following = end, following + 1


def _break(out: Chunks, index: int) -> None:
    """Marks token `index` as the start of a sentence."""
    if out.codes[-1] != SENTENCE:
        out.add(SENTENCE, index, index)
    out.first[-1] = index


def _cut(out: Chunks, line: str, index: int, stop: int) -> None:
    """Chunks the tokens `index:stop` of one sentence."""
    comma = aside = False
    for match in _CHUNK.finditer(line, index, stop):
        kind = match.lastgroup
        if kind == "comma":
            comma, aside = True, False
            continue
        first, last = match.span()
        if kind == "code":
            code, aside = line[first], False
        elif kind == "aside":
            code, told, aside = ASIDE, aside, True
            if told:
                comma = False
                continue
        elif aside:
            code = INSIDE
            if line.find(_KNOWN, first, last) < 0:
                comma = False
                continue
        elif kind == "words":
            code = WORDS
            if out.codes[-1] == CUE and (closed := line.find(ANAPHOR, first, last)) > first:
                code, last = ANAPHOR, closed + 1  # "kata politisi itu": the speaker in focus
        elif kind == "anaphor" and line.find(_KNOWN, first, last) < 0:
            code = ANAPHOR if _after_cue(out) else WORDS
        else:
            code, last = NAME, last - (kind == "anaphor")
        out.add(code, first, last, comma)
        comma = False


def _after_cue(out: Chunks) -> bool:
    """Whether nothing but names and words of a role stand between here and a bare verb of saying."""
    before = next((code for code in reversed(out.codes) if code not in (NAME, WORDS)), SENTENCE)
    return before == CUE
