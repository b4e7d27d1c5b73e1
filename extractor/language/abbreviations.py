"""Abbreviated names of bodies and what they stand for in the same article."""

from __future__ import annotations

import re

_FIRST_WORD = re.compile(r"[\w-]{2,40}")
_SPELT_BEFORE = re.compile(r"(?:[A-Z][\w-]{0,40}\s){1,7}\Z")
_MAX_SPELT = 120
_SHORT = re.compile(r"\b[A-Z]{2,6}\b")
_GOES_ON = r"(?:[ ][A-Z][\w-]{0,40}){0,6}"


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
    words = r"[ ]".join(rf"{letter}[a-z][\w-]{{1,40}}" for letter in short[0])
    full = re.compile(re.escape(name[: short.start()]) + words + re.escape(name[short.end() :]) + _GOES_ON)
    return next((match[0] for match in full.finditer(text)), None)
