"""When a server is asked again after it could not answer."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\d{1,12}")


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks to wait; None where it is absent or means nothing.

    Args:
        value: Seconds, or a date of HTTP (RFC 9110, section 10.2.3).
        now: The present time, with a zone.
    """
    value = (value or "").strip()
    if value.isascii() and _SECONDS.fullmatch(value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def backoff(attempt: int, first: float) -> float:
    """Seconds to wait after the given attempt (from 1): `first`, twice that ..., and up to half of it more."""
    return first * 2.0 ** min(attempt - 1, 10) * random.uniform(1.0, 1.5)
