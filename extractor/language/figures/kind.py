"""Whether a share is a state, an aim, an expectation, a difference or a bar to pass."""

from __future__ import annotations

import re
from typing import Final

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Cue, Passage, Share, inside
from extractor.language.state import FigureFound

_ADJACENT, _NEXT = 2, 22
_CHANGE_REACH: Final = 70
_STATE_FROM, _COMPARED_STATE_FROM = 40, 20
_JOINT_REACH: Final = 90
_AIM_REACH: Final = 70
_NAME: Final = re.compile(r"(?<![.!?])\s\(?[A-Z]")


def kind_of_share(
    share: Share,
    measure: Cue | None,
    passage: Passage,
    previous: FigureFound | None,
    counted: str,
    gaps: Gaps,
    *,
    sampled: bool = False,
) -> str:
    """The kind of a share.

    Args:
        share: The share, its category known.
        measure: The cue that decided its category.
        passage: Its sentence.
        previous: The share before it in the sentence, its kind known.
        counted: "projection" where votes are told from a quick count, else "actual".
        gaps: The words between figures and what binds them.
        sampled: The sentence or the list tells a quick count.
    """
    figure = share.figure
    if previous is not None and share.part == "high" and previous.start == figure.start and not share.stepwise:
        return previous.kind
    kind = _from_form(share, passage, gaps) or _from_cues(share, passage, gaps)
    if previous is not None and gaps.spread.fullmatch(passage.text, previous.end, figure.start):
        return previous.kind
    if kind is None and previous is not None and _joined(previous, figure, passage, gaps):
        kind = previous.kind
    if kind is None:
        kind = _handed_down(passage)
    if kind in (None, "actual") and previous is not None:
        kind = _goal(previous, figure, passage, gaps) or kind
    if kind in (None, "actual") and figure.category == "vote_share":
        return counted
    if kind in (None, "actual") and sampled and figure.category in ("voter_turnout", "abstention"):
        return "projection"
    if kind in (None, "actual") and measure and measure.start >= figure.end:
        kind = _expected(inside(passage.kinds, figure.end, measure.start)) or kind
    return kind or "actual"


def _handed_down(passage: Passage) -> str | None:
    """The aim or expectation that the header of the column, or the line that introduces the list, tells."""
    kinds = [str(cue.set["kind"]) for cue in passage.header_kinds]
    return kinds[-1] if kinds and kinds[-1] in ("target", "projection", "threshold") else None


def _from_form(share: Share, passage: Passage, gaps: Gaps) -> str | None:
    """The kind that the share's form and the words right after it say."""
    end = share.figure.end
    if gaps.plus_one.match(passage.text, end):
        return "threshold"
    if share.part == "points" or gaps.more_after.match(passage.text, end):
        return "change"
    if gaps.aimed_after.match(passage.text, end):
        return "target"
    if not (share.stepwise and share.part == "low"):
        return None
    start = passage.before(share.figure)
    cues = inside(passage.kinds, start, share.figure.start)
    aim = any(cue.set["kind"] == "target" and cue.set.get("noun") for cue in cues)
    return "target" if aim and gaps.aim_changed.search(passage.text, start, share.figure.start) else "actual"


def _goal(previous: FigureFound, figure: FigureFound, passage: Passage, gaps: Gaps) -> str | None:
    """The aim told before the first value of a way: "ditargetkan naik dari 77 persen menjadi 83 persen"."""
    if not gaps.onward.fullmatch(passage.text, previous.end, figure.start):
        return None
    cues = inside(passage.kinds, passage.before(previous), previous.start)
    return next((str(cue.set["kind"]) for cue in cues if cue.set["kind"] in ("target", "projection")), None)


def _expected(cues: list[Cue]) -> str | None:
    """A projection told between a share and what it measures: "88 persen mengaku akan datang ke TPS"."""
    return "projection" if any(cue.set["kind"] == "projection" for cue in cues) else None


def _from_cues(share: Share, passage: Passage, gaps: Gaps) -> str | None:
    """The kind that the cues between the last share or break and this one say; None when there are none."""
    figure = share.figure
    start = passage.before(figure)
    breaks = [match.end() for match in gaps.turn.finditer(passage.text, start, figure.start)]
    breaks += [match.end() for match in gaps.reason.finditer(passage.text, start, figure.start) if match["cause"]]
    start = max(breaks, default=start)
    cues = inside(passage.kinds, start, figure.start)
    state = reached = origin = False
    expected = _expected(cues)
    for cue in reversed(cues):
        gap = passage.text[cue.end : figure.start]
        kind = str(cue.set["kind"])
        if not _within_reach(cue, gap):
            continue
        if kind == "actual":
            reached = True
            state = state or not cue.set.get("weak")
        elif kind == "change":
            origin = origin or (not share.stepwise and bool(gaps.origin.search(gap)))
            if not share.stepwise and _is_change(cue, gap, reached, state or _level(gap, figure, passage, gaps)):
                return expected or "change"
        elif kind == "target":
            told = reached and (gaps.against.search(gap) or _renewed(passage, start, cue, gap, gaps))
            if not (origin or told):
                return kind
        else:
            return "target" if _aimed(cue, cues, passage) else kind
    return "actual" if cues else None


def _aimed(told: Cue, cues: list[Cue], passage: Passage) -> bool:
    """Whether a lower bar or an expectation is an aim: "ditargetkan minimal 80", "berharap bisa menembus 80 persen"."""
    if not told.set.get("aimed"):
        return False
    aims = (cue for cue in cues if cue.end <= told.start and cue.set["kind"] == "target")
    return any(told.start - cue.end <= _AIM_REACH and "," not in passage.text[cue.end : told.start] for cue in aims)


def _within_reach(cue: Cue, gap: str) -> bool:
    """Whether the words between a cue and the number leave it in the cue's reach."""
    reach = cue.set.get("reach")
    if reach == "adjacent":
        return len(gap) <= _ADJACENT
    return reach != "next" or (len(gap) <= _NEXT and not _NAME.search(gap))


def _is_change(cue: Cue, gap: str, reached: bool, level: bool) -> bool:
    if level or len(gap) > _CHANGE_REACH:
        return False
    return bool(cue.set.get("noun")) or not (reached or "," in gap)


def _renewed(passage: Passage, start: int, cue: Cue, gap: str, gaps: Gaps) -> bool:
    """Whether a new state is told after an aim: "target 80 persen, tercapai 75", "melebihi target ialah Blora"."""
    if gaps.told_next.search(gap):
        return False
    if gaps.renewed.search(gap):
        return True
    return bool(_NAME.search(gap) and gaps.surpassed.search(passage.text, start, cue.start))


def _level(gap: str, figure: FigureFound, passage: Passage, gaps: Gaps) -> bool:
    """Whether "turun hingga", "turun dibanding 2014 sebesar" name a level: a share that large is hardly a change."""
    if gaps.until.search(gap):
        return figure.value >= _STATE_FROM or figure.category == "abstention"
    start = figure.start - len(gap)
    compared = any(anchor.compared for anchor in passage.anchors if start <= anchor.start < figure.start)
    return compared and figure.value >= _COMPARED_STATE_FROM


def _joined(previous: FigureFound, figure: FigureFound, passage: Passage, gaps: Gaps) -> bool:
    """Whether the two shares are members of one enumeration."""
    gap = passage.text[previous.end : figure.start]
    if len(gap) > _JOINT_REACH or gaps.turn.search(gap):
        return False
    if previous.kind == "change":
        return len(gap) <= _JOINT_REACH // 2 and bool(gaps.conjunct.search(gap))
    return bool(gaps.joint.search(gap)) and not re.search(r"[.;:]\s", gap)
