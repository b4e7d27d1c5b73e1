"""Names of bodies in an article: runs of capitalised words that are an organisation's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.language.abbreviations import bracketed, spelt_out
from extractor.language.events.mentions import EventWords
from extractor.language.state import Annotations, Person, overlaps
from extractor.language.tokens import CAPS, LOWER, NUMBER, TITLE

AND: Final = "dan"
_CAPITALS: Final = frozenset((TITLE, CAPS))
_DESCRIPTION: Final = 5  # words that may stand between
_VERBAL: Final = ("me", "ber", "di")  # how verbs begin
_INTRODUCTION: Final = 3  # words of an introduction, and of the name behind it
_MAX_JOINTS: Final = 3  # "for the"
_MAX_INITIALS: Final = 3  # "RSS" may be a person's initials
_INITIALS: Final = re.compile(r"inisial[ ]([A-Z]{1,4})\b")
_BRACKETED: Final = re.compile(r"[ ]\(([A-Z]{2,6})\)")
_AFTER_DATELINE: Final = frozenset({",", "-", "–", "—", "--", "("})
_ROMAN: Final = re.compile("[IVXL]+")
_NAME: Final = re.compile("[TAI](?:[TAI]|9(?=[TAI])){0,14}")


class BodyNames:
    """Reads names of bodies in one article."""

    def __init__(self, found: Annotations, words: EventWords) -> None:
        self.found = found
        self.tokens = found.tokens
        self.words = words
        self.known = words.bodies | words.body_parts
        self.after_body = words.honorifics | words.buildings
        self.direct = [quote for quote in found.quotes if quote.direct]
        self.aliases = {alias for person in found.persons for alias in (person.name, *person.aliases)}
        self.aliases.update(match[1] for match in _INITIALS.finditer(found.text))
        self.aliases.update(self._bracketed_aliases())
        self.persons = frozenset(self.tokens.at(start) for person in found.persons for start, _ in person.mentions)

    def _bracketed_aliases(self) -> Iterator[str]:
        """Abbreviations of persons' names in brackets after them."""
        for person in self.found.persons:
            for _, end in person.mentions:
                if match := _BRACKETED.match(self.found.text, end):
                    yield match[1]

    def inside(self, first: int, last: int) -> list[str]:
        """The bodies named in the tokens `first:last`, in order."""
        return [name for _, name in self._names(first, last) if self.is_body(name)]

    def acting(self, first: int, last: int) -> list[tuple[int, str]]:
        """The bodies named in the tokens `first:last` that can act, each with its first token.

        Names of sites and regions and what stands between quotation marks are left out.
        """
        return [(at, name) for at, name in self._names(first, last) if self.is_body(name) and not self._is_passed(at)]

    def introduced(self, first: int, end: int) -> str | None:
        """A name that ends at token `end`, called a body's by words before it: "lembaga riset CahayaData"."""
        start = end
        while start > first and self.tokens.kinds[start - 1] in _CAPITALS and start - 1 not in self.persons:
            start -= 1
        before = self.tokens.lower[max(first, start - _INTRODUCTION) : start]
        is_called = 0 < end - start <= _INTRODUCTION and not self.known.isdisjoint(before)
        return self._text(start, end) if is_called and not self._is_passed(start) else None

    def described(self, index: int, last: int) -> str | None:
        """A holder told by a noun and a name: "tim gabungan Polres Kampar dan Kodim 0313", "pengelola Pasar Melati"."""
        lower, start = self.tokens.lower, index
        if index >= len(lower) or lower[index] not in self.words.agent_heads:
            return None
        index += 1
        while index < min(start + _DESCRIPTION, last) and self.tokens.kinds[index] == LOWER:
            if lower[index] in self.words.name_stops:
                return None
            index += 1
        end = self._run(index, last)
        if end > index and lower[end : end + 1] == [AND] and (further := self._run(end + 1, last)) > end + 1:
            end = further
        return self._text(start, end) if end > index else None

    def behind(self, index: int, last: int) -> str | None:
        """The body whose name follows the words that go on with a trigger: "rapat pleno terbuka KPU Blora"."""
        lower, kinds, stop = self.tokens.lower, self.tokens.kinds, min(index + _DESCRIPTION, last)
        while index < stop and (kinds[index] == LOWER or lower[index].startswith("ke-")):
            if lower[index] in self.words.name_stops or lower[index].startswith(_VERBAL):
                return None
            index += 1
        return self.at(index, last)

    def _is_passed(self, index: int) -> bool:
        """Whether the name at token `index` tells where, after "di", in a venue, region or dateline, or is quoted."""
        if index and self.tokens.lower[index - 1] in self.words.locatives:
            return True
        if index == 0 and self.tokens.words[1:2] and self.tokens.words[1] in _AFTER_DATELINE:
            return True
        start, end = self.tokens.starts[index], self.tokens.ends[index]
        return any(overlaps(found, start, end) for found in (self.found.venues, self.found.regions, self.direct))

    def at(self, index: int, last: int) -> str | None:
        """The body whose name begins at token `index`, None when none does."""
        end = self._run(index, last)
        name = self._text(self._body(index, end), end) if end > index else ""
        return name if name and self.is_body(name) else None

    def together(self, index: int, last: int) -> str | None:
        """The body at token `index`, with the one that "dan" joins to it ("BEM Undip dan BEM Unnes")."""
        name = self.at(index, last)
        end = self._run(index, last)
        if name and self.tokens.lower[end : end + 1] == [AND] and self.at(end + 1, last):
            return self._text(self._body(index, end), self._run(end + 1, last))
        return name

    def _names(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """The runs of capitalised words in the tokens `first:last`, abbreviations in brackets taken in; with starts."""
        index = first
        while index < last:
            end = self._run(index, last)
            index = self._body(index, end)
            if end > index:
                yield index, self._text(index, end)
            index = max(end, index + 1)

    def _body(self, index: int, end: int) -> int:
        """The token at which a body's name begins, behind words for its people or for what it holds."""
        while index + 1 < end and self.tokens.lower[index] in self.words.members:
            index += 1
        return index

    def _run(self, index: int, last: int) -> int:
        """The token after the run of capitalised words at `index`; `index` itself where there is none."""
        end = self._capitalised(index, last)
        if end == index:
            return index
        end = self._after_brackets(self._in_english(index, end, last), last)
        if end + 1 < last and self.tokens.lower[end] == AND and self._goes_on(index, end + 1):
            end = self._after_brackets(self._capitalised(end + 1, last), last)
        return end

    def _in_english(self, index: int, end: int, last: int) -> int:
        """The token after an English name with small words in it: "Center for Policy and Law Studies"."""
        lower, joints = self.tokens.lower, self.words.english_joints
        if lower[index] in self.known:
            while end + 1 < last and lower[end] in joints:
                after = next((at for at in range(end, min(end + _MAX_JOINTS, last)) if lower[at] not in joints), end)
                further = self._capitalised(after, last)
                if further == after:
                    break
                end = further
        return end

    def _capitalised(self, index: int, last: int) -> int:
        """The token after the capitalised words at `index`, a person's name left out; `index` where there are none."""
        match = _NAME.match(self.tokens.kinds, index, last)
        if match is None:
            return index
        lower, after = self.tokens.lower, self.after_body
        ends = (at for at in range(index, match.end()) if at in self.persons or (at > index and lower[at] in after))
        return next(ends, match.end())

    def _after_brackets(self, end: int, last: int) -> int:
        """The token after an abbreviation in brackets and what follows it: "Badan Pangan (BP) Kota Tegal"."""
        words, kinds = self.tokens.words, self.tokens.kinds
        if end + 2 < last and words[end] == "(" and words[end + 2] == ")" and kinds[end + 1] not in (LOWER, NUMBER):
            further = self._capitalised(end + 3, last)
            return further if self._goes_on_behind(end + 3, further) else end + 3
        return end

    def _goes_on_behind(self, index: int, end: int) -> bool:
        """Whether a name goes on in the tokens `index:end`, behind its bracket: with a region, or a word for a body."""
        tokens = self.tokens
        if index == end or not self.words.bodies.isdisjoint(tokens.lower[index:end]) or tokens.words[index] == "RI":
            return index < end
        level = tokens.lower[index] in self.words.levels
        return level or overlaps(self.found.regions, tokens.starts[index], tokens.ends[index])

    def _goes_on(self, first: int, after: int) -> bool:
        """Whether "dan" joins two parts of one body's name ("Dinas Pangan dan Pertanian"), not two bodies."""
        tokens = self.tokens
        while tokens.lower[first] in self.words.offices and first + 1 < after:
            first += 1
        spelt_out = tokens.kinds[first] == TITLE and tokens.lower[first] in self.known
        inside = tokens.lower[first + 1 : after - 1]
        new = tokens.kinds[after] != TITLE or tokens.lower[after] in self.known
        return spelt_out and not new and CAPS not in tokens.kinds[first : after - 1] and self.known.isdisjoint(inside)

    def _text(self, first: int, last: int) -> str:
        return self.found.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]

    def is_body(self, name: str) -> bool:
        """Whether a name is a body's: an abbreviation or a word for a body in it, and no person's."""
        words = name.replace("(", " ").replace(")", " ").split()
        if words[0].lower() in self.words.offices or not self.aliases.isdisjoint(words):
            return False
        if len(words) == 1 and name.lower() in self.words.body_parts:
            return False
        last_words = {words[-1].lower(), name.partition(" (")[0].rpartition(" ")[2].lower()}
        if not self.words.event_names.isdisjoint(last_words):
            return False
        if len(name) <= _MAX_INITIALS and name.lower() not in self.words.bodies and f"({name})" not in self.found.text:
            return False
        return any(w.lower() in self.known or self._is_abbreviation(w) for w in words)

    def led_by(self, person: Person) -> str | None:
        """The body that a person heads, where the office is named after it: "Polres Blora" for "Kapolres Blora"."""
        for role in person.roles:
            head, *rest = self.found.text[role.start : role.end].split()
            if body := self.words.heads.get(head.lower()):
                return " ".join((body, *rest))
        return None

    def _is_abbreviation(self, word: str) -> bool:
        if not (word.isupper() and len(word) > 1 and word.isalpha()):
            return False
        return word.lower() not in self.words.no_bodies and not _ROMAN.fullmatch(word)

    def fullest(self, name: str) -> str:
        """The full form of a body's name: spelt out before its abbreviation, or as an organisation in a role."""
        if name and f"Partai {name}" in self.found.text:
            name = f"Partai {name}"
        if full := bracketed(self.found.text, name) or spelt_out(self.found.text, name):
            return self._without_office(full)
        bodies = (role.organization for person in self.found.persons for role in person.roles if role.organization)
        return max((body for body in bodies if name and body.startswith(name)), key=len, default=name)

    def _without_office(self, name: str) -> str:
        """The name without the office before it: "Ketua Komisi Pemilihan Umum (KPU)"."""
        words = name.split(" ")
        while len(words) > 1 and words[0].lower() in self.words.offices:
            words.pop(0)
        return " ".join(words)
