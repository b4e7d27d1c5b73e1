"""Cuts a text into chunks: roles, names, and the words and marks between them.

The hard part is the border between a role and the name that follows it without a comma ("Kepala Dinas Kesehatan
Blora Edi Widayat"): it is drawn after the last word that can only belong to a role, at a known name, at a rank or an
honorific, or where a word begins by which the text names somebody again later on ("kata Edi").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.language.gazetteer import Gazetteer
from extractor.language.officials.words import Words

MAX_NAME_TOKENS = 7
MAX_ROLE_TOKENS = 28
_NAME = re.compile(r"(?:[NTIMA]|P(?=[NTM])|(?<=[NTIM])(?:H(?=[NTM])|-w|(?<=[NTM]T)-T(?![NTM])|'[TNM]{1,2}'(?=[NTM])))+")
_LIST_COMMA = re.compile(r",[QTM]{1,3}(?:,[QTM]{1,3}){0,5},?&(?=[QTMO])")
_DEGREES = re.compile(r"(?:,?(?:D|I(?![NTMI]))){1,6}|A{1,3}(?=,)")
_BRACKET = re.compile(r"\((?![NI]+\))[ATQOoRr9NMI/-]{1,7}\)")
_STATUS = re.compile(r"(?:Ss{0,4}|\(Ss{0,4}\)){1,4}")
_DULL = re.compile(r"[wXQ9OoDE']+")
_PAIR = re.compile(r"[NTM]{1,2}-[NTM]{1,2}(?=[NTM,])")
_RANK_BRACKET = re.compile(r"\([AIK]\)")
_ROLE_WORDS = frozenset("OoQ9A")
_EXPERT_WORDS = 3
_KINDS = {",": "comma", "(": "open", ")": "close", "-": "dash", "n": "break", ".": "stop", "c": "inner", "&": "inner", '"': "quote", "p": "pointer", "/": "and"}


@dataclass(slots=True)
class Role:
    """A role chunk, in tokens: status words, office, and what follows it.

    Attributes:
        start: First token, a status word where there is one.
        office: First token of the office.
        head_end: Token after the office's own words.
        end: Token after the chunk.
        form: How the role goes on, see `patterns/officials/offices.yml`.
        status: What a word behind the office says ("terpilih").
        numbered: Whether a number follows ("paslon nomor urut 2").
        period: Tokens of the term of office ("periode 2018-2023"), behind the role.
    """

    start: int
    office: int
    head_end: int
    end: int
    form: str
    status: str | None = None
    numbered: bool = False
    period: tuple[int, int] | None = None


@dataclass(slots=True)
class Name:
    """A name chunk, in tokens: rank and honorifics, the name, and the degrees behind it."""

    start: int
    end: int
    rank: tuple[int, int] | None = None
    honorifics: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Chunk:
    """A role, a name, or a word or mark between them, with its kind in the vocabulary of the shapes."""

    kind: str
    start: int
    end: int
    item: Role | Name | None = None


class Chunker:
    """Cuts the tokens of one Doc into chunks."""

    def __init__(
        self, words: Words, gazetteer: Gazetteer, evidence: frozenset[str], blockers: frozenset[str]
    ) -> None:
        self.words = words
        self.blockers = blockers
        self.codes = words.codes
        self.gazetteer = gazetteer
        self.evidence = evidence

    def chunks(self) -> list[Chunk]:
        """All chunks from left to right; stretches of other words become one chunk of kind "other"."""
        found: list[Chunk] = []
        index = 0
        while index < len(self.codes):
            dull = _DULL.match(self.codes, index)
            chunk = Chunk("other", index, dull.end()) if dull else self._next(index)
            if chunk.kind == "other" and found and found[-1].kind == "other":
                found[-1].end = chunk.end
            else:
                found.append(chunk)
            index = chunk.end
        return found

    def _next(self, index: int) -> Chunk:
        code = self.codes[index]
        if code in "RS" and (role := self.role_at(index)) and not self._blocked(role):
            kind = str(self.words.attribute(role.office, "chunk") or "role")
            return Chunk(kind, index, role.period[1] if role.period else role.end, role)
        if code in "NTIMHKAP" and (name := self.name_at(index)):
            return Chunk("name", index, self._after_degrees(name), name)
        if code == "B" or (code == "&" and index in self.words.phrases):
            end, attributes = self.words.phrases[index]
            return Chunk(str(attributes["kind"]), index, end)
        kind = "colon" if self.words.tokens.words[index] == ":" else _KINDS.get(code, "other")
        return Chunk(kind, index, index + 1)

    # Roles

    def _blocked(self, role: Role) -> bool:
        """Whether the word before the role makes it part of another name ("Kantor Bupati Rembang")."""
        before = self.words.tokens.lower[role.start - 1] if role.start else ""
        return before in self.blockers and self.codes[role.end : role.end + 1] not in list("NTMHKI")

    def role_at(self, index: int) -> Role | None:
        """The role that begins at token `index`, None when no office stands there."""
        office = index
        if status := _STATUS.match(self.codes, index):
            office = status.end()
        if self.codes[office : office + 1] != "R":
            return None
        head_end, attributes = self.words.phrases[office]
        role = Role(index, office, head_end, head_end, str(attributes["form"]))
        self._extend(role)
        return role

    def _extend(self, role: Role) -> None:
        """Moves `role.end` over everything that belongs to the role."""
        codes, position, hard = self.codes, role.head_end, role.head_end
        lower_left = _EXPERT_WORDS if role.form == "expert" else 0
        limit = min(len(codes), role.office + MAX_ROLE_TOKENS)
        while position < limit:
            if period := self._period(position):
                role.period = period
                break
            step, is_hard = self._step(role, position, hard)
            if not step and lower_left and codes[position] == "w" and self._field_word(position):
                step, is_hard, lower_left = 1, False, lower_left - 1
            if not step:
                break
            position += step
            hard = position if is_hard else hard
        role.end = self._border(role, hard, position)
        role.numbered = "9" in codes[role.head_end : role.end]
        if role.period and role.end != position:
            role.period = None

    def _period(self, index: int) -> tuple[int, int] | None:
        """The tokens of "periode 2018-2023", "masa jabatan 2019-2024" or "2024-2029" at `index`."""
        tokens = self.words.tokens
        start = index
        if tokens.lower[index] in ("periode", "tahun"):
            index += 1
        years = tokens.words[index : index + 3]
        if len(years) == 3 and years[1] in ("-", "–") and all(len(y) == 4 and y.isdigit() for y in years[::2]):
            return (start, index + 3)
        return None

    def _step(self, role: Role, index: int, hard: int) -> tuple[int, bool]:
        """How many tokens at `index` go on with the role (0 for none), and whether they can only belong to it."""
        code = self.codes[index]
        if self._glued(index):
            return 0, False
        if self.codes[index - 1] in "Oo" and (pair := _PAIR.match(self.codes, index)):
            return pair.end() - index, True
        if size := self._region(role, index, hard):
            return size, True
        if code in _ROLE_WORDS or (code == "I" and self.codes[index + 1 : index + 2] in list("OQ")):
            return 1, True
        if code in "Rr" and index == hard and role.form != "region":
            return self.words.phrases[index][0] - index if code == "R" else 1, True
        if code == "M":
            return (0, False) if self._name_goes_on(index) else (1, True)
        if code == "X":
            return int(index == hard and self.codes[index + 1 : index + 2] == "Q" and self.words.tokens.kinds[index] != "w"), True
        if code == "T":
            return int(not self._is_known_short(index)), False
        if code == "H" and index == hard and (named := self._named_after(index)):
            return named, True
        if code == "H" and index > role.head_end and self.codes[index + 1 : index + 2] in list("QOXc"):
            return 1, True
        if code == "E":
            role.status = str(self.words.attribute(index, "status"))
            return self.words.phrases[index][0] - index, True
        if code == "(":
            match = _BRACKET.match(self.codes, index)
            return (match.end() - index, True) if match else (0, False)
        return self._joint(role, index, hard), False

    def _named_after(self, index: int) -> int:
        """Length of a doctor's name that is a hospital's ("RSUD dr Abdul Aziz Singkawang"): a place or comma follows it."""
        if self.words.attribute(index - 1, "sector") != "health":
            return 0
        match = _NAME.match(self.codes, index + 1)
        if not match:
            return 0
        lower = self.words.tokens.lower
        if (lower[match.end() - 1],) in self.gazetteer.names or self.codes[match.end() : match.end() + 1] == ",":
            return match.end() - index
        return 0

    def _glued(self, index: int) -> bool:
        """Whether a capitalised word follows without a space: a line break was lost before it."""
        tokens = self.words.tokens
        return tokens.kinds[index] == "T" and tokens.starts[index] == tokens.ends[index - 1] and self.codes[index - 1] not in "-/("

    def _joint(self, role: Role, index: int, hard: int) -> int:
        """Small words and marks that only go on with a role when the right word follows."""
        code = self.codes[index]
        following = self.codes[index + 1 : index + 2]
        if code == ",":
            match = _LIST_COMMA.match(self.codes, index)
            return match.end() - index if match else 0
        if code in "c&" and following:
            return self._inner(role, index, hard)
        if code in "-/" and following and following in "OQATR9":
            return 1
        return 0

    def _inner(self, role: Role, index: int, hard: int) -> int:
        """A small word goes on with the role before a body or a role word; before a capitalised word only behind one."""
        following = self.codes[index + 1]
        if following in "OQ9" or (following == "M" and not self._name_goes_on(index + 1)):
            return 1
        if index > hard or following not in "TANM":
            return 0
        if self._region(role, index + 1, index + 1):
            return int(role.form == "party" or self.codes[index] == "&")
        return int(following in "TA")

    def _region(self, role: Role, index: int, hard: int) -> int:
        """Number of tokens at `index` that name a region, 0 for none.

        A name that is a region too ("Bima Arya") is left to the name once the office has its region.
        """
        if self.codes[index] not in "TNMAQ" or self.words.tokens.kinds[index] == "w":
            return 0
        lower = self.words.tokens.lower
        for size in (4, 3, 2, 1):
            if tuple(lower[index : index + size]) in self.gazetteer.names:
                if size == 1 and index > hard and not self._takes_place(role, index, hard):
                    return 0
                named = index > role.head_end and self.codes[index] in "NM" and self._name_goes_on(index)
                return 0 if named and hard > role.head_end else size
        return 0

    def _takes_place(self, role: Role, index: int, hard: int) -> bool:
        """Whether a region may follow unknown capitalised words: behind a body's own name, or one word behind the office."""
        return self._open_body(role, hard) or (hard == role.head_end and index - hard == 1)

    def _name_goes_on(self, index: int) -> bool:
        """Whether a word that may be a name is followed or preceded by one that can only be."""
        following = self.codes[index + 1 : index + 2]
        return bool(following) and following in "NTIMP" and not (following == "T" and self.codes[index + 2 : index + 3] in list("OQ"))

    def _is_known_short(self, index: int) -> bool:
        return self.words.tokens.lower[index] in self.evidence

    def _field_word(self, index: int) -> bool:
        """Whether a small-letter word may be an expert's field ("pengamat kebijakan publik"), and no verb."""
        word = self.words.tokens.lower[index]
        return len(word) > 3 and not word.startswith(("me", "di", "ber", "ter", "yang", "ini", "itu", "per"))

    def _border(self, role: Role, hard: int, position: int) -> int:
        """The token after the role, where the capitalised words from `hard` to `position` may belong to a name."""
        run = self.codes[hard:position]
        if "T" not in run:
            return position if run.strip("wc&") == "" and self._name_ahead(position) else hard
        if hard == role.head_end and self.words.attribute(role.office, "place"):
            return self._after_place(hard, position)
        first = hard + len(run) - len(run.lstrip("wc&T"))
        if first < position:
            return hard
        following = self.codes[position : position + 1]
        if following and following in "NMIHKT" and (following != "T" or self._is_known_short(position)):
            return position if self._owns_capitals(role, hard, position) else hard
        if self._name_after_comma(position):
            return position
        if self._open_body(role, hard):
            return position - 2 if position - hard >= 4 else position
        return hard

    def _after_place(self, hard: int, position: int) -> int:
        """The token after the village or district behind the head of one, whose name no gazetteer knows."""
        following = self.codes[position : position + 1]
        if position - hard < 3 or following in list("NMIHK"):
            return position
        return hard + 1

    def _name_ahead(self, position: int) -> bool:
        return self.codes[position : position + 1] in list("NTIMHK,")

    def _owns_capitals(self, role: Role, hard: int, position: int) -> bool:
        """Whether unknown capitalised words before a known name belong to the role and not to the name."""
        if self._open_body(role, hard) or self.codes[position] in "HK":
            return True
        return hard == role.head_end and position - hard > (1 if role.form == "head" else 2)

    def _open_body(self, role: Role, hard: int) -> bool:
        """Whether the last body of the role waits for a name of its own ("Yayasan …")."""
        last = max((i for i in range(role.office, hard) if self.codes[i] == "O"), default=None)
        return last is not None and bool(self.words.attribute(last, "open")) and self.codes[last + 1 : hard].strip("oQ9") == ""

    def _name_after_comma(self, position: int) -> bool:
        if self.codes[position : position + 1] != ",":
            return False
        name = self.name_at(position + 1)
        return name is not None and self.codes[name.end : name.end + 1] in list(",wB.n(")

    # Names

    def name_at(self, index: int) -> Name | None:
        """The name that begins at token `index`, with rank and honorifics before it; None when none does."""
        start, rank, honorifics = index, None, []
        while start < len(self.codes) and self.codes[start] in "HKk":
            if self.codes[start] == "H":
                honorifics.append(start)
                start += 1
            else:
                end = self.words.phrases[start][0] if start in self.words.phrases else start + 1
                bracket = _RANK_BRACKET.match(self.codes, end)
                rank = (start, bracket.end() if bracket else end)
                start = rank[1]
        match = _NAME.match(self.codes, start)
        if not match:
            return None
        end = min(self._name_end(start, match.end()), start + MAX_NAME_TOKENS)
        if self.words.tokens.lower[end : end + 1] == ["of"]:
            return None
        if end <= start or not self._plausible(start, end, bool(rank or honorifics)):
            return None
        return Name(start, end, rank, honorifics)

    def _after_degrees(self, name: Name) -> int:
        """The token after the degrees behind a name ("…, S.H., M.H."), which are added to its honorifics."""
        match = _DEGREES.match(self.codes, name.end)
        if not match:
            return name.end
        name.honorifics += [i for i in range(name.end, match.end()) if self.codes[i] != ","]
        return match.end()

    def _name_end(self, start: int, end: int) -> int:
        """Leaves out capitals at the end that are no part of a name, but keeps "MD" in "Mahfud MD"."""
        words = self.words.tokens.words
        while end > start and self.codes[end - 1] == "A" and (end - 1 == start or len(words[end - 1]) > 2):
            if end - start == 1 and len(words[start]) <= 4:
                return end
            end -= 1
        return end

    def _is_place(self, start: int, end: int) -> bool:
        lower = self.words.tokens.lower
        return tuple(lower[start:end]) in self.gazetteer.names and not self._is_known_short(start)

    def _plausible(self, start: int, end: int, announced: bool) -> bool:
        """Whether a run of capitalised words may be a person's name at all."""
        run = self.codes[start:end]
        if run in ("A", "I"):
            return announced or self._is_known_short(start)
        if not set(run) & set("NTM") or (run[0] == "A" and len(run) > 1):
            return announced
        if "N" not in run and not announced and self._is_place(start, end):
            return False
        return run != "M" or announced or self._is_known_short(start)
