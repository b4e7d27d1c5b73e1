"""Runs shards in processes, one process a shard, and ends those that take too long.

A process that dies is replaced; its shard goes on at the first part that is missing. A page that took too long is
blamed at once, one at which a process died when it happens a second time: the first time may have been chance, such
as the kernel's killer choosing it. Blames are kept, so that a resumed run does not meet the page again.
"""

from __future__ import annotations

import json
import multiprocessing as mp
import os
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from typing import Any

from extractor.batch.parts import Store
from extractor.batch.progress import Progress
from extractor.batch.worker import CANNOT_WRITE, DONE, STRICT, STRICT_NAME, Blame, Field, Task, work
from extractor.errors import InputError, WartaError

BLAMED_NAME = "blamed.jsonl"
TIMEOUT_CODE = "page-timeout"
DEATH_CODE = "worker-died"
READING_FACTOR = 10
"""Reading to the next page may pass over much that is none; it may take so many times as long as a page."""
MOST_DEATHS = 2
_POLL = 0.1
_BOARD_SIZE = len(Field)


@dataclass(slots=True)
class _Running:
    task: Task
    process: ForkProcess
    board: Any
    timed_out: bool = False


@dataclass(slots=True)
class Watch:
    """Runs tasks in processes.

    Attributes:
        store: Where the parts go.
        workers: Number of processes at a time.
        seconds: Most time a page may take.
        memory: Most memory in MiB a page may take beyond what its process holds.
        strict: Whether to stop at the first failure.
        progress: Told how it goes.
        deaths: Number of processes that died unasked.
        peak: Largest memory of a process in MiB.
        samples: Times and memory of workers in MiB, for the report.
    """

    store: Store
    workers: int
    seconds: float
    memory: int
    strict: bool
    progress: Progress
    deaths: int = 0
    peak: float = 0.0
    samples: list[tuple[float, float]] = field(default_factory=list)
    _running: list[_Running] = field(default_factory=list)
    _died: Counter[tuple[str, int, bool]] = field(default_factory=Counter)
    _blamed: dict[str, dict[int, Blame]] = field(default_factory=dict)

    def run(self, tasks: Iterable[Task]) -> None:
        """Works through all tasks that are not done yet.

        Raises:
            InputError: A strict run met a failure.
            OSError: A part cannot be written.
            WartaError: A process dies before it has begun.
        """
        self._blamed = _read_blames(self.store)
        pending = (task for task in tasks if self.store.finished(task.name) is None)
        try:
            while self._fill(pending):
                wait([running.process.sentinel for running in self._running], timeout=_POLL)
                for running in list(self._running):
                    self._look_after(running)
                self.progress.update(self._count(Field.INPUTS), self._count(Field.FAILURES))
        finally:
            for running in self._running:
                running.process.kill()
            for running in self._running:
                running.process.join()
            self._running.clear()

    def _fill(self, pending: Iterator[Task]) -> bool:
        while len(self._running) < self.workers and (task := next(pending, None)):
            self._start(task)
        return bool(self._running)

    def _start(self, task: Task) -> None:
        context = mp.get_context("fork")
        board = context.RawArray("d", _BOARD_SIZE)
        board[Field.INDEX] = -1
        board[Field.SINCE] = time.monotonic()
        self.store.part(task.name, 0).parent.mkdir(parents=True, exist_ok=True)
        process = context.Process(
            target=work,
            args=(task, self.store, board, self._blamed.get(task.name, {})),
            kwargs={"strict": self.strict, "memory": self.memory},
        )
        process.start()
        self._running.append(_Running(task, process, board))

    def _look_after(self, running: _Running) -> None:
        self._sample(running)
        if running.process.exitcode is not None:
            self._ended(running)
        elif not running.timed_out and self._too_long(running):
            running.timed_out = True
            running.process.kill()

    def _too_long(self, running: _Running) -> bool:
        """Looked at twice, as the worker may be between two of its notes."""
        return all(self._age_exceeded(running) for _ in range(2))

    def _age_exceeded(self, running: _Running) -> bool:
        most = self.seconds * (1 if running.board[Field.EXTRACTING] else READING_FACTOR)
        since: float = running.board[Field.SINCE]
        return time.monotonic() - since > most

    def _ended(self, running: _Running) -> None:
        self._running.remove(running)
        status = running.process.exitcode
        running.process.join()
        self.peak = max(self.peak, running.board[Field.PEAK])
        if status == DONE:
            self.progress.finished(
                running.task.size, int(running.board[Field.INPUTS]), int(running.board[Field.FAILURES])
            )
            return
        if status == CANNOT_WRITE:
            number = int(running.board[Field.ERRNO])
            raise OSError(number, os.strerror(number), str(self.store.folder))
        if status == STRICT:
            failure = json.loads((self.store.folder / STRICT_NAME).read_bytes())
            raise InputError(failure["code"], f"stopped at the first failure: {failure['sentence']}")
        self._died_at(running, status)
        self._start(running.task)

    def _died_at(self, running: _Running, status: int | None) -> None:
        index, reading = int(running.board[Field.INDEX]), not running.board[Field.EXTRACTING]
        name = running.task.name
        key = (name, index, reading)
        if running.timed_out:
            limit = self.seconds * (READING_FACTOR if reading else 1)
            self._blame(name, index, Blame(reading, TIMEOUT_CODE, f"it took more than {limit:g} seconds"))
            return
        self.deaths += 1
        self._died[key] += 1
        cause = _cause(status)
        self.progress.note(f"a worker was {cause} at input {index + 1} of shard {name}; it is replaced")
        if self._died[key] >= MOST_DEATHS:
            if index < 0:
                raise WartaError(f"workers are {cause} before they begin; free some memory or use fewer --workers")
            self._blame(name, index, Blame(reading, DEATH_CODE, f"its worker was {cause}, twice"))

    def _blame(self, shard: str, index: int, blame: Blame) -> None:
        self._blamed.setdefault(shard, {})[index] = blame
        line = "\n" + json.dumps({"shard": shard, "index": index, **asdict(blame)}) + "\n"
        with (self.store.folder / BLAMED_NAME).open("a", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _sample(self, running: _Running) -> None:
        if memory := running.board[Field.MEMORY]:
            self.samples.append((time.monotonic(), memory))
            running.board[Field.MEMORY] = 0.0

    def _count(self, what: Field) -> int:
        return sum(int(running.board[what]) for running in self._running)


def _cause(status: int | None) -> str:
    if status is not None and status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"ended with status {status}"


def _read_blames(store: Store) -> dict[str, dict[int, Blame]]:
    blamed: dict[str, dict[int, Blame]] = {}
    try:
        lines = (store.folder / BLAMED_NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    for line in lines:
        if line.endswith("}"):  # a line may be torn
            row = json.loads(line)
            blame = Blame(row["reading"], row["code"], row["reason"])
            blamed.setdefault(row["shard"], {})[row["index"]] = blame
    return blamed
