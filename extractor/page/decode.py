"""Bytes to text: what cannot be a page is refused, the encoding is found, broken encodings are repaired.

The order is that of the WHATWG Encoding Standard's sniffing (byte order mark, HTTP header, `<meta>`), with one
difference for archives: bytes that are valid UTF-8 are UTF-8, whatever the page declares, because many Indonesian
templates declare iso-8859-1 or us-ascii over UTF-8.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from extractor.errors import InputError
from extractor.record import Warning

MAX_SIZE = 16 * 1024 * 1024

_MAGIC = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BM",
    b"RIFF",
    b"\x7fELF",
    b"Rar!",
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE)
_LATIN = frozenset({"iso8859-1", "ascii", "cp1252", "latin-1"})
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x20)))
_SURROGATES = re.compile("[\ud800-\udfff]")
_MOJIBAKE_SIGNS = "ÂÃâï"
_MOJIBAKE_BYTE = b"\xc3"
_MOJIBAKE = re.compile("(?:[ÂÃ][\x80-\xbf‘’“”€™–—…]|â€|ï»¿|â[\x80-\x99])")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of an input, and what was unusual about its encoding.

    Attributes:
        text: The text.
        warnings: What was unusual.
        utf8: The input itself, where it is the text in UTF-8: parsers take it faster than the text.
    """

    text: str
    warnings: tuple[Warning, ...] = ()
    utf8: bytes | None = None


def refuse_others(source: object) -> None:
    """Raises a TypeError that says what to give, where an input is neither bytes nor text."""
    if not isinstance(source, (str, bytes)):
        kind = type(source).__name__
        raise TypeError(f"the input is a {kind}; give bytes or text, of a file what Path.read_bytes() returns")


def decode(source: str | bytes, charset: str | None = None) -> Decoded:
    """Decodes an input and refuses what holds nothing to read.

    Args:
        source: The page or text; a `str` is only checked and repaired.
        charset: Encoding named by the HTTP header.

    Raises:
        InputError: "empty-input", "binary-input" or "input-too-large" (more than 16 MiB, or as many code points).
        TypeError: The input is neither bytes nor text.
    """
    refuse_others(source)
    if len(source) > MAX_SIZE:
        raise InputError("input-too-large", "the input has more than 16 MiB; give one page at a time")
    if not source or source.isspace():
        raise InputError("empty-input", "the input is empty; give the page's HTML or the article's text")
    first = _decoded(source, charset) if isinstance(source, bytes) else Decoded(source)
    _refuse_binary(first.text)
    text = first.text.replace("\0", "").removeprefix("\ufeff")
    if isinstance(source, str) and not _encodable(text):
        text = _SURROGATES.sub("\ufffd", text)
    if not text or text.isspace():
        raise InputError("empty-input", "the input holds only control characters; give the page's HTML or text")
    warnings = first.warnings
    if _may_be_mojibake(text, first.utf8) and _MOJIBAKE.search(text):
        text, repaired = _repair(text)
        if repaired:
            detail = f"Wrongly decoded UTF-8 was repaired in {repaired} lines."
            warnings = (*warnings, Warning(code="mojibake-repaired", detail=detail))
    return Decoded(text, warnings, first.utf8 if text is first.text else None)


def _may_be_mojibake(text: str, utf8: bytes | None) -> bool:
    """Whether a sign of wrongly decoded UTF-8 stands in a text; in UTF-8 each of them begins with one byte."""
    if utf8 is not None and _MOJIBAKE_BYTE not in utf8:
        return False
    return any(sign in text for sign in _MOJIBAKE_SIGNS)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_binary(text: str) -> None:
    head = text[:8192]
    if head.lstrip("\0").startswith("<"):
        return
    source = head.encode("utf-8", "replace")
    if len(source) - len(source.translate(None, _CONTROLS)) > max(8, len(head) // 20):
        raise InputError(
            "binary-input", "the input is binary; give a page's HTML or text, not a picture, PDF or archive"
        )


def _decoded(source: bytes, charset: str | None) -> Decoded:
    if source.startswith(_MAGIC):
        raise InputError(
            "binary-input", "the input is a binary file; give a page's HTML or text, not a picture, PDF or archive"
        )
    for bom, name in _BOMS:
        if source.startswith(bom):
            return Decoded(source[len(bom) :].decode(name, "replace"))
    declared = _known(charset) or _known(_declared(source))
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(source, declared, error)
    if declared in (None, "utf-8") or text.isascii():
        return Decoded(text, utf8=source)
    if declared not in _LATIN:
        return Decoded(source.decode(declared, "replace"))
    mismatch = Warning(code="charset-mismatch", detail=f"The page declares {declared} but is UTF-8.")
    return Decoded(text, (mismatch,), source)


def _not_utf8(source: bytes, declared: str | None, error: UnicodeDecodeError) -> Decoded:
    """The page is not valid UTF-8: a broken character or two, another encoding, or a cut in the middle."""
    if declared == "utf-8" or error.start >= len(source) - 4:
        text = source.decode("utf-8", "replace")
        if (bad := text.count("\ufffd")) <= max(2, sum(byte > 0x7F for byte in source[:65536]) // 10):
            return Decoded(text, (Warning(code="undecodable-bytes", detail=f"{bad} bytes are not valid UTF-8."),))
    if declared and declared not in (*_LATIN, "utf-8"):
        return Decoded(source.decode(declared, "replace"))
    detail = f"The page is not UTF-8 and declares {declared or 'nothing'}; it was read as windows-1252."
    warnings = () if declared in _LATIN else (Warning(code="charset-guessed", detail=detail),)
    return Decoded(source.decode("cp1252", "replace"), warnings)


def _declared(source: bytes) -> str | None:
    found = _META.search(source, 0, 8192)
    return found[1].decode("ascii", "replace") if found else None


def _known(name: str | None) -> str | None:
    try:
        codec = codecs.lookup(name.strip()) if name else None
    except (LookupError, ValueError):
        return None
    # Codecs such as "hex" or "rot13" are no text encodings; UTF-16 cannot be declared by a page that could be read.
    text_like = codec is not None and getattr(codec, "_is_text_encoding", True)
    return codec.name if codec and text_like and not codec.name.startswith(("utf-16", "utf-32")) else None


def _repair(text: str) -> tuple[str, int]:
    """Repairs the lines in which UTF-8 was decoded as windows-1252, where ftfy is certain of it."""
    import ftfy

    lines = text.split("\n")
    repaired = 0
    for number, line in enumerate(lines):
        if len(line) < 100_000 and _MOJIBAKE.search(line):
            fixed = ftfy.fix_encoding(line)
            repaired += fixed != line
            lines[number] = fixed
    return "\n".join(lines), repaired
