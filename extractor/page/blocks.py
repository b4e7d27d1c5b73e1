"""What reading a body gives."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.record import BlockKind


@dataclass(slots=True)
class RawBlock:
    """A block of text before boilerplate is cut.

    Attributes:
        kind: What kind of block it is.
        text: Its text, one clean line.
        linked: Characters of it that stand in links.
        bold: Whether all of it is bold.
    """

    kind: BlockKind
    text: str
    linked: int = 0
    bold: bool = False
