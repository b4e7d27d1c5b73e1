"""Splits a role into office, body, region, status and term, as the guidelines of the annotation do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extractor.language.gazetteer import Gazetteer
from extractor.language.officials.model import Role
from extractor.language.officials.words import Words
from extractor.language.state import Context, Range, RoleFound
from extractor.patterns import Scalar
from extractor.record import Level, Region

_LIST_LENGTH: Final = 60
_HEADING: Final = re.compile(r"(?:^|[.n9:])(O[OoTAQ9NM]{0,8}):?n?(?=R)")
_TITLE_FORMS: Final = frozenset({"region", "fused"})


@dataclass(slots=True)
class Splitter:
    """Splits the roles of one Doc.

    Attributes:
        words: Its tokens with their classes.
        gazetteer: Links the regions inside roles.
        context: The article's frame, for regions of the same name.
        year: The year of the article, None when unknown; a term that ended before it makes the role a former one.
        presidents: The year in which each president's term ended, by number.
    """

    words: Words
    gazetteer: Gazetteer
    context: Context
    year: int | None
    presidents: dict[int, int]

    def role(self, role: Role, rule: str, status: Scalar) -> RoleFound:
        """The role with its parts."""
        tokens = self.words.tokens
        end = role.client or self._without_fraction(role)
        border = self._border(role, end)
        region, span = self._region(role, end)
        body_region = span if role.form in _TITLE_FORMS else None
        return RoleFound(
            start=tokens.starts[role.start],
            end=tokens.ends[role.end - 1],
            rule=rule,
            title=self._title(role, border, span),
            organization=self._body(border, self._party_end(role, border, end), body_region) or self._heading(role),
            sector=self._sector(role, border, end),
            region=region if region is None or region.level is not Level.COUNTRY else None,
            status=self._status(role, status, self.words.attribute(role.office, "status")),
            period=self._period(role),
        )

    def _title(self, role: Role, border: int, region: Range | None) -> str:
        """The title, without a bracket at its end ("Menteri Keuangan (Menkeu)") that its body does not follow."""
        end = self._title_end(role, border, region)
        codes = self.words.codes[role.office : end]
        if end == role.end and codes.endswith(")"):
            end = role.office + codes.rindex("(")
        return self.words.text(role.office, self._trim(role.office, end))

    def _title_end(self, role: Role, border: int, region: Range | None) -> int:
        """The token after the title."""
        if role.form in _TITLE_FORMS or self._is_law(role):
            return role.head_end
        if role.form == "party":
            return role.head_end + (self.words.tokens.lower[role.head_end : role.head_end + 1] in (["dpr"], ["dprd"]))
        if role.form == "minister" and region:
            return min(border, region[0])
        return border

    def _heading(self, role: Role) -> str | None:
        """The body that heads the list in which a bare office stands ("DPC PDIP Rembang Ketua: …, Sekretaris: …")."""
        if role.end > role.head_end or self.words.codes[role.end : role.end + 1] != ":":
            return None
        headings = _HEADING.finditer(self.words.codes, max(0, role.start - _LIST_LENGTH), role.start + 1)
        last = max((heading.span(1) for heading in headings), default=None)
        return self.words.text(*last) if last else None

    def _is_law(self, role: Role) -> bool:
        return self.words.attribute(role.office, "sector") == "law"

    def _trim(self, start: int, end: int) -> int:
        """Leaves out small words and marks at the end of a title ("Direktur … pada")."""
        while end > start + 1 and (self.words.codes[end - 1] in "c&bBEe,-"):
            end -= 1
        return end

    def _without_fraction(self, role: Role) -> int:
        """The end of the role's tokens without a fraction or constituency behind the body ("… DPR RI Fraksi PKB")."""
        for i in range(role.head_end + 1, role.end):
            if (
                self.words.part(i) == "body-tail"
                and role.form != "party"
                and "O" in self.words.codes[role.head_end : i]
            ):
                return i
        return role.end

    def _border(self, role: Role, end: int) -> int:
        """First token of the body, `end` where the role names none."""
        start = role.head_end
        if role.form == "minister":
            return self._first(("minister-tail",), start, end)
        first_body = self._first_body(start, end)
        if self._is_law(role):
            return end if first_body is None else first_body
        if role.form == "party":
            return self._party(start, end)
        if role.form in _TITLE_FORMS:
            return end if first_body is None else first_body
        if first_body is not None:
            return self._joined_back(first_body, start, role.form)
        return self._unknown_body(role, start, end)

    def _first_body(self, start: int, end: int) -> int | None:
        """The first token of a body outside brackets."""
        depth = 0
        for i in range(start, end):
            depth += {"(": 1, ")": -1}.get(self.words.codes[i], 0)
            weak = self.words.attribute(i, "weak") and self.words.codes[i + 1 : i + 2] not in ("T", "M", "N")
            if self.words.codes[i] == "O" and not depth and not weak:
                return i
        return None

    def _party(self, start: int, end: int) -> int:
        """First token of the party of a candidate ("Caleg DPR dari Golkar", "capres PDIP")."""
        parties = (i for i in range(start, end) if self.words.attribute(i, "sector") == "party")
        if (party := next(parties, None)) is not None:
            return party
        return min(self._first(("party",), start, end - 1) + 1, end)

    def _party_end(self, role: Role, border: int, end: int) -> int:
        """The token after a candidate's party: the constituency ("di Dapil …") is no part of it."""
        return self._first(("party-tail", "body-tail"), border, end) if role.form == "party" else end

    def _first(self, parts: tuple[str, ...], start: int, end: int) -> int:
        """The first joint of one of `parts` between two tokens, `end` where there is none."""
        return next((i for i in range(start, end) if self.words.part(i) in parts), end)

    def _joined_back(self, body: int, start: int, form: str) -> int:
        """The body may begin before its first known word: capitalised words of its own name stand there."""
        codes, lower = self.words.codes, self.words.tokens.lower
        english = self.words.lexicons.english if self.words.attribute(body, "english") else frozenset()
        begin = body
        while begin > start and (codes[begin - 1] in ("TA" if form == "head" else "T") or lower[begin - 1] in english):
            begin -= 1
        if form == "head" and begin > start and all(c in "QT" for c in codes[start:begin]) and codes[start] == "T":
            return start
        return begin

    def _unknown_body(self, role: Role, start: int, end: int) -> int:
        """First token of a body that no lexicon knows, by what its words look like."""
        codes = self.words.codes
        lower = self.words.tokens.lower
        if role.form == "head" and self.words.attribute(role.office, "bare") and start < end:
            return start
        for i in range(start, end):
            after_and = i > start and lower[i - 1] in ("dan", "&", ",")
            if codes[i] in "TA" and not after_and and self._starts_body(i, start, end):
                return i
        return end

    def _starts_body(self, index: int, start: int, end: int) -> bool:
        """Whether a body may begin here: not where the title goes on with "dan" a few words later."""
        lower = self.words.tokens.lower
        rest = lower[index + 1 : min(end, index + 3)]
        return self.words.codes[index] == "A" or not ("dan" in rest and index > start)

    def _body(self, border: int, end: int, region: Range | None) -> str | None:
        """The text of the body without small words before it and without a bracket at its end."""
        if border < end and self.words.part(border) == "minister-tail":
            return None
        codes = self.words.codes
        while border < end and codes[border] in "c&bB,-w":
            border += 1
        if region and region[0] <= border:
            return None
        last = end
        if last > border and codes[last - 1] == ")" and "(" in codes[border:last]:
            last = border + codes[border:last].rindex("(")
        last = self._trim(border, last)
        return self.words.text(border, last) if border < last else None

    def _region(self, role: Role, end: int) -> tuple[Region | None, Range | None]:
        """The region named in the role, linked, with its tokens: the last one, or the one right behind the office."""
        if role.form in _TITLE_FORMS:
            return self._region_behind(role, end)
        lower = self.words.tokens.lower
        index = end
        while index > role.head_end:
            for size in (6, 5, 4, 3, 2, 1):
                start = index - size
                if start < role.head_end or not lower[start][0].isalpha():
                    continue
                phrase = " ".join(lower[start:index])
                if readings := self.gazetteer.lookup(phrase):
                    return self._linked(role, start, index, readings), (start, index)
            index -= 1
        return None, None

    def _region_behind(self, role: Role, end: int) -> tuple[Region | None, Range | None]:
        """The region right behind the office; an unknown proper name there is one that no gazetteer knows."""
        lower = self.words.tokens.lower
        start = role.head_end
        for size in (6, 5, 4, 3, 2, 1):
            if start + size <= end and (readings := self.gazetteer.lookup(" ".join(lower[start : start + size]))):
                return self._linked(role, start, start + size, readings), (start, start + size)
        rest = self.words.codes[start:end]
        if rest and not rest.strip("TMN"):
            return Region(name=self.words.text(start, end)), (start, end)
        return None, None

    def _linked(self, role: Role, start: int, end: int, readings: tuple[Region, ...]) -> Region:
        phrase = self.words.text(start, end)
        level = self.words.attribute(role.office, "level")
        linked = self.gazetteer.link(phrase, self.context, level=Level(str(level)) if level else None)
        return linked or (readings[0] if len(readings) == 1 else Region(name=phrase))

    def _sector(self, role: Role, border: int, end: int) -> str | None:
        """The body's sector, else the office's."""
        bodies = (self.words.attribute(i, "sector") for i in range(border, end) if self.words.codes[i] == "O")
        sector = next((s for s in bodies if s), None) or self.words.attribute(role.office, "sector")
        return str(sector) if sector else None

    def _period(self, role: Role) -> str | None:
        if role.period is None:
            return None
        start, end = role.period
        return self.words.text(end - 3, end) if end - start >= 3 else None

    def _status(self, role: Role, by_rule: Scalar, by_office: Scalar) -> str:
        """How the person stands to the office: by the words before it, the rule, or the term of office."""
        if role.start < role.office and (status := self.words.attribute(role.start, "status")):
            return str(status)
        if role.status:
            return role.status
        if by_rule or by_office:
            return str(by_rule or by_office)
        return "former" if self._over(role) else "current"

    def _over(self, role: Role) -> bool:
        if self.year is None:
            return False
        tokens = self.words.tokens
        if role.period and int(tokens.words[role.period[1] - 1]) < self.year:
            return True
        for i in range(role.head_end, role.end):
            if tokens.lower[i].startswith("ke-") and tokens.lower[i][3:].isdigit():
                return self.presidents.get(int(tokens.lower[i][3:]), 9999) <= self.year
        return False
