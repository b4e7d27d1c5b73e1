"""Where the command begins: before anything is imported that takes time, so that Ctrl-C ends it in one line."""

from __future__ import annotations

import os
import signal
from types import FrameType

INTERRUPTED = 130


def main() -> int:
    """Runs the command and returns its exit status; see `extractor.cli.main`."""
    signal.signal(signal.SIGINT, _end)
    from extractor import cli

    try:
        return cli.main()
    except KeyboardInterrupt:
        return _told()


def begin() -> None:
    """Says that a verb begins, which deals with Ctrl-C itself."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(_told())


def _told() -> int:
    os.write(2, b"warta: stopped\n")
    return INTERRUPTED
