"""What Ctrl-C and SIGTERM do to a run."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Stops:
    """Waits for SIGINT and SIGTERM, as a context manager: the first one stops the run, the second one ends it at once.

    A signal that comes before there is a run to stop is kept for it.
    """

    def __init__(self) -> None:
        self._stop: Callable[[], None] | None = None
        self._asked = self._over = False
        self._handled: dict[int, object] = {}

    def __enter__(self) -> Self:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            before = signal.getsignal(number)
            with contextlib.suppress(ValueError, NotImplementedError, RuntimeError):  # not in the main thread
                self._loop.add_signal_handler(number, self._signal)
                self._handled[number] = before
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._handled.items():
            self._loop.remove_signal_handler(number)
            signal.signal(number, before)  # type: ignore[arg-type]

    def at_first(self, stop: Callable[[], None]) -> None:
        """Says what the first signal does; it is done at once where the signal has come already."""
        self._stop = stop
        if self._asked:
            stop()

    def over(self) -> None:
        """Says that the work is done: from now on signals change nothing, as what is left takes a moment."""
        self._over = True

    def _signal(self) -> None:
        if self._over:
            return
        if self._asked and self._task is not None:
            self._task.cancel()
        self._asked = True
        if self._stop is not None:
            self._stop()
