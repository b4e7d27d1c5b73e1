"""A tokenizer for Indonesian news: one regular expression, the text kept character for character.

It differs from spaCy's stock Indonesian tokenizer where news needs it: dates and clock times with slashes, colons or
full stops are one token ("27/7/2024", "10.00"), abbreviations keep their full stop ("Kab.", "S.IP."), reduplications
and Arabic articles hold together ("rata-ratanya", "Al-Azhar"), pairs and ranges are split ("Prabowo-Gibran",
"2018-2023", "KPU-RI"), and so are glued words ("77,6%", "10.30WIB", "Rp1,5", "IskandarCaleg").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from operator import add
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extractor.language.state import Annotations, annotate
from extractor.language.tokens import TokenTable
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet, load_patterns

_LETTER: Final = r"[^\W\d_]"


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


class Tokenizer:
    """Turns a text into a Doc; the Doc's text is the text."""

    def __init__(self, vocab: Vocab, patterns: PatternSet) -> None:
        self.vocab = vocab
        self._split = token_regex(patterns).findall

    def __call__(self, text: str) -> Doc:
        """Tokenizes `text`."""
        found = self._split(text)
        words = [word for word, _, _ in found]
        spaces = [bool(space) for _, _, space in found]
        doc = Doc(self.vocab, words=words, spaces=spaces)
        starts = accumulate(map(add, map(len, words), spaces), initial=0)
        annotate(doc, Annotations(TokenTable.build(words, list(starts)[:-1]), text))
        return doc

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
