"""Component `warta_quotes`: direct and reported speech, and who speaks.

Reads paragraphs, sentences and persons of the annotations, writes `quotes`. Works through the article paragraph by
paragraph: `marks` finds what stands between quotation marks, `chunks` cuts the rest into verbs of saying, names and
other words, the shapes in `patterns/quotes/` (`rules`) say which order of these attributes what to whom, and `speakers`
turns a name, an office or "ujarnya" into a person.
"""

from __future__ import annotations

from extractor.language.quotes.reader import Quotes

__all__ = ["Quotes"]
