"""The words of temporal expressions, looked up by lexicon, and the rules' regular expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from extractor.errors import PatternError
from extractor.language.numbers import number_words, parse_number
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet, Scalar

FIELD: Final = "dates"
WORDS: Final = "<words>"
_NAME: Final = re.compile(r"\{([a-z_]+)\}")


class Vocabulary:
    """The lexicons `dates.*` and the words for numbers; those of the user's rule data are merged already.

    Attributes:
        lexicons: Lexicon name without the field, then phrase in lower case, then its attributes.
        numbers: Reads numbers in words.
    """

    def __init__(self, patterns: PatternSet) -> None:
        self.lexicons: dict[str, Mapping[str, Mapping[str, Scalar]]] = {
            lexicon.id.removeprefix(f"{FIELD}."): lexicon.phrases for lexicon in patterns.lexicons(FIELD)
        }
        self.numbers = number_words(patterns)
        self._lists: dict[str, Iterable[str]] = {
            **self.lexicons,
            "number-words": [word for word in (*self.numbers.digits, *self.numbers.wholes) if word],
            "number-scales": ["belas", *self.numbers.scales],
        }
        self._patterns = patterns
        self._tries: dict[str, str] = {}

    def entry(self, lexicon: str, phrase: str) -> Mapping[str, Scalar]:
        """The attributes of a phrase of a lexicon, whatever white space it is written with.

        Raises:
            KeyError: It is not in the lexicon.
        """
        return self.lexicons[lexicon][" ".join(phrase.split())]

    def amount(self, text: str) -> float | None:
        """The number that a text in lower case stands for, in figures or words; None for an amount without one."""
        return parse_number(text) if text[0].isdigit() else self.numbers.parse(text)

    def number(self, lexicon: str, phrase: str, key: str = "number") -> int:
        """A whole number among the attributes of a phrase.

        Raises:
            PatternError: The attribute is missing or no whole number.
        """
        value = self.entry(lexicon, phrase).get(key)
        if not isinstance(value, int):
            raise PatternError(f"{FIELD}.{lexicon}: the entry {phrase!r} needs a whole number as {key!r}")
        return value

    def trie(self, lexicon: str) -> str:
        """A regular expression for the phrases of a lexicon, or for "number-words" and "number-scales"."""
        if lexicon not in self._tries:
            self._tries[lexicon] = trie_regex(self._lists[lexicon])
        return self._tries[lexicon]

    def compile(self, source: str) -> re.Pattern[str]:
        """Compiles a rule's regex after `expand`.

        Raises:
            PatternError: The regular expression is malformed.
        """
        return compiled(self.expand(source))

    def expand(self, source: str) -> str:
        """A rule's regex with atoms written out; `{name}` becomes the phrases of the lexicon `dates.name`."""
        return _NAME.sub(self._phrases, self._patterns.regex(FIELD, source))

    def _phrases(self, found: re.Match[str]) -> str:
        lexicon = found[1].replace("_", "-")
        return f"(?:{self.trie(lexicon)})" if lexicon in self._lists else found[0]

    def first_words(self, triggers: tuple[str, ...]) -> set[str]:
        """The words that may begin an expression: a trigger's first word, or those of the phrases of `@lexicon`.

        `<words>` stands for the words for numbers.
        """
        words: set[str] = set()
        for trigger in triggers:
            name = "number-words" if trigger == WORDS else trigger.removeprefix(f"@{FIELD}.")
            phrases = self._lists.get(name) if name != trigger else (trigger,)
            if phrases is None:
                raise PatternError(f"no lexicon has the id {trigger[1:]!r}, which a trigger names")
            words.update(phrase.lower().split()[0] for phrase in phrases)
        return words


def compiled(source: str) -> re.Pattern[str]:
    """A regular expression, compiled.

    Raises:
        PatternError: It is malformed.
    """
    try:
        return re.compile(source)
    except re.error as error:
        raise PatternError(f"not a regular expression: {source!r}: {error}") from None
