"""Reads roles: an office and everything behind it that belongs to it.

A role goes on over role words, bodies, regions and numbers, over small words and commas when the right word follows
them, and over capitalised words that nothing is known of; where the last of those end, `Border` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from extractor.language.gazetteer import Gazetteer
from extractor.language.officials.border import Border
from extractor.language.officials.model import Role
from extractor.language.officials.names import RUN, NameReader
from extractor.language.officials.words import Words
from extractor.language.tokens import LOWER

MAX_TOKENS: Final = 28
_EXPERT_WORDS: Final = 3
_STATUS: Final = re.compile(r"(?:Ss{0,4}|\(Ss{0,4}\)){1,4}")
_LIST_COMMA: Final = re.compile(r",[QTM]{1,3}(?:,[QTM]{1,3}){0,5},?&(?=[QTMO])")
_COMMA_BODY: Final = re.compile(r",O[oQTAR9]{0,5}(?=[.n)]|$)")
_BRACKET: Final = re.compile(r"\((?![NI]+\))[ATQOoRr9NMI/-]{1,7}\)")
_OPENS_ENGLISH: Final = frozenset({"of", "for"})
_ENGLISH: Final = frozenset({"of", "the", "for", "on", "and", "&"})
_BODY_AHEAD: Final = re.compile(r"(?!c)(?:[TAQM]|c(?=[TAQMOc])){0,8}O")
_PAIR: Final = re.compile(r"[NTM]{1,2}-[NTM]{1,2}A?")

Step = tuple[int, bool]
"""How many tokens go on with a role (0 for none), and whether they can only belong to it."""
_NONE: Final[Step] = (0, False)


class RoleReader:
    """Reads the roles in the tokens of one Doc."""

    def __init__(self, words: Words, gazetteer: Gazetteer, names: NameReader) -> None:
        self.words = words
        self.codes = words.codes
        self._places = gazetteer.names
        self._names = names
        self._border = Border(words, names)
        own: Callable[[Role, int, int], Step] = lambda *_: (1, True)  # noqa: E731
        self._steps: dict[str, Callable[[Role, int, int], Step]] = {
            **dict.fromkeys("OoQ9A", own),
            **dict.fromkeys("Rr", self._office),
            **dict.fromkeys("c&", self._small_word),
            **dict.fromkeys("-/", self._joint),
            "I": self._letter,
            "M": self._doubtful,
            "X": self._capital,
            "T": self._unknown,
            "H": self._honorific,
            "E": self._status_behind,
            "(": self._bracket,
            ",": self._list_comma,
        }

    def at(self, index: int) -> Role | None:
        """The role that begins at token `index`, None when no office stands there."""
        status = _STATUS.match(self.codes, index)
        office = status.end() if status else index
        if self.codes[office : office + 1] != "R":
            return None
        head_end, attributes = self.words.phrases[office]
        role = Role(index, office, head_end, head_end, str(attributes["form"]))
        self._extend(role)
        return None if attributes.get("more") and role.end == head_end else role

    def _extend(self, role: Role) -> None:
        """Moves `role.end` over everything that belongs to the role."""
        position = hard = role.head_end
        fields = _EXPERT_WORDS if role.form == "expert" else 0
        limit = min(len(self.codes), role.office + MAX_TOKENS)
        while position < limit and not (period := self._period(position)):
            size, is_hard = self._step(role, position, hard)
            if not size and fields and self._is_field(position):
                size, fields = 1, fields - 1
            if not size:
                break
            position += size
            hard = position if is_hard else hard
        role.end = self._border.draw(role, hard, position)
        role.numbered = "9" in self.codes[role.head_end : role.end]
        if position < limit and period and role.end == position:
            role.period = period

    def _step(self, role: Role, index: int, hard: int) -> Step:
        if self._is_glued(index):
            return _NONE
        if index == hard and (size := self._pair(role, index)):
            return size, True
        if size := self._region(role, index, hard):
            return size, True
        read = self._steps.get(self.codes[index])
        return read(role, index, hard) if read else _NONE

    def _period(self, index: int) -> tuple[int, int] | None:
        """The tokens of "periode 2018-2023" or "2024-2029" at `index`."""
        tokens = self.words.tokens
        first = index + (self.words.part(index) == "period")
        years = tokens.words[first : first + 3]
        if len(years) == 3 and years[1] in ("-", "–") and all(len(y) == 4 and y.isdigit() for y in years[::2]):
            return index, first + 3
        return None

    def _is_glued(self, index: int) -> bool:
        """Whether a capitalised word follows without a space: a line break was lost before it."""
        tokens = self.words.tokens
        touches = tokens.starts[index] == tokens.ends[index - 1]
        return touches and tokens.kinds[index] == "T" and self.codes[index - 1] not in "-/("

    def _is_field(self, index: int) -> bool:
        """Whether a small-letter word may be an expert's field ("pengamat kebijakan publik"), and no verb."""
        return self.codes[index] == "w" and bool(self.words.lexicons.field(self.words.tokens.lower[index]))

    # One method a class of words: how many tokens go on with the role, and whether they can only belong to it.

    def _office(self, role: Role, index: int, hard: int) -> Step:
        """An office right behind another belongs to it ("Asisten Kapolri", "Juru Bicara Wakil Presiden")."""
        if index > hard or role.form == "region":
            return _NONE
        return (self.words.phrases[index][0] - index if self.codes[index] == "R" else 1), True

    def _letter(self, _role: Role, index: int, _hard: int) -> Step:
        """A letter that numbers a committee ("Komisi A DPRD"), or ends a name before a body ("Gen Z di Pusat …")."""
        if self.codes[index - 1] == "T" and self._body_ahead(index + 1):
            return 1, False
        return int(self.codes[index + 1 : index + 2] in ("O", "Q")), True

    def _doubtful(self, _role: Role, index: int, _hard: int) -> Step:
        """A word that is a name and a role word ("Jaksa Agung", "Agung Nugroho")."""
        return _NONE if self._name_goes_on(index) else (1, True)

    def _capital(self, _role: Role, index: int, hard: int) -> Step:
        """A capitalised word that opens sentences elsewhere ("Penyakit Tidak Menular")."""
        inside = index == hard and self.codes[index + 1 : index + 2] == "Q"
        return int(inside and self.words.tokens.kinds[index] != LOWER), True

    def _unknown(self, _role: Role, index: int, _hard: int) -> Step:
        return int(not self._names.is_short(index)), False

    def _pair(self, role: Role, index: int) -> int:
        """Length of the pair of candidates for which a campaign team is named ("Ketua TPN Hendra-Maryam")."""
        body = self.codes.rfind("O", role.office, index)
        if body < 0 or not self.words.attribute(body, "pair"):
            return 0
        if pair := _PAIR.match(self.codes, index):
            return pair.end() - index
        name = self._names.at(index)
        behind = name and self.codes[name.end : name.end + 1] == "," and self._names.at(name.end + 1)
        return name.end - index if name and behind else 0

    def _honorific(self, role: Role, index: int, hard: int) -> Step:
        if index == hard and (size := self._named_after(index)):
            return size, True
        return int(index > role.head_end and self.codes[index + 1 : index + 2] in ("Q", "O", "X", "c")), True

    def _named_after(self, index: int) -> int:
        """Length of a doctor's name that is a hospital's ("RSUD dr Abdul Aziz Singkawang")."""
        match = RUN.match(self.codes, index + 1)
        if not match or self.words.attribute(index - 1, "sector") != "health":
            return 0
        place = (self.words.tokens.lower[match.end() - 1],) in self._places
        return match.end() - index if place or self.codes[match.end() : match.end() + 1] == "," else 0

    def _status_behind(self, role: Role, index: int, _hard: int) -> Step:
        role.status = str(self.words.attribute(index, "status"))
        return self.words.phrases[index][0] - index, True

    def _bracket(self, _role: Role, index: int, _hard: int) -> Step:
        match = _BRACKET.match(self.codes, index)
        return (match.end() - index, True) if match else _NONE

    def _list_comma(self, role: Role, index: int, hard: int) -> Step:
        """Commas inside a name ("Balai Karantina Hewan, Ikan, dan Tumbuhan"), or before the whole body.

        A body at the end of a sentence belongs to a title that names none ("Kepala Bidang Humas, Polda Jateng.").
        """
        if index == hard and self.words.attribute(index + 1, "whole"):
            return 1, False
        if index == hard > role.head_end and "O" not in self.codes[role.head_end : index]:
            body = _COMMA_BODY.match(self.codes, index)
            if body:
                return body.end() - index, True
        match = _LIST_COMMA.match(self.codes, index)
        return (match.end() - index if match else 0), False

    def _joint(self, _role: Role, index: int, _hard: int) -> Step:
        """A mark inside a name; a number and a word that it joins are one ("Kodam IV/Diponegoro")."""
        tokens = self.words.tokens
        if self.codes[index - 1] == "9" and tokens.starts[index + 1 : index + 2] == [tokens.ends[index]]:
            return (2, True) if self.codes[index + 1] in "TNM" else (1, False)
        return int(self.codes[index + 1 : index + 2] in tuple("OQATR9")), False

    def _small_word(self, role: Role, index: int, hard: int) -> Step:
        """A small word goes on before a body or a role word; before another capitalised word only behind one."""
        following = self.codes[index + 1 : index + 2]
        if self._in_english(role, index) or (index > hard and self._body_ahead(index)):
            return 1, False
        if index > hard and self.codes[index] == "c":
            return _NONE
        if following in ("O", "Q", "9") or (following == "M" and not self._name_goes_on(index + 1)):
            return 1, False
        if index > hard or not following or following not in "TANM":
            return _NONE
        if self._region(role, index + 1, index + 1):
            return int(role.form == "party" or self.codes[index] == "&"), False
        return int(following in "TA"), False

    def _in_english(self, role: Role, index: int) -> bool:
        """Whether a small word stands inside an English name ("Chairman of the Committee on Trade of the House")."""
        words = self.words.tokens.lower[role.head_end : index + 1]
        following = self.codes[index + 1 : index + 2]
        inside = words[-1] in _ENGLISH and not _OPENS_ENGLISH.isdisjoint(words)
        return inside and bool(following) and following in ("TAQOM" if words[-1] == "the" else "TAQOMc")

    def _body_ahead(self, index: int) -> bool:
        """Whether "di" before a body with an English name stands at `index`; others may be where somebody spoke."""
        if self.words.tokens.lower[index : index + 1] != ["di"]:
            return False
        body = _BODY_AHEAD.match(self.codes, index + 1)
        return body is not None and bool(self.words.attribute(body.end() - 1, "english"))

    def _name_goes_on(self, index: int) -> bool:
        """Whether a word that may be a name is followed by one that can only be."""
        following, behind = self.codes[index + 1 : index + 2], self.codes[index + 2 : index + 3]
        return bool(following) and following in "NTIMP" and not (following == "T" and behind in ("O", "Q"))

    def _region(self, role: Role, index: int, hard: int) -> int:
        """Number of tokens at `index` that name a region, 0 for none.

        A name that is a region too ("Bima Arya") is left to the name once the office has its region.
        """
        if self.codes[index] not in "TNMAQ" or self.words.tokens.kinds[index] == LOWER:
            return 0
        lower = self.words.tokens.lower
        longest = min(4, len(lower) - index)
        size = next((n for n in range(longest, 0, -1) if tuple(lower[index : index + n]) in self._places), 0)
        if size == 1 and index > hard and not self._takes_place(role, index, hard):
            return 0
        named = self.codes[index] in "NM" and hard > role.head_end
        direct = role.form == "head" and index == role.head_end and size == 1
        return 0 if (named or direct) and self._name_goes_on(index) else size

    def _takes_place(self, role: Role, index: int, hard: int) -> bool:
        """Whether a region may follow unknown words: those of an open body, or a single one behind the office."""
        return self._border.open_body(role, hard) or (hard == role.head_end and index - hard == 1)
