"""Rule data that was parsed when the package was built, since parsing YAML takes as long as all else of loading it.

A file is known by the hash of its bytes: one that was edited since, or is the user's own, is simply not found here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_DAY = "$date"  # YAML knows dates, JSON does not
STORE = Path(__file__).with_name("_parsed.json")


def parsed(source: bytes) -> Any:
    """The data of a YAML file with these bytes; None where it was not parsed before."""
    return _stored().get(hashlib.sha256(source).hexdigest())


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    try:
        stored: dict[str, Any] = _read(STORE.read_bytes())
    except (OSError, ValueError):
        return {}
    return stored


def store_of(paths: Iterable[Path], parse: Callable[[bytes], Any]) -> str:
    """The store for some files, as JSON; one whose data JSON would change is left out."""
    sources = (path.read_bytes() for path in sorted(paths))
    data = {hashlib.sha256(source).hexdigest(): parse(source) for source in sources}
    return _written({key: value for key, value in data.items() if _survives(value)})


def _survives(value: Any) -> bool:
    try:
        return bool(_read(_written(value)) == value)
    except TypeError:
        return False


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_day)


def _read(source: str | bytes) -> Any:
    return json.loads(source, object_hook=lambda item: date.fromisoformat(item[_DAY]) if _DAY in item else item)


def _day(value: object) -> dict[str, str]:
    if type(value) is not date:
        raise TypeError(f"JSON has no {type(value).__name__}")
    return {_DAY: value.isoformat()}
