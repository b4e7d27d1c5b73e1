"""Loads and validates the rule data in `patterns/`.

A folder of rule data holds YAML files (`field`, `about`, then any of `tables`, `atoms`, `lexicons`, `rules`), CSV
tables, and folders of documents with a model of their own (`sites/`). A user's folder is read after ours: its rules
and documents replace ours that have the same id, its lexicons replace ours or, with `extend: true`, add to them.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from extractor.errors import PatternError
from extractor.parsed import parsed

Scalar = str | int | float | bool | None
RULE_ID = r"^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$"
_ATOM = re.compile(r"\{([a-z_]+)\}")
_DOCUMENT_FOLDERS = ("sites",)

Model = TypeVar("Model", bound=BaseModel)


class Data(BaseModel):
    """Base of every piece of rule data: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_iso(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value  # what YAML reads as a date


class Example(Data):
    """A text, and what must come out of it.

    For a rule, `expect` lists items that the rule must find: each maps names of the record's fields to values, and an
    item matches when it has all of them. In `counter_examples` nothing may be found by the rule.
    """

    text: str
    published: Annotated[str | None, BeforeValidator(_as_iso)] = None
    expect: tuple[dict[str, Any], ...] = ()


def _as_example(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class Entry(Data):
    """An entry of a lexicon: a phrase, other forms of it, and what it stands for."""

    text: str
    forms: tuple[str, ...] = ()
    set: dict[str, Scalar] = Field(default_factory=dict)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrase and its other forms."""
        return (self.text, *self.forms)


def _as_entry(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class Lexicon(Data):
    """A list of phrases with an id; `set` holds attributes that every entry has unless it sets its own."""

    id: str = Field(pattern=RULE_ID)
    about: str = ""
    extend: bool = False
    set: dict[str, Scalar] = Field(default_factory=dict)
    entries: tuple[Annotated[Entry, BeforeValidator(_as_entry)], ...]
    examples: tuple[Example, ...] = ()

    @cached_property
    def phrases(self) -> Mapping[str, Mapping[str, Scalar]]:
        """Every phrase, in lower case, with its attributes; "canonical" is the entry's `text` unless it is set."""
        return {
            phrase.lower(): {"canonical": entry.text, **self.set, **entry.set}
            for entry in self.entries
            for phrase in entry.phrases
        }


class Rule(Data):
    """A rule: exactly one of `regex` (on the text), `tokens` (a spaCy token pattern) or `shape` (on chunks).

    `trigger` names the words that must be there before the rule is tried at all, or `@` and the id of a lexicon that
    lists them. A token pattern without a trigger is refused: it would be tried at every token of every article.
    """

    id: str = Field(pattern=RULE_ID)
    about: str = ""
    priority: int = 0
    enabled: bool = True
    trigger: tuple[str, ...] = ()
    regex: str | None = None
    tokens: tuple[dict[str, Any], ...] | None = None
    shape: str | None = None
    set: dict[str, Scalar] = Field(default_factory=dict)
    examples: tuple[Example, ...] = Field(min_length=1)
    counter_examples: tuple[Annotated[Example, BeforeValidator(_as_example)], ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [name for name in ("regex", "tokens", "shape") if getattr(self, name) is not None]
        if len(forms) != 1:
            raise ValueError(f"a rule has exactly one of regex, tokens and shape, this one has {forms or 'none'}")
        if self.tokens is not None and not self.trigger:
            raise ValueError("a token pattern needs the words that trigger it: add `trigger`")
        return self


class PatternFile(Data):
    """One YAML file of rule data; `field` is the field of the record that its examples speak of."""

    field: str
    about: str
    atoms: dict[str, str] = Field(default_factory=dict)
    tables: dict[str, dict[str, Scalar]] = Field(default_factory=dict)
    lexicons: tuple[Lexicon, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A rule or lexicon with the field it serves and the file it stands in."""

    item: Rule | Lexicon
    field: str
    path: Path


@dataclass(frozen=True)
class PatternSet:
    """All rule data of one or more folders, merged.

    Attributes:
        roots: The folders, in the order in which they were read.
        digest: "sha256:" and the hash of every file's path and content.
    """

    roots: tuple[Path, ...]
    digest: str
    _rules: dict[str, Located] = field(repr=False)
    _lexicons: dict[str, Located] = field(repr=False)
    _atoms: dict[str, dict[str, str]] = field(repr=False)
    _tables: dict[str, dict[str, Scalar]] = field(repr=False)

    def rules(self, field_name: str) -> tuple[Rule, ...]:
        """The enabled rules of a field, highest priority first, otherwise in the order of the files."""
        found = [x.item for x in self._rules.values() if x.field == field_name and isinstance(x.item, Rule)]
        return tuple(sorted((rule for rule in found if rule.enabled), key=lambda rule: -rule.priority))

    def lexicon(self, lexicon_id: str) -> Lexicon:
        """The lexicon with this id; `PatternError` when there is none."""
        try:
            item = self._lexicons[lexicon_id].item
        except KeyError:
            raise PatternError(f"no lexicon has the id {lexicon_id!r}; add it to a file in {self.roots[0]}") from None
        assert isinstance(item, Lexicon)
        return item

    def lexicons(self, prefix: str) -> tuple[Lexicon, ...]:
        """Every lexicon whose id is `prefix` or begins with it and a dot, in the order of the files."""
        found = (located.item for key, located in self._lexicons.items() if f"{key}.".startswith(f"{prefix}."))
        return tuple(item for item in found if isinstance(item, Lexicon))

    def table(self, name: str) -> Mapping[str, Scalar]:
        """The table with this name, merged over the folders; `PatternError` when there is none."""
        try:
            return self._tables[name]
        except KeyError:
            raise PatternError(f"no table is named {name!r}; add it to a file in {self.roots[0]}") from None

    def regex(self, field_name: str, source: str) -> str:
        """`source` with every `{atom}` replaced by the field's atom of that name, also inside atoms."""
        atoms = self._atoms.get(field_name, {})
        for _ in range(10):
            expanded = _ATOM.sub(lambda m: f"(?:{atoms[m[1]]})" if m[1] in atoms else m[0], source)
            if expanded == source:
                return expanded
            source = expanded
        raise PatternError(f"atoms of {field_name!r} refer to each other in a circle: {source[:80]!r}")

    def located(self) -> Iterator[Located]:
        """Every rule and lexicon with its field and file, for checks and documentation."""
        yield from self._rules.values()
        yield from self._lexicons.values()

    def documents(self, folder: str, model: type[Model], key: str = "id") -> tuple[Model, ...]:
        """The YAML files of `folder`, each one document of `model`; a later folder's wins by `key`."""
        merged: dict[str, Model] = {}
        for root in self.roots:
            for path in sorted((root / folder).glob("*.yml")):
                document = read_yaml(path, model)
                merged[getattr(document, key)] = document
        return tuple(merged.values())

    def csv(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a CSV table with a header line, ours first, then the user's."""
        for root in self.roots:
            path = root / name
            if path.is_file():
                with path.open(encoding="utf-8", newline="") as lines:
                    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def builtin_root() -> Path:
    """The folder of our own rule data: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_patterns", package.parent / "patterns"):
        if candidate.is_dir():
            return candidate
    raise PatternError(f"Warta's rule data is missing beside {package}; install the package again")


def load_patterns(extra: Path | None = None) -> PatternSet:
    """Reads our rule data and, after it, the user's folder.

    Args:
        extra: The user's folder, or None.

    Raises:
        PatternError: A file is malformed, or the folder does not exist; the message names file and line.
    """
    roots = [builtin_root()]
    if extra is not None:
        if not extra.is_dir():
            raise PatternError(f"{extra} is not a folder; give a folder that holds rule data (*.yml)")
        roots.append(extra)
    return _merge(tuple(roots), tuple(_state(root) for root in roots))


def _state(root: Path) -> int:
    """A number that changes when a file below `root` does, so that rule data edited in between is read again."""
    stats = ((path.as_posix(), path.stat()) for path in _files(root))
    return hash(tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.suffix in (".yml", ".csv"))


@lru_cache(maxsize=8)
def _merge(roots: tuple[Path, ...], _: tuple[int, ...]) -> PatternSet:
    rules: dict[str, Located] = {}
    lexicons: dict[str, Located] = {}
    atoms: dict[str, dict[str, str]] = {}
    tables: dict[str, dict[str, Scalar]] = {}
    digest = hashlib.sha256()
    for root in roots:
        seen: dict[str, Path] = {}
        for path in _files(root):
            relative = path.relative_to(root)
            digest.update(f"{relative.as_posix()}\0".encode() + path.read_bytes() + b"\0")
            if path.suffix != ".yml" or relative.parts[0] in _DOCUMENT_FOLDERS:
                continue
            data = read_yaml(path, PatternFile)
            items: tuple[Rule | Lexicon, ...] = (*data.rules, *data.lexicons)
            for item in items:
                if item.id in seen:
                    raise PatternError(f"{path}: the id {item.id!r} is taken in {seen[item.id]}; choose another")
                seen[item.id] = path
            rules.update({rule.id: Located(rule, data.field, path) for rule in data.rules})
            for lexicon in data.lexicons:
                lexicons[lexicon.id] = Located(_extended(lexicons.get(lexicon.id), lexicon), data.field, path)
            atoms.setdefault(data.field, {}).update(data.atoms)
            for name, table in data.tables.items():
                tables.setdefault(name, {}).update({str(key).lower(): value for key, value in table.items()})
    return PatternSet(roots, f"sha256:{digest.hexdigest()}", rules, lexicons, atoms, tables)


def _extended(before: Located | None, lexicon: Lexicon) -> Lexicon:
    if not lexicon.extend or before is None or not isinstance(before.item, Lexicon):
        return lexicon
    merged = {"entries": (*before.item.entries, *lexicon.entries), "set": {**before.item.set, **lexicon.set}}
    return before.item.model_copy(update=merged)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Reads one YAML file as a document of `model`.

    Raises:
        PatternError: With file, line and the place inside the document.
    """
    content = path.read_bytes()
    try:
        source = content.decode()
    except UnicodeDecodeError as error:
        raise PatternError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    try:
        data = parsed(content)
        return model.model_validate(yaml.load(source, Loader=yaml.CSafeLoader) if data is None else data)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PatternError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = _line_of(yaml.compose(source, Loader=yaml.SafeLoader), first["loc"])
        raise PatternError(f"{path}:{line}: {where or 'file'}: {first['msg']}") from None


def _line_of(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int:
    """The line (from 1) of the innermost part of `loc` that stands in the document."""
    line = 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
