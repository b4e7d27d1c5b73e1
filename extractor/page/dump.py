"""Takes the text of a whole page apart, as scrapers dump it without markup.

Such a dump holds kicker, headline, deck, byline, body, links to other articles, topics, other headlines and
disclaimers, one a line. The body is told by its sentences: it begins at a dateline or at the first long line that ends
a sentence, and ends where a run of lines begins that end none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractor.page.build import dateline
from extractor.page.rules import PageRules
from extractor.page.trim import words_of

_SENTENCE_END: Final = re.compile(r"[.!?…:][\"”’')\]]{0,3}(?:\s?[(\[][\w*/ .-]{1,30}[)\]])?$")
_ITEM: Final = re.compile(r"(?:\d{1,3}|[a-zA-Z])[.)]\s|[-–•*·▪●]\s")
_SIGNED: Final = re.compile(r"[A-Z][A-Z.'’]{1,20}(?:\s[A-Z][A-Z.'’]{0,20}){1,3}")
_NAME_AND_OUTLET: Final = re.compile(
    r"(?P<name>[A-Z][\w.'’]{1,20}(?:\s[A-Z][\w.'’]{0,20}){1,3})\s[-–|]\s(?:[a-z]{2,20}[A-Z]\w{1,20}|[\w-]{2,30}\.\w{2,4})"
)
_LONG: Final = 80
_FEWEST_WORDS: Final = 4
_MOST_WORDS: Final = 30
_RUN: Final = 3
_NEAR: Final = 14
_LONGEST_TAG: Final = 40


@dataclass(frozen=True, slots=True)
class Dump:
    """A page's text, taken apart.

    Attributes:
        head: The lines before the body that are no headline and no deck.
        title: The headline.
        deck: The deck.
        body: The lines of the body, boilerplate still among them.
        tags: Topics below the body.
        tail: The lines below the body.
    """

    head: tuple[str, ...]
    title: str | None
    deck: str | None
    body: tuple[str, ...]
    tags: tuple[str, ...]
    tail: tuple[str, ...]


def take_apart(lines: Sequence[str], rules: PageRules) -> Dump:
    """Takes the clean, non-empty lines of a page apart."""
    start = _body_start(lines, rules)
    end = _body_end(lines, start, rules)
    head = [line for line in lines[:start] if not rules.noise.block(line)]
    body = lines[start:end]
    named = [line for line in head if not rules.bylines.line(line) and not is_date_line(line, rules)]
    title = _title(named, body)
    deck = _deck(named, title)
    rest = tuple(line for line in head if line not in (title, deck))
    return Dump(rest, title, deck, tuple(body), _tags(lines[end:], rules), tuple(lines[end:]))


def is_date_line(line: str, rules: PageRules) -> bool:
    """Whether a line only tells when the article came out."""
    return rules.times.of_line(line) is not None


def _ends_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line))


def _body_start(lines: Sequence[str], rules: PageRules) -> int:
    """The line with a dateline, else the first long one that ends a sentence, else the first of all."""
    for position, line in enumerate(lines):
        if len(line) >= _LONG and _ends_sentence(line) and not rules.noise.block(line):
            return _dateline_before(lines, position, rules)
        place, hosts = dateline(line, rules.bylines)
        if (hosts or (place and position)) and len(line) >= 60 and not rules.bylines.line(line):
            return position
    return 0


def _dateline_before(lines: Sequence[str], position: int, rules: PageRules) -> int:
    """The line before, where it holds the dateline alone ("JAKARTA -")."""
    before = lines[position - 1] if position else ""
    return position - 1 if re.fullmatch(r".{2,70}\s?[-–—]{1,2}", before) else position


def _body_end(lines: Sequence[str], start: int, rules: PageRules) -> int:
    """The line after the body's last."""
    prose = [_is_prose(line, rules) for line in lines]
    run = 0
    end = len(lines)
    for position in range(start, len(lines)):
        line = lines[position]
        if prose[position] or _ITEM.match(line):
            run = 0
        elif rules.noise.end(line) and _little_left(lines, prose, start, position):
            end = position
            break
        elif not rules.noise.block(line):
            run += 1
            if run >= _RUN and _little_left(lines, prose, start, position):
                end = position - run + 1
                break
    while end > start + 1 and not prose[end - 1] and not _ITEM.match(lines[end - 1]):
        end -= 1
    return end


def _is_prose(line: str, rules: PageRules) -> bool:
    return _ends_sentence(line) and len(line) >= 20 and not rules.noise.block(line)


def _little_left(lines: Sequence[str], prose: Sequence[bool], start: int, position: int) -> bool:
    """Whether little prose follows a line, compared with what stands before it."""
    before = sum(len(line) for line, good in zip(lines[start:position], prose[start:position], strict=True) if good)
    after = sum(len(line) for line, good in zip(lines[position:], prose[position:], strict=True) if good)
    return before > 0 and after <= 0.3 * before


def _title(named: Sequence[str], body: Sequence[str]) -> str | None:
    """The first line near the body with a headline's length whose words the body has."""
    near = [line for line in named[-_NEAR:] if _FEWEST_WORDS <= len(line.split()) <= _MOST_WORDS]
    told = set(words_of(" ".join(body)).split())
    for line in near:
        words = [word for word in words_of(line).split() if len(word) > 3]
        if words and sum(word in told for word in words) >= 0.4 * len(words):
            return line
    return near[0] if near else (named[-1] if len(named) == 1 else None)


def _deck(named: Sequence[str], title: str | None) -> str | None:
    """The line after the headline, where it is long enough for a sentence."""
    if title is None:
        return None
    after = named[list(named).index(title) + 1 :]
    return after[0] if after and len(after[0].split()) >= 8 else None


def _tags(tail: Sequence[str], rules: PageRules) -> tuple[str, ...]:
    """The short lines right below the body."""
    tags: list[str] = []
    labels = rules.patterns.lexicon("page.metadata.tag-labels").phrases
    for line in tail[:30]:
        if rules.noise.block(line) and not rules.noise.end(line):
            continue
        if rules.noise.end(line) or len(line) > _LONGEST_TAG or _ends_sentence(line):
            break
        label, _, rest = line.partition(" ")
        tag = (rest if label.casefold() in labels else line).strip("# ")
        if not (rules.bylines.line(line) or is_date_line(line, rules) or _SIGNED.fullmatch(line)):
            tags.append(tag)
    return tuple(dict.fromkeys(tag for tag in tags if tag and tag.casefold() not in labels))


def signed_by(dump: Dump, rules: PageRules) -> tuple[str, ...]:
    """Names without a label: "Rahma Wulandari - wartaNusa" under the headline, or in capitals below the body."""
    lines = [match["name"] for line in dump.head if (match := _NAME_AND_OUTLET.fullmatch(line))]
    lines += [line.title() for line in dump.tail[:1] if _SIGNED.fullmatch(line)]
    return tuple(name for line in lines[:1] for name in rules.bylines.names(line))
