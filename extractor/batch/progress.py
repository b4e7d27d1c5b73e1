"""Tells a person how a run goes: a bar on a terminal, a line every ten seconds elsewhere, always on standard error."""

from __future__ import annotations

import sys
import time
from typing import Protocol

LINE_EVERY = 10.0


class Progress(Protocol):
    """What is told about a run."""

    def begin(self, size: int) -> None:
        """The run stands for so many bytes."""

    def note(self, sentence: str) -> None:
        """Something that a person should know."""

    def finished(self, size: int, inputs: int, failures: int) -> None:
        """A shard is done."""

    def update(self, inputs: int, failures: int) -> None:
        """So many inputs and failures of shards that are being worked on."""

    def end(self) -> None:
        """Nothing more will be told."""


class Quiet:
    """Tells nothing."""

    def begin(self, size: int) -> None:
        """See `Progress`."""

    def note(self, sentence: str) -> None:
        """See `Progress`."""

    def finished(self, size: int, inputs: int, failures: int) -> None:
        """See `Progress`."""

    def update(self, inputs: int, failures: int) -> None:
        """See `Progress`."""

    def end(self) -> None:
        """See `Progress`."""


class _Counting(Quiet):
    """Counts, and estimates the time left from the bytes of the shards that are done."""

    def begin(self, size: int) -> None:
        """See `Progress`."""
        self.size = max(size, 1)
        self.done = self.inputs = self.failures = self.now = 0
        self.start = time.monotonic()

    def finished(self, size: int, inputs: int, failures: int) -> None:
        """See `Progress`."""
        self.done += size
        self.inputs += inputs
        self.failures += failures

    def share(self) -> float:
        """Share of the bytes that are done; what is being worked on is taken to be like the rest."""
        a_page = self.done / self.inputs if self.inputs else 0.0
        return min((self.done + (self.now - self.inputs) * a_page) / self.size, 1.0)

    def rate(self) -> float:
        """Inputs a second."""
        return self.now / max(time.monotonic() - self.start, 0.001)

    def left(self) -> str:
        """Time left, as far as it can be told."""
        share = self.share()
        if share < 0.01:
            return "?"
        seconds = int((time.monotonic() - self.start) * (1 - share) / share)
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class Lines(_Counting):
    """A plain line every ten seconds."""

    def __init__(self) -> None:
        self.told = time.monotonic()

    def note(self, sentence: str) -> None:
        """See `Progress`."""
        sys.stderr.write(f"warta: {sentence}\n")

    def update(self, inputs: int, failures: int) -> None:
        """See `Progress`."""
        self.now = self.inputs + inputs
        if time.monotonic() - self.told >= LINE_EVERY:
            self.told = time.monotonic()
            sys.stderr.write(
                f"warta: {self.now} inputs, {self.failures + failures} failures, {self.rate():.0f} a second, "
                f"{self.share():.0%} done, {self.left()} left\n"
            )
            sys.stderr.flush()


class Bar(_Counting):
    """A bar with rate, time left and failures."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}"),
            console=Console(stderr=True),
            auto_refresh=False,  # a thread of its own would be in the way of forking
        )

    def begin(self, size: int) -> None:
        """See `Progress`."""
        super().begin(size)
        self._bar.start()
        self._task = self._bar.add_task("", total=1.0, told="")

    def note(self, sentence: str) -> None:
        """See `Progress`."""
        self._bar.console.print(f"warta: {sentence}", highlight=False, markup=False)

    def update(self, inputs: int, failures: int) -> None:
        """See `Progress`."""
        self.now = self.inputs + inputs
        told = f"{self.now} inputs, {self.failures + failures} failures, {self.rate():.0f}/s, {self.left()} left"
        self._bar.update(self._task, completed=self.share(), told=told)
        self._bar.refresh()

    def end(self) -> None:
        """See `Progress`."""
        self._bar.stop()


def progress_for(quiet: bool) -> Progress:
    """A bar on a terminal, lines elsewhere, nothing when `quiet`."""
    if quiet:
        return Quiet()
    return Bar() if sys.stderr.isatty() else Lines()
