"""Rule data: what is refused and how it is told, and how a user's folder lies over ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor import PatternError
from extractor.patterns import Rule, builtin_root, load_patterns
from tests.conftest import ROOT

RULE = """
  - id: {id}
    regex: {regex}
    examples: [{{text: Hari ini}}]
"""


def write(folder: Path, content: str, name: str = "own.yml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def rules(*pairs: tuple[str, str], field: str = "dates") -> str:
    return f"field: {field}\nabout: x\nrules:" + "".join(RULE.format(id=i, regex=r) for i, r in pairs)


REFUSED = [
    ("field: dates\nabout: x\nrule: []\n", ":3: rule: Extra inputs"),
    (
        "field: dates\nabout: x\nrules:\n  - id: dates.a\n    regexp: x\n    examples: [{text: a}]\n",
        ":5: rules.0.regexp",
    ),
    ("field: dates\nabout: x\nrules:\n  - id: dates.a\n    regex: x\n", ":4: rules.0.examples: Field required"),
    ("field: dates\nabout: x\nrules:\n  - id: dates.a\n    regex: x\n    examples: []\n", ":6: rules.0.examples"),
    ("field: dates\nabout: x\nrules:\n  - id: Dates A\n    regex: x\n    examples: [{text: a}]\n", ":4: rules.0.id"),
    (
        "field: dates\nabout: x\nrules:\n  - id: dates.a\n    tokens: [{LOWER: hari}]\n    examples: [{text: a}]\n",
        "needs the words that trigger it",
    ),
    (
        "field: dates\nabout: x\nrules:\n  - id: dates.a\n    regex: x\n    shape: y\n    examples: [{text: a}]\n",
        "exactly one of regex, tokens and shape",
    ),
    ("field: dates\nabout: x\nrules:\n  - id: dates.a\n    examples: [{text: a}]\n", "exactly one of regex"),
    ("field: dates\nabout: x\nlexicons:\n  - id: dates.a\n", ":4: lexicons.0.entries: Field required"),
    ("field: dates\nabout: [x\n", ":3: not valid YAML"),
    ("about: x\n", ":1: field: Field required"),
    ("- a\n- b\n", ":1: file"),
    ("", "file"),
]


@pytest.mark.parametrize(("content", "message"), REFUSED)
def test_malformed_files_are_refused_with_file_and_line(tmp_path: Path, content: str, message: str) -> None:
    path = write(tmp_path / "own", content)
    with pytest.raises(PatternError) as raised:
        load_patterns(tmp_path / "own")
    assert str(raised.value).startswith(str(path))
    assert message in str(raised.value)


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "own", "")
    path.write_bytes(b"\xff\xfe\x00field")
    with pytest.raises(PatternError, match=r"own\.yml"):
        load_patterns(tmp_path / "own")


def test_duplicate_ids_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "own", rules(("dates.a", "x")), "1.yml")
    write(tmp_path / "own", rules(("dates.a", "y")), "2.yml")
    with pytest.raises(PatternError, match=r"2\.yml: the id 'dates.a' is taken in .*1\.yml"):
        load_patterns(tmp_path / "own")


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="is not a folder"):
        load_patterns(tmp_path / "absent")


def test_user_rule_wins_by_id_and_others_stay(tmp_path: Path) -> None:
    ours = load_patterns()
    name, replaced = next((x.field, x.item) for x in ours.located() if isinstance(x.item, Rule) and x.item.enabled)
    write(tmp_path / "own", rules((replaced.id, "mine"), (f"{name}.mine", "x"), field=name))
    overlaid = {rule.id: rule for rule in load_patterns(tmp_path / "own").rules(name)}
    assert overlaid[replaced.id].regex == "mine"
    assert set(overlaid) == {rule.id for rule in ours.rules(name)} | {f"{name}.mine"}


def test_user_rule_can_switch_one_of_ours_off(tmp_path: Path) -> None:
    name, target = next(
        (x.field, x.item) for x in load_patterns().located() if isinstance(x.item, Rule) and x.item.enabled
    )
    off = rules((target.id, "x"), field=name).replace("    regex", "    enabled: false\n    regex")
    write(tmp_path / "own", off)
    assert target.id not in {rule.id for rule in load_patterns(tmp_path / "own").rules(name)}


def test_lexicon_extends_or_replaces(tmp_path: Path) -> None:
    lexicon = "field: tokens\nabout: x\nlexicons:\n  - id: tokens.currencies\n    {}entries: [Gulden]\n"
    ours = set(load_patterns().lexicon("tokens.currencies").phrases)
    write(tmp_path / "more", lexicon.format("extend: true\n    "))
    write(tmp_path / "instead", lexicon.format(""))
    assert set(load_patterns(tmp_path / "more").lexicon("tokens.currencies").phrases) == ours | {"gulden"}
    assert set(load_patterns(tmp_path / "instead").lexicon("tokens.currencies").phrases) == {"gulden"}


def test_entries_take_the_attributes_of_their_lexicon(tmp_path: Path) -> None:
    write(
        tmp_path / "own",
        "field: dates\nabout: x\nlexicons:\n  - id: dates.own\n    set: {level: 1, kind: a}\n"
        "    entries: [Satu, {text: Dua, forms: [Duo], set: {level: 2}}]\n",
    )
    assert load_patterns(tmp_path / "own").lexicon("dates.own").phrases == {
        "satu": {"canonical": "Satu", "level": 1, "kind": "a"},
        "dua": {"canonical": "Dua", "level": 2, "kind": "a"},
        "duo": {"canonical": "Dua", "level": 2, "kind": "a"},
    }


def test_digest_follows_the_content(tmp_path: Path) -> None:
    write(tmp_path / "one", rules(("dates.a", "x")))
    write(tmp_path / "same", rules(("dates.a", "x")))
    write(tmp_path / "other", rules(("dates.a", "y")))
    digests = [load_patterns(folder and tmp_path / folder).digest for folder in (None, "one", "same", "other")]
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in digests)
    assert digests[1] == digests[2]
    assert len(set(digests)) == 3


def test_rule_data_edited_in_between_is_read_again(tmp_path: Path) -> None:
    write(tmp_path / "own", rules(("dates.a", "x")))
    before = load_patterns(tmp_path / "own")
    assert load_patterns(tmp_path / "own") is before
    write(tmp_path / "own", rules(("dates.a", "xyz")))
    assert load_patterns(tmp_path / "own").digest != before.digest


def test_atoms_expand_also_inside_atoms_and_circles_are_refused(tmp_path: Path) -> None:
    atoms = "field: dates\nabout: x\natoms: {digit: '[0-9]', pair: '{digit}{digit}', a: '{b}', b: '{a}'}\n"
    write(tmp_path / "own", atoms)
    patterns = load_patterns(tmp_path / "own")
    assert re.fullmatch(patterns.regex("dates", "x{pair}{1}"), "x77")
    with pytest.raises(PatternError, match="circle"):
        patterns.regex("dates", "{a}")


def test_priority_orders_rules(tmp_path: Path) -> None:
    low, high = RULE.format(id="own.low", regex="x"), RULE.format(id="own.high", regex="y")
    write(tmp_path / "own", f"field: own\nabout: x\nrules:{low}{high}    priority: 5\n")
    assert [rule.id for rule in load_patterns(tmp_path / "own").rules("own")] == ["own.high", "own.low"]


@pytest.mark.parametrize("ask", ["lexicon", "table"])
def test_what_is_missing_is_named(ask: str) -> None:
    with pytest.raises(PatternError, match="'no-such-thing'"):
        getattr(load_patterns(), ask)("no-such-thing")


def test_checkout_uses_its_own_folder() -> None:
    assert builtin_root() == ROOT / "patterns"
