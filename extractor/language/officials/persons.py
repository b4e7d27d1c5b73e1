"""Gathers names into persons: full and short forms, other names, and every role once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from extractor.language.officials.model import Name
from extractor.language.officials.words import Words
from extractor.language.state import Person, Range, RoleFound
from extractor.patterns import Scalar

Key = tuple[str, ...]
_SPELLINGS: Final = {
    "moh": "mohammad", "mohd": "mohammad", "muh": "muhammad", "mohamad": "mohammad", "muhamad": "muhammad",
    "mochamad": "mochammad", "abd": "abdul",
}  # fmt: skip

_CUTS: Final = range(2, 6)
_GENERIC: Final = frozenset({"ri", "republik", "indonesia", "kabupaten", "kota", "provinsi", "partai"})


@dataclass(slots=True, eq=False)
class Cluster:
    """All names of one person."""

    key: Key
    names: list[Name] = field(default_factory=list)
    roles: list[RoleFound] = field(default_factory=list)
    aliases: set[Key] = field(default_factory=set)


class People:
    """The persons of one Doc."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.clusters: list[Cluster] = []
        self._by_key: dict[Key, Cluster] = {}
        self._by_word: dict[str, list[Cluster]] = {}
        self._by_blend: dict[str, list[Cluster]] = {}
        self._keys: dict[int, Key] = {}

    def key(self, name: Name) -> Key:
        """The words of a name in one spelling, full stops left out."""
        key = self._keys.get(name.start)
        if key is None:
            written = self.words.tokens.lower[name.start : name.end]
            lower = [word.replace("’", "'").strip(".'") for word in written]
            key = self._keys[name.start] = tuple([_SPELLINGS.get(word, word) for word in lower if word])
        return key

    def gather(self, names: Iterable[Name]) -> None:
        """Makes clusters of all names: the long forms first, then each short form joins the long one it belongs to."""
        keyed = [(self.key(name), name) for name in names]
        for key, name in sorted(keyed, key=lambda pair: (-len(pair[0]), pair[1].start)):
            if not key:
                continue
            if (cluster := self._by_key.get(key)) is None:
                cluster = self._by_key[key] = self._owner(key, name) or self._add(key)
            cluster.names.append(name)

    def _add(self, key: Key) -> Cluster:
        cluster = Cluster(key)
        self.clusters.append(cluster)
        for word in set(key):
            self._by_word.setdefault(word, []).append(cluster)
        if self._by_blend:
            self._index_blends(cluster)
        return cluster

    def _index_blends(self, cluster: Cluster) -> None:
        """Notes the first letters of a name, alone and together, since a short form may be a blend of its words."""
        letters = [word[0] for word in cluster.key]
        for blend in dict.fromkeys(["".join(letters), *letters]):
            self._by_blend.setdefault(blend, []).append(cluster)

    def _blended(self, word: str) -> list[Cluster]:
        """The clusters of whose name `word` may be a blend; most articles never ask."""
        if not self._by_blend:
            for cluster in self.clusters:
                self._index_blends(cluster)
        return self._by_blend.get(word if len(word) < 5 else word[0], [])

    def _owner(self, key: Key, name: Name) -> Cluster | None:
        """The one person whose longer name holds `key`; of several, the one named last before it."""
        owners = [c for c in self._by_word.get(key[-1], ()) if len(c.key) > len(key) and _holds(c.key, key)]
        if not owners and len(key) == 1 and len(word := key[0]) > 2:
            owners = [cluster for cluster in self._blended(word) if _blends(cluster.key, word)]
        if len(owners) < 2:
            return owners[0] if owners else None

        def last_before(cluster: Cluster) -> int:
            return max((n.start for n in cluster.names if n.start < name.start), default=-1)

        return max(owners, key=last_before)

    def of(self, name: Name) -> Cluster | None:
        """The cluster of a name that `gather` has seen."""
        return self._by_key.get(self.key(name))

    def join(self, one: Name, other: Name) -> None:
        """Says that two names are the same person's ("Saifullah Yusuf (Gus Ipul)")."""
        first, second = self.of(one), self.of(other)
        if first is None or second is None or first is second:
            return
        first.names += second.names
        first.roles += second.roles
        first.aliases |= {second.key, *second.aliases}
        for key, cluster in list(self._by_key.items()):
            if cluster is second:
                self._by_key[key] = first
        self.clusters.remove(second)

    def persons(self) -> Iterator[Person]:
        """The persons with at least one role, in the order in which the text names them."""
        found = [c for c in self.clusters if c.roles]
        for cluster in sorted(found, key=lambda c: min(n.start for n in c.names)):
            yield self._person(cluster)

    def _person(self, cluster: Cluster) -> Person:
        tokens = self.words.tokens
        names = sorted(cluster.names, key=lambda n: n.start)
        full = max(names, key=lambda n: (self.key(n) == cluster.key, n.end - n.start))
        texts = [self.words.text(name.start, name.end) for name in names]
        whole = self.words.text(full.start, full.end)
        ranks = (self.words.text(*n.rank) for n in names if n.rank)
        honorifics = dict.fromkeys(tokens.words[i] for n in names for i in n.honorifics)
        return Person(
            name=whole,
            rank=next(ranks, None),
            honorifics=list(honorifics),
            aliases=list(dict.fromkeys(t for t in texts if t != whole)),
            roles=distinct_roles(cluster.roles, self.words),
            mentions=[self._range(name) for name in names],
        )

    def _range(self, name: Name) -> Range:
        tokens = self.words.tokens
        return tokens.starts[name.start], tokens.ends[name.end - 1]


def _holds(longer: Key, shorter: Key) -> bool:
    """Whether the words of `shorter` stand in `longer` side by side; an initial fits a word that begins with it.

    The last word of a name is never an initial.
    """
    size = len(shorter)
    if size == 1:
        return shorter[0] in longer
    return any(
        all(a == b or (len(b) == 1 and a.startswith(b)) for a, b in zip(longer[i:], shorter, strict=False))
        for i in range(len(longer) - size + 1)
    )


def _blends(longer: Key, word: str) -> bool:
    """Whether `word` begins a word of the name ("Melki"), or is two beginnings ("Jokowi") or initials ("AHY")."""
    if len(word) < 5:
        return word == "".join([part[0] for part in longer])
    for part, after in pairwise((*longer, " ")):
        if part[0] != word[0]:
            continue
        if part.startswith(word) or any(part[:cut] == word[:cut] and after.startswith(word[cut:]) for cut in _CUTS):
            return True
    return False


def distinct_roles(roles: Iterable[RoleFound], words: Words) -> list[RoleFound]:
    """Each office once, in its fullest form: a repetition, a short form or an abbreviation is not a second role."""
    kept: list[RoleFound] = []
    for role in sorted(roles, key=lambda r: r.start):
        same = next((i for i, other in enumerate(kept) if same_office(role, other, words)), None)
        if same is None:
            kept.append(role)
        else:
            kept[same] = _fuller(kept[same], role)
    return kept


def _fuller(one: RoleFound, other: RoleFound) -> RoleFound:
    """The longer of two mentions of an office, with the term of office that either tells."""
    longer, shorter = (other, one) if _size(other) > _size(one) else (one, other)
    if shorter.period and not longer.period:
        return replace(longer, period=shorter.period, status=shorter.status)
    return longer


def _size(role: RoleFound) -> int:
    return role.end - role.start


def same_office(one: RoleFound, other: RoleFound, words: Words) -> bool:
    """Whether two roles are the same office, one perhaps told more fully than the other."""
    told = {r.status for r in (one, other) if not r.period}
    if told & {"candidate", "former"} and one.status != other.status:
        return False
    a, b = _office(one, words), _office(other, words)
    return (a <= b or b <= a) and "wakil" not in a ^ b


def _office(role: RoleFound, words: Words) -> frozenset[str]:
    """The words of the role: the office in its full form, bodies in their common form, brackets left out."""
    tokens = words.tokens
    index, last = tokens.covering(role.start, role.end)
    found: set[str] = set()
    named, depth = False, 0
    while index < last:
        end, attributes = words.phrases.get(index, (index + 1, {}))
        code = words.codes[index]
        depth += {"(": 1, ")": -1}.get(code, 0)
        if code == "R" and depth and named:
            return frozenset(str(attributes.get("same") or attributes["canonical"]).lower().split())
        if not depth:
            found.update(_common(code, attributes, tokens.lower[index:end]))
        named = named or code == "R"
        index = max(end, index + 1)
    return frozenset(found - _GENERIC)


def _common(code: str, attributes: Mapping[str, Scalar], words: Sequence[str]) -> Iterable[str]:
    """The words by which a phrase of a role is compared."""
    if code == "R":
        return str(attributes.get("same") or attributes["canonical"]).lower().split()
    if code == "O":
        return str(attributes["canonical"]).lower().split()
    return () if code in "Ss.,()-c&Bb" else words
