"""What a file holds, told by its first bytes before its ending."""

from __future__ import annotations

import re
from enum import StrEnum

from extractor.archive.inputs import looks_like_markup

HEAD_SIZE = 1 << 16


class Kind(StrEnum):
    """The forms that inputs are stored in."""

    PAGE = "page"
    JSON = "json"
    JSON_LINES = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    URLS = "urls"
    ZIP = "zip"
    TAR = "tar"
    WARC = "warc"
    ARC = "arc"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    ZSTD = "zstd"
    FOREIGN = "foreign"


COMPRESSED = frozenset({Kind.GZIP, Kind.BZIP2, Kind.ZSTD})
CONTAINERS = frozenset({Kind.ZIP, Kind.TAR, Kind.WARC, Kind.ARC, Kind.PARQUET})
PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt"})
_MAGIC = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"BZh", Kind.BZIP2),
    (b"\x28\xb5\x2f\xfd", Kind.ZSTD),
    (b"\x5d\x2a\x4d\x18", Kind.ZSTD),  # a skippable frame: the dictionary of a .warc.zst
    (b"PAR1", Kind.PARQUET),
    (b"WARC/", Kind.WARC),
    (b"filedesc://", Kind.ARC),
)
_ENDINGS = {
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".json": Kind.JSON,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".urls": Kind.URLS,
}
ARCHIVE_ENDINGS = {
    ".zip": Kind.ZIP,
    ".tar": Kind.TAR,
    ".tgz": Kind.GZIP,
    ".gz": Kind.GZIP,
    ".bz2": Kind.BZIP2,
    ".zst": Kind.ZSTD,
    ".warc": Kind.WARC,
    ".arc": Kind.ARC,
    ".parquet": Kind.PARQUET,
}
READ_ENDINGS = PAGE_ENDINGS | (_ENDINGS.keys() - {".json"}) | ARCHIVE_ENDINGS.keys()
_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,64}\{\s{0,64}"')
_URLS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:(?:#[^\n]*|https?://\S+(?:\t[^\n\t]+)?)?\r?\n)*https?://\S+(?:\t[^\n\t]+)?\s*\Z"
)
_DOCUMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def ending_of(name: str) -> str:
    """The last ending of a name in lower case, with its dot; empty where it has none."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def kind_of(head: bytes, name: str) -> Kind:
    """What a file holds.

    Args:
        head: Its first 64 KiB, or all of it.
        name: Its name; the ending tells apart what content cannot, such as one JSON object and a line of JSON Lines.

    Returns:
        FOREIGN for a file that bears the ending of an archive and holds something else.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return Kind.TAR
    ending = ending_of(name)
    if ending in ARCHIVE_ENDINGS and not looks_like_markup(head):
        return Kind.FOREIGN
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if _JSON_OBJECT.match(head):
        return Kind.JSON
    lines = head[: head.rfind(b"\n") + 1] if len(head) >= HEAD_SIZE else head
    return Kind.URLS if b"://" in lines[:300] and _URLS.match(lines) else Kind.PAGE


def is_document(head: bytes) -> bool:
    """Whether a file whose ending says nothing is an HTML page or an archive."""
    return _DOCUMENT.search(head[:4096]) is not None or any(head.startswith(magic) for magic, _ in _MAGIC[2:])
