"""Why a page could not be fetched."""

from __future__ import annotations

from extractor.errors import InputError


class FetchError(InputError):
    """A page, a list of addresses or a robots.txt that could not be fetched.

    Attributes:
        code: Stable code, listed in docs/warnings.md ("not-found", "robots-disallowed" ...).
        temporary: Whether it may go better later.
        retry_after: Seconds after which the server asks to be called again, None where it does not say.
    """

    def __init__(self, code: str, message: str, *, temporary: bool = False, retry_after: float | None = None) -> None:
        super().__init__(code, message)
        self.temporary = temporary
        self.retry_after = retry_after
