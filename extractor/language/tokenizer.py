"""A tokenizer for Indonesian news: one regular expression, the text kept character for character.

It differs from spaCy's stock Indonesian tokenizer where news needs it: dates and clock times with slashes, colons or
full stops are one token ("27/7/2024", "10.00"), abbreviations keep their full stop ("Kab.", "S.IP."), reduplications
and Arabic articles hold together ("rata-ratanya", "Al-Azhar"), pairs and ranges are split ("Prabowo-Gibran",
"2018-2023", "KPU-RI"), and so are glued words ("77,6%", "10.30WIB", "Rp1,5", "IskandarCaleg").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extractor.language.state import Annotations, annotate
from extractor.language.tokens import TokenTable, kind_of
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet, load_patterns

_LETTER: Final = r"[^\W\d_]"
_OPEN: Final = re.compile(r"(?:[a-z]\d{1,2}\.|\s)\Z").search  # "Lahadalia2." in "Lahadalia2. Kepala", a line's end
_MOST_KNOWN: Final = 1 << 15


def token_regex(patterns: PatternSet) -> re.Pattern[str]:
    """The regular expression of a token, with the lexicons `tokens.*` of the rule data."""

    def words(name: str) -> str:
        return trie_regex(phrase for entry in patterns.lexicon(f"tokens.{name}").entries for phrase in entry.phrases)

    alternatives = (
        r"[A-Za-z][a-z]*(?=[\s,;!?)”]|:(?!//))",  # these three first, because most tokens are one of them
        r"[,()\"“”;:!?]",
        r"\s+",
        r"[A-Z]+(?=[\s,;!?)”]|:(?!//))",
        r"""(?:https?://|www\.)[^\s<>"“”]{1,2000}[^\s<>"“”.,;:!?)\]]""",
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
        rf"(?i:[a-z][\w-]{{1,40}}(?:\.[a-z]\w{{1,20}}){{0,2}}\.{words('domains')}(?![\w-]|\.\w))",
        r"\d+(?:[.,:/]\d+)*",
        rf"{words('currencies')}(?=\d)",
        rf"{words('abbreviations')}(?![a-z])",
        r"(?:[A-Z][A-Za-z]{0,2}\.){1,4}[A-Z][A-Za-z]{0,4}\.?(?!\w)",
        r"[A-Z]\.(?![A-Za-z]{2})",
        rf"(?i:({_LETTER}{{2,30}})-\2{_LETTER}*)",
        rf"{words('joined-prefixes')}-[A-Z]{_LETTER}+(?:['’]{_LETTER}+)*",
        r"[a-z]+(?:-[a-z]+){1,6}(?![\w-])",
        rf"{_LETTER}-[A-Z]{_LETTER}+",
        rf"{_LETTER}+-\d+(?![\d.,/-])",
        rf"(?:[A-Z][a-z]{{2,}}|[IVX]{{1,4}})(?={words('line-starts')}\b)",  # "IskandarCaleg", "Jatim IPerolehan"
        r"[A-Z][a-z]{2,}(?=\d{1,2}\. ?[A-Z])",  # "Lahadalia2. Kepala": a lost line break before a number
        rf"{_LETTER}+(?:['’`´]{_LETTER}+)*\d*\w*",
        r"\.{2,}|-{2,}|[^\w\s]|_+",
    )
    return re.compile(rf"({'|'.join(alternatives)})( ?)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Tokens, column by column: texts, the same in lower case, whether a space follows, the letters of `TokenTable`."""

    words: list[str]
    lower: list[str]
    spaces: list[bool]
    kinds: str


class _AcrossSpaceError(Exception):
    """A stretch whose tokens depend on what stands behind the space."""


class Tokenizer:
    """Turns a text into a Doc; the Doc's text is the text.

    News repeats itself: nine of ten stretches between two spaces were met before, and are looked up instead of matched.
    """

    def __init__(self, vocab: Vocab, patterns: PatternSet) -> None:
        self.vocab = vocab
        self._split = token_regex(patterns).findall
        self._known: dict[str, Columns] = {}

    def __call__(self, text: str) -> Doc:
        """Tokenizes `text`."""
        found = self.columns(text)
        lengths = list(map(len, found.words))
        doc = Doc(self.vocab, words=found.words, spaces=found.spaces)
        starts = list(accumulate(map(add, lengths, found.spaces), initial=0))
        starts.pop()
        table = TokenTable(found.words, found.lower, starts, list(map(add, starts, lengths)), found.kinds)
        annotate(doc, Annotations(table, text))
        return doc

    def columns(self, text: str) -> Columns:
        """The tokens of `text`, stretch by stretch; all at once where spaces are more than borders."""
        if not text or text[0] == " " or text[-1] == " " or "  " in text:
            return self.cut(text)
        words: list[str] = []
        lower: list[str] = []
        spaces: list[bool] = []
        kinds: list[str] = []
        known = self._known
        try:
            for stretch in text.split(" "):
                columns = known.get(stretch)
                if columns is None:
                    columns = self._learn(stretch)
                words += columns.words
                lower += columns.lower
                spaces += columns.spaces
                kinds.append(columns.kinds)
        except _AcrossSpaceError:
            return self.cut(text)
        spaces[-1] = False
        return Columns(words, lower, spaces, "".join(kinds))

    def cut(self, text: str) -> Columns:
        """The tokens of `text`, by the regular expression."""
        found = self._split(text)
        words = [word for word, _, _ in found]
        spaces = [bool(space) for _, _, space in found]
        return Columns(words, list(map(str.lower, words)), spaces, "".join(map(kind_of, words)))

    def _learn(self, stretch: str) -> Columns:
        """The tokens of a stretch before a space, kept for the next time."""
        if _OPEN(stretch):
            raise _AcrossSpaceError
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        columns = self._known[stretch] = self.cut(stretch + " ")
        return columns

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save: the tokenizer is built from the rule data."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Tokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, _path: Path, **_: object) -> None:
        """Nothing to save."""

    def from_disk(self, _path: Path, **_: object) -> Tokenizer:
        """Nothing to load."""
        return self


def make_tokenizer(patterns: str | None = None) -> Callable[[Language], Tokenizer]:
    """Makes the tokenizer of a pipeline; `patterns` is the folder of the user's own rule data or None."""
    folder = Path(patterns) if patterns else None
    return lambda nlp: Tokenizer(nlp.vocab, load_patterns(folder))


def register_tokenizer() -> None:
    """Registers the tokenizer with spaCy as `warta.Tokenizer.v1`; registering twice does no harm."""
    registry.tokenizers.register("warta.Tokenizer.v1", func=make_tokenizer)
