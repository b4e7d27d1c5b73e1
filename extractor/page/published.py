"""Chooses the time of publication among everything that a page claims.

Templates carry dates of years ago, sidebars the day of the crawl, JSON-LD is in UTC on some sites and local time
labelled `+00:00` on others. So every claim votes for a day, the best-placed claim of the winning day is taken, and the
visible time decides what its zone means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from extractor.page.times import MINUTE, Moment

WIB: Final = timedelta(hours=7)
_TEMPLATE: Final = timedelta(days=366)
_OUTVOTED: Final = 3.0
_LOCAL_OFFSETS: Final = (timedelta(hours=7), timedelta(hours=8), timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Claim:
    """A time that the page claims.

    Attributes:
        moment: The time.
        place: Where it stands.
        raw: The words there.
        weight: Its vote for a day.
        trusted: Whether a site profile says that its zone is right.
    """

    moment: Moment
    place: str
    raw: str
    weight: float = 1.0
    trusted: bool = False

    @property
    def visible(self) -> bool:
        """Whether readers see it."""
        return self.place.startswith("visible")

    @property
    def of_element(self) -> bool:
        """Whether it stands in an element made for a time, rather than in a line that readers see."""
        return self.visible and self.place != "visible:date-line"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen time, its claim, a claim of another day, and whether its zone is only assumed."""

    moment: Moment
    claim: Claim
    conflict: Claim | None = None
    assumed: bool = False


def choose(claims: Sequence[Claim], donors: Sequence[Moment] = (), url: date | None = None) -> Choice | None:
    """The time of publication among claims, which come best first.

    Args:
        claims: What the page claims.
        donors: Further times on the page, such as the last change, which may tell the zone.
        url: The day in the address.
    """
    if not claims:
        return None
    days = {id(claim): _local(claim, claims).digits.date() for claim in claims}
    votes: dict[date, float] = {url: 1.5} if url else {}
    for claim in claims:
        votes[days[id(claim)]] = votes.get(days[id(claim)], 0.0) + claim.weight
    order = list(days.values())
    winner = max(votes, key=lambda day: (votes[day], -(order.index(day) if day in order else len(order))))
    best = [claim for claim in claims if days[id(claim)] == winner] or list(claims)
    timed = [claim for claim in best if claim.moment.has_time] or best
    chosen = next((claim for claim in timed if claim.trusted), timed[0])
    moment = _zoned(chosen, claims, donors)
    if not moment.has_seconds and (finer := _finer(moment, timed)):
        moment = finer
    conflict = next((c for c in claims if _contradicts(c, days[id(c)] - winner, votes[winner])), None)
    return Choice(moment, chosen, conflict, _assumed(chosen, claims, donors))


def _contradicts(claim: Claim, apart: timedelta, votes: float) -> bool:
    """Whether a claim of another day is worth a warning; a date of years ago in an element is the template's."""
    if abs(apart) <= timedelta(days=1) or claim.weight < 1.0:
        return False
    return abs(apart) <= _TEMPLATE or not (claim.of_element or votes >= _OUTVOTED * claim.weight)


def _assumed(claim: Claim, claims: Sequence[Claim], donors: Sequence[Moment]) -> bool:
    """Whether a time is labelled UTC and nothing on the page tells if that is so."""
    if claim.trusted or not claim.moment.has_time or claim.moment.when.utcoffset() != timedelta(0):
        return False
    others = [*(c.moment for c in claims if c is not claim), *donors]
    return not any(other.has_time and other.when.utcoffset() != timedelta(0) for other in others)


def _local(claim: Claim, claims: Sequence[Claim]) -> Moment:
    """The claim in local time, as far as the other claims tell."""
    return _zoned(claim, claims, ())


def _zoned(claim: Claim, claims: Sequence[Claim], donors: Sequence[Moment]) -> Moment:
    """The claim's moment with the zone that the other claims bear out."""
    moment = claim.moment
    if not moment.has_time or claim.trusted:
        return moment
    offset = moment.when.utcoffset()
    if offset:
        return moment
    others = [c.moment for c in claims if c is not claim and c.moment.has_time] + [d for d in donors if d.has_time]
    if offset is None:
        same = next((o for o in others if _same_digits(o, moment) and o.when.utcoffset()), None)
        return moment.in_zone(same.when.utcoffset()) if same else moment
    seen = [o for o in others if o.when.utcoffset() != timedelta(0)]
    for other in seen:
        shift = other.digits - moment.digits
        near = next((local for local in _LOCAL_OFFSETS if abs(shift - local) < MINUTE), None)
        if near is not None:
            return moment.moved_to(near)
    same = next((o for o in seen if _same_digits(o, moment)), None)
    if same is not None:
        return moment.in_zone(same.when.utcoffset())
    return moment.moved_to(WIB)


def _same_digits(one: Moment, other: Moment) -> bool:
    return abs(one.digits - other.digits) < MINUTE


def _finer(moment: Moment, claims: Sequence[Claim]) -> Moment | None:
    """The same minute with its seconds, from another claim."""
    for claim in claims:
        if claim.moment.has_seconds and _same_digits(claim.moment, moment):
            return claim.moment.in_zone(moment.when.utcoffset())
    return None
