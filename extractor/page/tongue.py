"""Tells a text's language by a vote of stop words: Indonesian, Malay or English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_SAMPLE: Final = 2500
_FEWEST: Final = 4


def language_of(text: str, stop_words: Mapping[str, str]) -> str | None:
    """ISO 639-1 code of the text's language, None where too few known words stand in it.

    Args:
        text: The text; the first 2,500 characters vote.
        stop_words: Word to language; "shared" words vote for Indonesian and Malay alike.
    """
    votes = [stop_words[word] for word in text[:_SAMPLE].lower().split() if word in stop_words]
    indonesian, malay, english = votes.count("id"), votes.count("ms"), votes.count("en")
    malayic = indonesian + malay + votes.count("shared")
    if max(malayic, english) < _FEWEST:
        return None
    if english > malayic:
        return "en"
    return "ms" if malay > 1.5 * indonesian and malay >= 3 else "id"
