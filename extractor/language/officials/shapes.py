"""The shapes in which news binds roles and names, matched on chunks.

A rule's `shape` is a list of kinds of chunks: `role`, `group` (a role that several may share), `counsel` (a role that
is held for somebody), `name`, `place`, `comma`, `colon`, `open`, `close`, `dash`, `stop`, `break` (of the line),
`quote`, `inner`, `other`, or the `kind` of a binder ("as", "also", "holds" …). `?` after a kind makes it optional,
`a|b` allows either, and what stands after `>` must follow but is not part of the shape. `names` stands for two names
or more with commas and "and", `two-names` for two, each perhaps with its initials in brackets, `places` for one region
or more, each behind a comma.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.errors import PatternError
from extractor.language.officials.model import LETTERS, Chunks, Name, Role
from extractor.patterns import Rule, Scalar

_ROLES: Final = ("role", "group", "counsel")
_ROLE_LETTERS: Final = frozenset(LETTERS[kind] for kind in _ROLES)
_PARTS: Final = {kind: re.escape(letter) for kind, letter in LETTERS.items()}
_PLACES: Final = "(?:{comma}{place}(?:{open}{other}{close})?){{1,4}}".format(**_PARTS)
_NAMES: Final = "{name}(?:{comma}{name}){{0,8}}{comma}?{and}{name}".format(**_PARTS)
_TWO_NAMES: Final = "{name}(?:{open}{other}{close})?{and}{name}(?:{open}{other}{close})?".format(**_PARTS)


@dataclass(frozen=True, slots=True)
class Binding:
    """A role tied to a name by a rule; `known` where that holds only for a name with a word known from names."""

    role: Role
    name: Name
    rule: str
    status: Scalar = None
    known: bool = False


class Shapes:
    """All shapes, compiled; the first that fits a role takes it, in the order of their priority."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = [(rule, re.compile(_compile(rule))) for rule in rules if rule.shape is not None]

    def bind(self, chunks: Chunks, credible: Callable[[Binding], bool] = lambda _: True) -> Iterator[Binding]:
        """Every role with its name; a shape without a name only takes the role, so that no other shape does.

        Args:
            chunks: All chunks of the Doc.
            credible: Whether a binding may be; where none of a shape's is, the next shape may try.
        """
        kinds = chunks.kinds
        taken: set[int] = set()
        for rule, pattern in self._rules:
            for match in pattern.finditer(kinds):
                matched = range(match.start(), match.end())
                names = [i for i in matched if kinds[i] == LETTERS["name"]]
                roles = [i for i in matched if kinds[i] in _ROLE_LETTERS]
                if rule.set.get("pair") == "back":
                    roles = _candidacy_before(chunks, match.start())
                elif taken.intersection(roles):
                    continue
                bindings = [b for b in _bindings(rule, chunks, roles, names) if credible(b)]
                if bindings or not names:
                    taken.update(roles)
                yield from bindings


def _bindings(rule: Rule, chunks: Chunks, roles: list[int], names: list[int]) -> Iterator[Binding]:
    """The roles and names of one match; a lawyer's client becomes part of the role."""
    pair = rule.set.get("pair")
    if pair == "successor":
        names = names[1:]
    if pair in ("client", "client-behind"):
        client = names.pop(0 if pair == "client" else -1)
        held = _role(chunks, roles[0])
        held.client, held.end = held.end, _name(chunks, client).end
    for role, name in _pairs(roles, names, pair):
        status, known = rule.set.get("status"), bool(rule.set.get("known"))
        yield Binding(_role(chunks, role), _name(chunks, name), rule.id, status, known)


def _pairs(roles: list[int], names: list[int], pair: Scalar) -> Iterator[tuple[int, int]]:
    """Each role with each name, or "respectively" the first with the first and so on."""
    if pair == "respectively":
        yield from zip(roles, names, strict=False)
    else:
        yield from ((role, name) for role in roles for name in names)


def _candidacy_before(chunks: Chunks, index: int) -> list[int]:
    """The last role of a pair without a number before chunk `index`, which more than one pair may share."""
    for i, role in reversed(chunks.roles()):
        if i < index and chunks.kinds[i] == LETTERS["group"] and role.form == "party" and not role.numbered:
            return [i]
    return []


def _role(chunks: Chunks, index: int) -> Role:
    item = chunks.items[index]
    assert isinstance(item, Role)
    return item


def _name(chunks: Chunks, index: int) -> Name:
    item = chunks.items[index]
    assert isinstance(item, Name)
    return item


def _compile(rule: Rule) -> str:
    macros = {"names": _NAMES, "two-names": _TWO_NAMES, "places": _PLACES}
    return "".join(macros.get(word) or _part(word, rule.id) for word in str(rule.shape).split())


def _part(word: str, rule_id: str) -> str:
    """The regular expression for one word of a shape."""
    kinds = word.removeprefix(">").removesuffix("?").split("|")
    if unknown := [kind for kind in kinds if kind not in LETTERS]:
        raise PatternError(f"rule {rule_id!r}: no chunk is of kind {unknown[0]!r}; choose from {', '.join(LETTERS)}")
    kinds += _ROLES[1:] if "role" in kinds else ()
    letters = f"[{''.join(_PARTS[kind] for kind in kinds)}]"
    if word.startswith(">"):
        return f"(?={letters}|$)"
    return letters + ("?" if word.endswith("?") else "")
