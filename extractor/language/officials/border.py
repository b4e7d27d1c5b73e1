"""Draws the border between a role and the name that follows it without a comma."""

from __future__ import annotations

from typing import Final

from extractor.language.officials.model import Role
from extractor.language.officials.names import RUN, NameReader
from extractor.language.officials.words import Words

_LONG_NAME, _SHORT_NAME = 5, 3
_NAME_BEGINS: Final = "NMIHK"


class Border:
    """Decides to whom capitalised words belong that stand between a role's last own word and a name or mark."""

    def __init__(self, words: Words, names: NameReader) -> None:
        self.words = words
        self.codes = words.codes
        self.names = names

    def draw(self, role: Role, hard: int, position: int) -> int:
        """The token after the role.

        Args:
            role: The role, its `end` not yet known.
            hard: Token after the last one that can only belong to the role.
            position: Token after the last one that may belong to it.
        """
        run = self.codes[hard:position]
        if self._is_apposed(role) and self.open_body(role, hard):
            own = RUN.match(self.codes, hard)
            return max(position, own.end()) if own else position
        if not run and (namesake := self._namesake(role, hard)):
            return namesake
        if "T" not in run:
            ahead = self.codes[position : position + 1]
            return position if not run.strip("wc&") and ahead and ahead in "NTIMHK," else hard
        if hard == role.head_end and self.words.attribute(role.office, "place"):
            return self._after_place(hard, position)
        if run.lstrip("wc&T-/"):
            return hard
        return self._of_unknown(role, hard, position)

    def _of_unknown(self, role: Role, hard: int, position: int) -> int:
        """The token after the role, where only unknown capitalised words stand between."""
        if self._name_begins(position):
            return position if self._owns(role, hard, position) else hard
        if self._name_behind_comma(position) or self.words.attribute(position, "kind") == "is":
            return position
        if self.open_body(role, hard):
            return position - 2 if position - hard >= 4 else position
        return position if self._numbered_school(hard, position) else hard

    def _numbered_school(self, hard: int, position: int) -> bool:
        """Whether one word at the end of a sentence is where a school with a number lies ("SMP Negeri 1 Lasem")."""
        alone = position - hard == 1 and self.codes[position : position + 1] in (".", "n", "")
        return alone and self.words.tokens.words[hard - 1].isdigit()

    def open_body(self, role: Role, hard: int) -> bool:
        """Whether the last body of the role waits for a name of its own ("Yayasan …")."""
        last = self.codes.rfind("O", role.office, hard)
        if last < 0 or not self.words.attribute(last, "open"):
            return False
        return not self.codes[last + 1 : hard].strip("oQ9")

    def _namesake(self, role: Role, hard: int) -> int:
        """The token after the person for whom a body is named ("Rektor Universitas Ahmad Dahlan, Budi Santoso, …").

        The holder stands behind the comma, or before the role ("Budi Santoso, Direktur PT Surya Abadi").
        """
        name = self.names.at(hard) if self.open_body(role, hard) else None
        if name is None:
            return 0
        if self._name_behind_comma(name.end):
            return name.end
        return name.end - _SHORT_NAME if name.end - name.start >= _LONG_NAME and not name.rank else 0

    def _is_apposed(self, role: Role) -> bool:
        """Whether the role stands behind a comma and the name of who holds it ("Budi Santoso, Direktur PT …")."""
        return role.start > 1 and self.codes[role.start - 1] == "," and self.codes[role.start - 2] in "NTMI"

    def _after_place(self, hard: int, position: int) -> int:
        """The token after the village or district behind the head of one, whose name no gazetteer knows."""
        ahead = self.codes[position : position + 1]
        named = bool(ahead) and ahead in _NAME_BEGINS
        return position if named or position - hard < 3 else hard + 1

    def _name_begins(self, position: int) -> bool:
        ahead = self.codes[position : position + 1]
        return bool(ahead) and (ahead in _NAME_BEGINS or (ahead == "T" and self.names.is_short(position)))

    def _owns(self, role: Role, hard: int, position: int) -> bool:
        """Whether unknown capitalised words before a known name belong to the role and not to the name."""
        if self.open_body(role, hard) or self.codes[position] in "HK":
            return True
        if position - hard > 1 and self.codes[position : position + 2] == "NN" and self._is_business(role, hard):
            return True
        return hard == role.head_end and position - hard > (1 if role.form == "head" else 2)

    def _is_business(self, role: Role, hard: int) -> bool:
        """Whether the role is one in a company that was not named yet."""
        business = self.words.attribute(role.office, "sector") == "business"
        return business and "O" not in self.codes[role.head_end : hard]

    def _name_behind_comma(self, position: int) -> bool:
        name = self.names.at(position + 1) if self.codes[position : position + 1] == "," else None
        return name is not None and self.codes[name.end : name.end + 1] in list(",wB.n(")
