"""The words of temporal expressions, looked up by lexicon, and the rules' regular expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.errors import PatternError
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet, Scalar

FIELD = "dates"
_NAME = re.compile(r"\{([a-z_]+)\}")


class Vocabulary:
    """The lexicons `dates.*`; those of the user's rule data are merged already.

    Attributes:
        lexicons: Lexicon name without the field, then phrase in lower case, then its attributes.
    """

    def __init__(self, patterns: PatternSet) -> None:
        self.lexicons: dict[str, Mapping[str, Mapping[str, Scalar]]] = {
            lexicon.id.removeprefix(f"{FIELD}."): lexicon.phrases for lexicon in patterns.lexicons(FIELD)
        }
        self._patterns = patterns
        self._tries: dict[str, str] = {}

    def get(self, lexicon: str, phrase: str) -> Mapping[str, Scalar] | None:
        """The attributes of `phrase` in a lexicon, None where it is not in it."""
        return self.lexicons[lexicon].get(phrase)

    def number(self, lexicon: str, phrase: str, key: str = "number") -> int:
        """A whole number among the attributes of a phrase.

        Raises:
            PatternError: The phrase or the attribute is missing, or it is not a number.
        """
        value = (self.lexicons[lexicon].get(phrase) or {}).get(key)
        if not isinstance(value, int):
            raise PatternError(f"{FIELD}.{lexicon}: the entry {phrase!r} needs a number as {key!r}")
        return value

    def trie(self, lexicon: str) -> str:
        """A regular expression for the phrases of a lexicon."""
        if lexicon not in self._tries:
            self._tries[lexicon] = trie_regex(self.lexicons[lexicon])
        return self._tries[lexicon]

    def compile(self, source: str) -> re.Pattern[str]:
        """Compiles a rule's regex: atoms are expanded, and `{name}` becomes the phrases of the lexicon `dates.name`.

        Raises:
            PatternError: The regular expression is malformed.
        """
        expanded = _NAME.sub(self._phrases, self._patterns.regex(FIELD, source))
        try:
            return re.compile(expanded)
        except re.error as error:
            raise PatternError(f"not a regular expression: {source!r}: {error}") from None

    def _phrases(self, found: re.Match[str]) -> str:
        lexicon = found[1].replace("_", "-")
        return f"(?:{self.trie(lexicon)})" if lexicon in self.lexicons else found[0]

    def first_words(self, triggers: tuple[str, ...]) -> set[str]:
        """The words that may begin an expression: a trigger's first word, or those of the phrases of `@lexicon`."""
        words: set[str] = set()
        for trigger in triggers:
            name = trigger.removeprefix(f"@{FIELD}.")
            phrases = self.lexicons.get(name) if name != trigger else (trigger,)
            if phrases is None:
                raise PatternError(f"no lexicon has the id {trigger[1:]!r}, which a trigger names")
            words.update(phrase.lower().split()[0] for phrase in phrases)
        return words
