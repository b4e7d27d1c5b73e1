"""The page room's rule data, compiled once per pattern set."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from extractor.page.bylines import BylineReader
from extractor.page.noise import Noise, NoiseRule
from extractor.page.profiles import Profiles, SiteProfile
from extractor.page.times import TimeReader
from extractor.patterns import PatternSet, Rule


@dataclass(frozen=True)
class PageRules:
    """Everything that reading a page needs of the rule data; the parts are built on first use."""

    patterns: PatternSet

    @cached_property
    def profiles(self) -> Profiles:
        """The site profiles."""
        return Profiles(self.patterns.documents("sites", SiteProfile))

    @cached_property
    def times(self) -> TimeReader:
        """The reader of publication times."""
        return TimeReader(self.patterns.table("page.months"), self.patterns.table("page.zones"))

    @cached_property
    def noise(self) -> Noise:
        """The boilerplate rules."""
        rules = self.patterns.rules("page.noise")
        return Noise.of(
            NoiseRule(rule.id, str(rule.set["cut"]), self.patterns.regex("page.noise", rule.regex or ""), rule.trigger)
            for rule in rules
        )

    @cached_property
    def bylines(self) -> BylineReader:
        """The reader of bylines."""
        return BylineReader(self.patterns, self.times)

    @cached_property
    def modified_words(self) -> re.Pattern[str]:
        """Words before the time of the last change."""
        return any_of(self.patterns.lexicon("page.dates.modified").phrases)

    @cached_property
    def title_tails(self) -> tuple[re.Pattern[str], ...]:
        """Patterns of what stands after a headline and is no part of it."""
        return tuple(
            re.compile(rule.regex, re.IGNORECASE)
            for rule in self.patterns.rules("page.metadata")
            if rule.regex and rule.set.get("part") == "title"
        )

    @cached_property
    def body_words(self) -> frozenset[str]:
        """Words in class names of elements that hold a body."""
        return frozenset(self.patterns.lexicon("page.elements.body").phrases)

    @cached_property
    def aside_words(self) -> frozenset[str]:
        """Words in class names of elements that do not."""
        return frozenset(self.patterns.lexicon("page.elements.aside").phrases)

    @cached_property
    def noise_words(self) -> frozenset[str]:
        """Words, and pairs of words, in class names of boilerplate inside a body."""
        return frozenset(self.patterns.lexicon("page.elements.noise").phrases)

    @cached_property
    def strong_noise_words(self) -> frozenset[str]:
        """Those of them that name boilerplate even where a box holds sentences."""
        phrases = self.patterns.lexicon("page.elements.noise").phrases
        return frozenset(phrase for phrase, attributes in phrases.items() if attributes.get("strong"))

    @cached_property
    def stop_words(self) -> dict[str, str]:
        """Stop word to language; "shared" is Indonesian and Malay."""
        return {
            word: str(attributes["language"])
            for lexicon in self.patterns.lexicons("page.languages")
            for word, attributes in lexicon.phrases.items()
        }

    @cached_property
    def kinds(self) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
        """Signs of pages that are no articles: kind, what the pattern is tried at, pattern.

        Titles and text are tried in lower case, which costs less than a pattern that ignores case.
        """
        return tuple(
            (str(rule.set["kind"]), str(rule.set["in"]), _kind_pattern(rule))
            for rule in self.patterns.rules("page.kinds")
        )


def _kind_pattern(rule: Rule) -> re.Pattern[str]:
    """The pattern of a sign; one with capitals, or for addresses, ignores case."""
    source = rule.regex or ""
    cased = rule.set["in"] == "url" or re.search(r"(?<!\\)[A-Z]", source)
    return re.compile(source, re.IGNORECASE if cased else re.NOFLAG)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words, longest first, in any case."""
    words = "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Key:
    digest: str
    patterns: PatternSet = field(compare=False, hash=False)


@lru_cache(maxsize=8)
def _compiled(key: _Key) -> PageRules:
    return PageRules(key.patterns)


def page_rules(patterns: PatternSet) -> PageRules:
    """The compiled page rules of a pattern set; built once for the last eight sets."""
    return _compiled(_Key(patterns.digest, patterns))
