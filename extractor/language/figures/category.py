"""What a share measures: turnout, abstention, votes, support, other participation, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Cue, Passage, inside
from extractor.language.state import FigureFound

_NEGATION_REACH: Final = 18
_GENERIC, _GENERIC_REACH = 2, 11.0
_NAME_REACH: Final = 70
_CARRIED_SENTENCES, _CARRIED_ITEMS = 2, 60
_FARTHEST: Final = 60.0
_OF_NEXT, _NEXT_SHARE = 12.0, 12
_REASONS: Final = 3
_COMMA: Final = re.compile(r"[,;](?=\s)")
NOTHING_BEFORE: Final = 1 << 30


class Bound(NamedTuple):
    """What was found of a share: its offset, category, metric and measure."""

    offset: int
    category: str
    metric: str | None
    measure: str | None


class _Costs(NamedTuple):
    """What distance and interruptions between a cue and a figure cost; set by trial on our own set."""

    base: float
    letter: float
    share: float
    comma: float
    turn: float


_BEFORE: Final = _Costs(base=0, letter=1 / 12, share=5, comma=2, turn=4)
_AFTER: Final = _Costs(base=2, letter=1 / 10, share=25, comma=5, turn=20)


@dataclass(slots=True)
class Setting:
    """What the whole article says about its shares.

    Attributes:
        electoral: It is about a vote.
        cues: Every cue of a category, in order.
        polls: Words that tell of surveys and of counts of votes, in order.
        parties: Names of parties, in order.
        gaps: The words between figures and what binds them.
        topic: The category that the headline names, if any.
        polled: Whether the headline tells of a survey.
        bound: What was found of the shares read so far.
    """

    electoral: bool
    cues: list[Cue]
    polls: list[Cue]
    parties: list[Cue]
    gaps: Gaps
    topic: str | None = None
    polled: bool = False
    bound: list[Bound] = field(default_factory=list)


def categorize(figure: FigureFound, passage: Passage, setting: Setting, distance: int) -> Cue | None:
    """Sets category and metric of `figure`.

    Args:
        figure: The share.
        passage: Its sentence.
        setting: The article.
        distance: Number of sentences between the last cue before the passage and it.

    Returns:
        The cue of the sentence that decided, if one did.
    """
    cue = _nearest(figure, passage, setting) or next(iter(passage.header_cues), None)
    name = _name_before(figure, passage, setting)
    if cue and not (name and _weak(cue, figure, passage)):
        figure.category = _resolved(cue, figure.start, passage.text, setting)
        voted = _name_earlier(figure, passage, setting) if cue.set["category"] == "votes" else None
        figure.metric = voted or _words(cue, passage.text)
        figure.measure = _measure(cue, figure.category)
    elif name:
        figure.category, figure.metric = _votes(figure.start, setting, surely=False), name
        cue = None
    else:
        figure.category, figure.metric, figure.measure = _carried(figure, passage, setting, distance)
    if figure.category == "poll_support" and _among_reasons(figure, passage, setting, cue):
        figure.category = "other"
    setting.bound.append(Bound(figure.start, figure.category, figure.metric, figure.measure))
    return cue


def _words(cue: Cue, text: str) -> str:
    """The words of a cue that name what is measured."""
    phrase = text[cue.start : cue.end]
    words = cue.set.get("words")
    return " ".join(phrase.split()[: int(words)]) if words else phrase


def _measure(cue: Cue, category: str) -> str | None:
    """The finer kind of a participation that a cue names."""
    measure = cue.set.get("measure")
    return str(measure) if measure and category == "participation_other" else None


def _among_reasons(figure: FigureFound, passage: Passage, setting: Setting, cue: Cue | None) -> bool:
    """Whether a share of a survey is one of several reasons that its paragraph lists, and not the support itself.

    The words of a reason stand right before its share; support is named there only when it is support that is told.
    """
    if len(passage.figures) < _REASONS or figure.start == passage.figures[0][0]:
        return False
    if cue and passage.before(figure) <= cue.start < figure.start:
        return False
    paragraph = passage.text.find("\n", passage.start)
    end = paragraph if paragraph >= 0 else len(passage.text)
    return any(other.set.get("reason") for other in inside(setting.cues, passage.paragraph, end))


def _nearest(figure: FigureFound, passage: Passage, setting: Setting) -> Cue | None:
    """The cue that ties best: close by, no other share and no break between."""
    best, lowest = None, _FARTHEST
    for cue in passage.categories:
        if not _may_bind(cue, figure) or _says_nothing(cue, passage, setting):
            continue
        cost = _cost(figure, passage, cue, setting.gaps)
        if cost < lowest and (_weight(cue) < _GENERIC or cost < _GENERIC_REACH):
            best, lowest = cue, cost
    return best


def _may_bind(cue: Cue, figure: FigureFound) -> bool:
    """Whether a cue stands on the side of the figure, or as near to it, as it must."""
    if cue.set.get("adjacent"):
        return cue.end == figure.start - 1
    return not cue.set.get("after") or cue.start >= figure.end


def _says_nothing(cue: Cue, passage: Passage, setting: Setting) -> bool:
    """Whether a word of votes says nothing of what is measured.

    That is "perolehan itu", and a word such as "unggul" in an article that is not about a vote, or behind a region.
    """
    if cue.set["category"] != "votes":
        return False
    if setting.gaps.same_measure.match(passage.text, cue.end):
        return True
    if _weight(cue) < _GENERIC:
        return False
    voting = setting.electoral or bool(setting.polls) or setting.polled
    return not voting or any(region.end == cue.start - 1 for region in passage.regions)


def _weight(cue: Cue) -> float:
    return float(cue.set.get("weight") or 0)


def _cost(figure: FigureFound, passage: Passage, cue: Cue, gaps: Gaps) -> float:
    """How loosely a cue is tied to a figure: by distance, and by what stands between."""
    if cue.end <= figure.start:
        costs, start, end = _BEFORE, cue.end, figure.start
    else:
        costs, start, end = _AFTER, figure.end, cue.start
    if (end - start) * costs.letter > _FARTHEST:
        return _FARTHEST
    commas = len(_COMMA.findall(passage.text, start, end))
    turns = len(gaps.turn.findall(passage.text, start, end))
    others = passage.between(start, end)
    reasons = len(gaps.reason.findall(passage.text, start, end)) if costs is _AFTER else 0
    near = costs is _AFTER and 0 <= passage.after(figure) - cue.end <= _NEXT_SHARE
    leads = near and gaps.accompanied.search(passage.text, start, end) is not None
    return (
        costs.base
        + (_OF_NEXT if leads else 0)
        + _weight(cue)
        + (end - start) * costs.letter
        + others * costs.share
        + commas * costs.comma
        + (turns + reasons) * costs.turn
    )


def _weak(cue: Cue, figure: FigureFound, passage: Passage) -> bool:
    """Whether a name right before the share says more than `cue`: a share or a generic word stands between."""
    if cue.set["category"] in ("votes", "poll_support"):
        return False
    return cue.end > figure.start or passage.between(cue.end, figure.start) > 0 or _weight(cue) > 1


def _resolved(cue: Cue, position: int, text: str, setting: Setting) -> str:
    category = str(cue.set["category"])
    if category == "votes":
        return _votes(position, setting, surely=_weight(cue) < _GENERIC)
    if category == "turnout-or-other":
        category = "voter_turnout" if setting.electoral else "participation_other"
    negated = cue.set.get("verb") and setting.gaps.negator.search(text, max(0, cue.start - _NEGATION_REACH), cue.start)
    return "abstention" if category == "voter_turnout" and negated else category


def _votes(position: int, setting: Setting, *, surely: bool) -> str:
    """vote_share, or poll_support where a survey was told before `position` and no count of votes.

    Unless it is `surely` votes that are told, an article that is not about a vote gives "other".
    """
    before = [cue for cue in setting.polls if cue.start < position]
    counted = any(cue.role == "count" for cue in before)
    polled = not counted and (bool(before) or setting.polled)
    if polled:
        return "poll_support"
    told = any(bound.category == "vote_share" for bound in setting.bound)
    return "vote_share" if surely or told or setting.electoral or before else "other"


def _name_before(figure: FigureFound, passage: Passage, setting: Setting) -> str | None:
    """The party or the pair of candidates that stands right before a share."""
    start = max(passage.before(figure), figure.start - _NAME_REACH)
    for party in reversed(inside(setting.parties, start, figure.start)):
        if setting.gaps.name_tail.fullmatch(passage.text[party.end : figure.start]):
            return passage.text[party.start : party.end]
    if not (setting.electoral or setting.polls or setting.polled):
        return None
    for match in setting.gaps.pair.finditer(passage.text, start, figure.start):
        if setting.gaps.name_tail.fullmatch(passage.text[match.end() : figure.start]):
            return match[0]
    return None


def _name_earlier(figure: FigureFound, passage: Passage, setting: Setting) -> str | None:
    """The last pair of candidates, else the last party, between the share before and this one."""
    start = passage.before(figure)
    pairs = list(setting.gaps.pair.finditer(passage.text, start, figure.start))
    if pairs:
        return pairs[-1][0]
    parties = inside(setting.parties, start, figure.start)
    return passage.text[parties[-1].start : parties[-1].end] if parties else None


def _carried(
    figure: FigureFound, passage: Passage, setting: Setting, distance: int
) -> tuple[str, str | None, str | None]:
    """Category, metric and measure of what was told before, as long as it is near and no other thing is measured."""
    if not passage.listed and _of_something_else(figure, passage, setting.gaps):
        return "other", None, None
    if distance == NOTHING_BEFORE and setting.topic:
        return setting.topic, None, None
    if distance > (_CARRIED_ITEMS if passage.listed else _CARRIED_SENTENCES):
        return "other", None, None
    before = [cue for cue in setting.cues if cue.end <= passage.start and _weight(cue) < _GENERIC]
    cue = before[-1] if before else None
    last = setting.bound[-1] if setting.bound else None
    if last and (cue is None or last.offset > cue.start):
        return last.category, last.metric, last.measure
    if cue is None:
        return "other", None, None
    category = _resolved(cue, cue.end, passage.text, setting)
    return category, _words(cue, passage.text), _measure(cue, category)


def _of_something_else(figure: FigureFound, passage: Passage, gaps: Gaps) -> bool:
    """Whether a noun after the first share of a sentence says what it is a share of: "38 persen jalan rusak"."""
    if passage.figures and figure.start != passage.figures[0][0]:
        return False
    pointed = gaps.pointer.search(passage.text, passage.lead(figure), figure.start)
    return pointed is None and gaps.own_noun.match(passage.text, figure.end, passage.end) is not None
