"""Cuts what is no part of the article from its blocks: headline, bylines, links to other articles, the page's tail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from extractor.page.blocks import RawBlock
from extractor.page.bylines import Credits
from extractor.page.noise import matches_any
from extractor.page.rules import PageRules
from extractor.page.tree import clean_text
from extractor.record import BlockKind

_WORD: Final = re.compile(r"\w+")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]{0,2}$")
_FULL_STOP: Final = re.compile(r"[.:][\"”’')\]]{0,2}$|[\"”]$")
_DATELINE: Final = re.compile(r".{2,70}\s?[-–—]{1,2}$")
_HEAD: Final = 6
_TAIL: Final = 6


@dataclass(slots=True)
class Trimmed:
    """The blocks of the article, and what was cut from the page's.

    Attributes:
        blocks: Kind and text of each block.
        credits: Names in bylines among the blocks.
        cut: Texts of the boilerplate blocks.
    """

    blocks: list[tuple[BlockKind, str]] = field(default_factory=list)
    credits: Credits = field(default_factory=Credits)
    cut: list[str] = field(default_factory=list)


@lru_cache(maxsize=256)
def words_of(text: str | None) -> str:
    """The words of a text in lower case, for comparisons."""
    return " ".join(_WORD.findall((text or "").casefold()))


class Trimmer:
    """Cuts boilerplate from the blocks of one page.

    Args:
        rules: The compiled rule data.
        title: The headline, which is cut from the head of the body.
        decks: Texts of the deck as a profile names it, likewise.
        noise: A profile's own patterns of boilerplate blocks.
        bylines: A profile's own patterns of bylines.
    """

    def __init__(
        self,
        rules: PageRules,
        title: str | None,
        decks: Sequence[str] = (),
        noise: Sequence[re.Pattern[str]] = (),
        bylines: Sequence[re.Pattern[str]] = (),
    ) -> None:
        self.rules = rules
        self.noise = noise
        self._boilerplate = rules.noise
        self.bylines = bylines
        self._title = words_of(title)
        self._heads = {words for words in (self._title, *map(words_of, decks)) if words}
        self._longest_head = 2 * max(map(len, self._heads), default=0)

    def trim(self, raw: Sequence[RawBlock]) -> Trimmed:
        """The article's blocks among the page's."""
        result = Trimmed()
        self._boilerplate = self.rules.noise.among("\n".join(block.text for block in raw))
        raw = self._without_head(list(raw), result)
        total = sum(len(block.text) for block in raw)
        seen = 0
        for position, block in enumerate(raw):
            edge = position < _HEAD or position >= len(raw) - _TAIL
            if seen >= 0.4 * total and self._boilerplate.end(block.text):
                result.cut.extend(rest.text for rest in raw[position:])
                self._credits_of_tail(raw[position:], result)
                break
            seen += len(block.text)
            self._take(block, result, edge=edge, head=position < _HEAD)
        self._cut_tail(result)
        return result

    def _without_head(self, raw: list[RawBlock], result: Trimmed) -> list[RawBlock]:
        """The blocks after the headline, where the element holds that too."""
        longest = 2 * len(self._title)
        for position, block in enumerate(raw[:12]):
            if self._title and len(block.text) <= longest and words_of(block.text) == self._title:
                head = raw[:position]
                result.cut.extend(before.text for before in head)
                result.credits.merge(self.rules.bylines.read(before.text for before in head))
                return raw[position + 1 :]
        return raw

    def _take(self, block: RawBlock, result: Trimmed, *, edge: bool, head: bool) -> None:
        text, cuts = self._boilerplate.inline(block.text)
        text = clean_text(text) if cuts else text
        result.cut.extend(cut.text for cut in cuts)
        if not text:
            return
        if self._is_noise(text, block, head=head):
            result.cut.append(text)
        elif edge and (credits := self.rules.bylines.line(text, self.bylines)) and not _SENTENCE_END.search(text[:-1]):
            result.credits.merge(credits)
            result.cut.append(text)
        elif result.blocks and len(result.blocks) <= 2 and _DATELINE.fullmatch(result.blocks[-1][1]):
            result.blocks[-1] = (block.kind, f"{result.blocks[-1][1]} {text}")
        else:
            result.blocks.append((block.kind, text))

    def _is_noise(self, text: str, block: RawBlock, *, head: bool) -> bool:
        if self._boilerplate.block(text) or matches_any(self.noise, text):
            return True
        if block.linked >= 0.9 * len(block.text) and len(text.split()) >= 4 and not _FULL_STOP.search(text):
            return True
        return head and (self._is_head(text) or self._is_date(text))

    def _is_head(self, text: str) -> bool:
        """Whether a block repeats the headline or the deck."""
        return len(text) <= self._longest_head and words_of(text) in self._heads

    def _is_date(self, text: str) -> bool:
        """Whether a block only tells when the article came out."""
        moment = self.rules.times.of_line(text) if len(text) <= 80 else None
        return moment is not None and len(text) - (moment.end - moment.start) <= 24

    def _credits_of_tail(self, rest: Sequence[RawBlock], result: Trimmed) -> None:
        result.credits.merge(self.rules.bylines.read(block.text for block in rest[:_TAIL]))

    def _cut_tail(self, result: Trimmed) -> None:
        """Cuts signatures, and what follows one near the end; a subhead at the very end heads nothing."""
        blocks = result.blocks
        total = sum(len(text) for _, text in blocks)
        behind = 0
        for position in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _TAIL), -1):
            kind, text = blocks[position]
            rest, cuts = self._boilerplate.tail(text)
            if cuts and behind <= 0.25 * total and any(cut.text.strip(" *-=#") for cut in cuts):
                result.cut.extend(cut.text for cut in cuts)
                result.cut.extend(after for _, after in blocks[position + 1 :])
                blocks[position:] = [(kind, rest)] if rest else []
                break
            behind += len(text)
        while blocks:
            kind, text = blocks[-1]
            rest, cuts = self._boilerplate.tail(text)
            if rest and kind is not BlockKind.SUBHEAD:
                blocks[-1] = (kind, rest)
                result.cut.extend(cut.text for cut in cuts)
                break
            result.cut.append(text)
            blocks.pop()


def without_names(blocks: Sequence[tuple[BlockKind, str]], credits: Credits) -> list[tuple[BlockKind, str]]:
    """The blocks without those at either end that are only the name of who wrote or edited the article."""
    names = {words_of(name) for role in ("authors", "editors", "photographers") for name in credits.get(role)}
    first, last = 0, len(blocks)
    while first < last and words_of(blocks[first][1]) in names:
        first += 1
    while last > first and words_of(blocks[last - 1][1]) in names:
        last -= 1
    return list(blocks[first:last])
