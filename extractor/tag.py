"""Warta as a temporal tagger: the expressions of any text, without the rest of the record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extractor.archive import STANDARD_INPUT, read_one
from extractor.errors import InputError
from extractor.language.state import Timex, annotations_of
from extractor.language.timeml import to_dicts, to_timeml
from extractor.page.decode import decode
from extractor.pipeline import build_pipeline

COMPONENTS = ("warta_sentences", "warta_dates")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text and its temporal expressions.

    Attributes:
        text: The text, character for character unless it held control characters or broken encodings.
        timexes: Its expressions in order, with offsets into `text`.
        published: What relative expressions were counted from.
        name: The file it came from, None for a text of the command line.
    """

    text: str
    timexes: list[Timex]
    published: datetime | None
    name: str | None

    def timeml(self) -> str:
        """The text as a TimeML document."""
        return to_timeml(self.text, self.timexes, published=self.published, docid=self.name)

    def json(self) -> str:
        """The text and its expressions as one JSON object."""
        published = self.published.isoformat() if self.published else None
        timexes = to_dicts(self.text, self.timexes)
        document = {"docid": self.name, "published": published, "text": self.text, "timexes": timexes}
        return json.dumps(document, ensure_ascii=False)


def tag_dates(text_or_file: str, *, published: str | None = None, patterns: Path | None = None) -> Tagged:
    """Finds the temporal expressions of a text or of a file's text.

    Args:
        text_or_file: The path of a file, "-" for standard input, or the text itself.
        published: Publication time in ISO 8601.
        patterns: A folder of the user's own rule data.

    Raises:
        InputError: The file cannot be read, or it is binary or empty, or `published` is not a date.
    """
    name = text_or_file if _names_a_file(text_or_file) else None
    content = read_one(text_or_file).content if name else text_or_file
    try:
        moment = datetime.fromisoformat(published) if published else None
    except ValueError:
        raise InputError("bad-published", f"published={published!r} is not a date; write it as 2024-07-27") from None
    text = decode(content).text
    nlp = build_pipeline(patterns, COMPONENTS)
    doc = nlp.make_doc(text)
    annotations_of(doc).context.published = moment
    return Tagged(text, annotations_of(nlp(doc)).dates, moment, name)


def _names_a_file(text_or_file: str) -> bool:
    """Whether the argument is a path: one that exists, or a word with an ending or a slash."""
    if text_or_file == STANDARD_INPUT or Path(text_or_file[:1000]).is_file():
        return True
    return not any(c.isspace() for c in text_or_file) and (
        "/" in text_or_file or text_or_file.endswith((".txt", ".html"))
    )
