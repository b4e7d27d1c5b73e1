"""The closed vocabularies of the record: part of the contract with everyone who reads Warta's output.

Values are stable: they are added, never renamed.
"""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """What a percentage measures."""

    VOTER_TURNOUT = "voter_turnout"
    ABSTENTION = "abstention"
    VOTE_SHARE = "vote_share"
    POLL_SUPPORT = "poll_support"
    PARTICIPATION_OTHER = "participation_other"
    OTHER = "other"


class FigureKind(StrEnum):
    """Whether a figure was counted, aimed at, expected, or is a difference or a bar to pass."""

    ACTUAL = "actual"
    TARGET = "target"
    PROJECTION = "projection"
    CHANGE = "change"
    THRESHOLD = "threshold"


class RegionSource(StrEnum):
    """Where the region of a figure is named, from the closest to the widest."""

    SENTENCE = "sentence"
    LIST = "list"
    TABLE = "table"
    HEADING = "heading"
    FRAME = "frame"


class Status(StrEnum):
    """How a person stands to an office."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    CANDIDATE = "candidate"
    ELECT = "elect"


class TimexType(StrEnum):
    """The four types of a temporal expression in TIMEX3 (TimeML 1.2.1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Level(StrEnum):
    """The level of an administrative region; regency is kabupaten, city is kota."""

    COUNTRY = "country"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    DISTRICT = "district"
    VILLAGE = "village"


class PageType(StrEnum):
    """What kind of page the source was."""

    ARTICLE = "article"
    INDEX = "index"
    GALLERY = "gallery"
    PAYWALL = "paywall"
    ERROR = "error"
    EMPTY = "empty"


class BlockKind(StrEnum):
    """What kind of block a stretch of the article's text is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


class Modality(StrEnum):
    """Whether an event took place, is planned, is denied or is only supposed."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
