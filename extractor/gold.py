"""Gold annotations: what a person found in an article, as the annotation guidelines define it.

A file `<id>.json` holds one article's annotation. Its strings are copied from the text; offsets and rules are not part
of it. Keys that are not listed here are left alone, so that a data set may keep notes of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import InputError
from extractor.record import Category, FigureKind, Status


class _Gold(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldRole(_Gold):
    """One role of an official."""

    role: str
    title: str
    organization: str | None = None
    region: str | None = None
    status: Status = Status.CURRENT
    period: str | None = None


class GoldOfficial(_Gold):
    """A named person with the roles that the text gives."""

    name: str
    rank: str | None = None
    roles: tuple[GoldRole, ...] = ()


class GoldDate(_Gold):
    """An expression that denotes a day, a month or a year."""

    text: str
    value: str | None = None


class GoldVenue(_Gold):
    """A named physical site."""

    name: str
    place: str | None = None


class GoldFigure(_Gold):
    """What percentages and counts share."""

    text: str
    value: float
    metric: str | None = None
    place: str | None = None
    event: str | None = None
    year: int | None = None


class GoldPercentage(GoldFigure):
    """A share in percent."""

    category: Category
    kind: FigureKind = FigureKind.ACTUAL


class GoldQuote(_Gold):
    """Direct speech: its first six words and who speaks."""

    starts: str
    speaker: str | None = None


class GoldEvent(_Gold):
    """The main event."""

    type: str
    organizer: str | None = None
    date: str | None = None
    venue: str | None = None
    place: str | None = None


class GoldArticle(_Gold):
    """The annotation of one article; `counts` is None where they were not annotated."""

    id: str
    officials: tuple[GoldOfficial, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    event: GoldEvent | None = None
    venues: tuple[GoldVenue, ...] = ()
    percentages: tuple[GoldPercentage, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    counts: tuple[GoldFigure, ...] | None = None


def read_gold(folder: Path) -> Iterator[GoldArticle]:
    """The annotations in `folder`, in the order of their file names; the file's stem is the article's id.

    Raises:
        InputError: The folder holds no annotation, or one is malformed.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError("bad-gold", f"{folder} holds no gold annotations; give a folder of <id>.json files")
    for path in paths:
        try:
            gold = GoldArticle.model_validate_json(path.read_bytes())
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "file"
            raise InputError("bad-gold", f"{path}: {where}: {first['msg']}") from None
        yield gold.model_copy(update={"id": path.stem})
