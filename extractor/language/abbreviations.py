"""Abbreviated names of bodies and what they stand for in the same article."""

from __future__ import annotations

import re
from typing import Final

_FIRST_WORD: Final = re.compile(r"[\w-]{2,40}")
_SPELT_BEFORE: Final = re.compile(r"(?:[A-Z][\w-]{0,40}\s){1,7}\Z")
_MAX_SPELT: Final = 120
_SHORT: Final = re.compile(r"\b[A-Z]{2,6}\b")
_CAPITALISED: Final = re.compile(r"[A-Z][\w-]{1,40}(?:[ ][A-Z][\w-]{1,40}){0,9}")


def bracketed(text: str, name: str) -> str | None:
    """The name with its abbreviation in brackets, from the place that introduces it.

    Args:
        text: The article.
        name: A name that is or begins with an abbreviation: "BEM UI", "KPK", "Kejari Blora".

    Returns:
        "Komisi Pemilihan Umum (KPU) Kabupaten Blora" for "KPU Kabupaten Blora"; None where nothing introduces it.
    """
    first = _FIRST_WORD.match(name)
    for short in dict.fromkeys((name, first[0] if first else name)):
        at = text.find(f"({short})")
        spelt = _SPELT_BEFORE.search(text, max(at - _MAX_SPELT, 0), at) if at > 0 else None
        rest, after = name[len(short) :], at + len(short) + 2
        if spelt and text[after : after + len(rest)] == rest:
            return text[spelt.start() : after] + rest
    return None


def spelt_out(text: str, name: str) -> str | None:
    """The name with the abbreviation inside it written in full, as elsewhere in the article.

    Args:
        text: The article.
        name: A name with an abbreviation after its first word: "Dinas PU Kota".

    Returns:
        "Dinas Pekerjaan Umum Kota Blora" for "Dinas PU" or "Dinas PU Kota"; None where no such name is found.
    """
    short = _SHORT.search(name)
    if short is None or short.start() == 0:
        return None
    before, after = name[: short.start()], name[short.end() :]
    at = text.find(before)
    while at >= 0:
        spelt = _CAPITALISED.match(text, at + len(before))
        words = spelt[0].split(" ") if spelt else []
        stop = len(short[0])
        rest = "".join(f" {word}" for word in words[stop:])
        if "".join(word[0] for word in words[:stop] if word[1].islower()) == short[0] and rest.startswith(after):
            return before + " ".join(words)
        at = text.find(before, at + 1)
    return None
