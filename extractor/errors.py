"""Errors that callers may catch; every message says what was wrong, where, and what to do."""

from __future__ import annotations


class WartaError(Exception):
    """Base of every error that Warta raises on purpose."""


class InputError(WartaError, ValueError):
    """The input holds nothing that can be read: empty, binary, larger than the limit, or wrongly described.

    Attributes:
        code: Stable code, listed in docs/warnings.md ("empty-input", "binary-input", "bad-published" ...).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.code, str(self))


class PatternError(WartaError, ValueError):
    """A file of rule data is malformed; the message begins with the file and, where known, the line."""
