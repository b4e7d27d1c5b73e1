"""The words that quotations are read by, from the lexicons `quotes.*`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from extractor.language.quotes.rules import CODES
from extractor.patterns import PatternSet, Scalar

CLITIC: Final = "nya"
LIGHT, ASIDE_WORD, UNNAMED, COMMA, QUOTE_MARK = "l", "o", "U", ",", '"'
_MARKS: Final = {**dict.fromkeys(",;:()–—/", COMMA), **dict.fromkeys("\"“”„«»'‘’", QUOTE_MARK)}


@dataclass(frozen=True, slots=True)
class Words:
    """Lower-case words by what they do.

    Attributes:
        codes: The letter of a token (see `chunks.letters`).
        canonical: The base form of each verb of saying.
        openers: Verbs that can open a sentence in their bare form.
        dialogue: Base forms of verbs of question and answer.
        blockers: Words that take the force of a verb after them.
        anaphors: Words that close a description of the speaker in focus.
        sentence_openers: Words capitalised only because they begin a sentence.
        honorifics: Words before a name that are no part of it.
        roles: First words of offices.
        people: Words for a person; with "itu" after them, and so with an office, the one in focus.
        adverbs: Words that belong to the verb before them.
        titles: Words that announce a title or term in quotation marks.
        bodies: Words in the names of bodies, documents and places.
        documents: First words of documents that speak for themselves.
        strict: Verbs that report speech only before "bahwa" or a comma.
        unnamed: Phrases of one or more words that name a speaker without a name.
        both: Verbs of saying that stand beside a quotation or between subject and report ("Budi bilang, …").
    """

    codes: dict[str, str]
    canonical: dict[str, str]
    openers: frozenset[str]
    dialogue: frozenset[str]
    blockers: frozenset[str]
    anaphors: frozenset[str]
    sentence_openers: frozenset[str]
    honorifics: frozenset[str]
    roles: frozenset[str]
    people: frozenset[str]
    adverbs: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    documents: frozenset[str]
    strict: frozenset[str]
    unnamed: frozenset[tuple[str, ...]]
    both: frozenset[str]

    @classmethod
    def of(cls, patterns: PatternSet) -> Words:
        """The words of the rule data."""

        def listed(name: str) -> frozenset[str]:
            return frozenset(patterns.lexicon(f"quotes.{name}").phrases)

        cues = patterns.lexicon("quotes.cues").phrases
        codes: dict[str, str] = dict.fromkeys((phrase.split()[0] for phrase in listed("unnamed")), UNNAMED)
        for name, letter in (("light", LIGHT), ("circumstances", ASIDE_WORD), ("anaphors", CODES["ANAPHOR"])):
            codes.update(dict.fromkeys(listed(name), letter))
        canonical: dict[str, str] = {}
        for name in ("says", "said", "according", "stance", "pronouns", "that"):
            code = CODES[{"pronouns": "PRONOUN"}.get(name, name.upper())]
            for phrase, attributes in patterns.lexicon(f"quotes.{name}").phrases.items():
                codes[phrase] = _with_clitic(code, phrase, attributes)
                canonical[phrase] = str(attributes["canonical"])
        for phrase, attributes in cues.items():
            codes[phrase] = _with_clitic(CODES["CUE"], phrase, attributes)
            canonical[phrase] = str(attributes["canonical"])
        return cls(
            codes={**codes, **_MARKS},
            canonical=canonical,
            openers=frozenset(phrase for phrase, attributes in cues.items() if attributes.get("opens")),
            dialogue=frozenset(canonical[phrase] for phrase, attributes in cues.items() if attributes.get("dialogue")),
            blockers=listed("blockers"),
            anaphors=listed("anaphors"),
            sentence_openers=listed("openers"),
            honorifics=listed("honorifics"),
            roles=listed("roles"),
            people=listed("roles") | listed("people"),
            adverbs=listed("adverbs"),
            titles=listed("titles"),
            bodies=listed("bodies"),
            documents=listed("documents"),
            strict=frozenset(p for p, a in patterns.lexicon("quotes.says").phrases.items() if a.get("strict")),
            unnamed=frozenset(tuple(phrase.split()) for phrase in listed("unnamed")),
            both=frozenset(cues) & listed("says"),
        )


def _with_clitic(code: str, phrase: str, attributes: Mapping[str, Scalar]) -> str:
    """The letter of a verb's form in -nya, which carries its speaker with it ("tanya" is none)."""
    if phrase.endswith(CLITIC) and phrase != attributes["canonical"]:
        return {CODES["CUE"]: CODES["CUE-NYA"], CODES["ACCORDING"]: CODES["ACCORDING-NYA"]}.get(code, code)
    return code
