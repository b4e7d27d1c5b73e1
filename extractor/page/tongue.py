"""Tells a text's language by a vote of stop words: Indonesian, Malay or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_SAMPLE = 2500
_FEWEST = 4


def language_of(text: str, stop_words: Mapping[str, str]) -> str | None:
    """ISO 639-1 code of the text's language, None where too few known words stand in it.

    Args:
        text: The text; the first 2,500 characters vote.
        stop_words: Word to language; "shared" words vote for Indonesian and Malay alike.
    """
    votes = Counter(map(stop_words.get, text[:_SAMPLE].lower().split()))
    malayic = votes["id"] + votes["ms"] + votes["shared"]
    if max(malayic, votes["en"]) < _FEWEST:
        return None
    if votes["en"] > malayic:
        return "en"
    return "ms" if votes["ms"] > 1.5 * votes["id"] and votes["ms"] >= 3 else "id"
