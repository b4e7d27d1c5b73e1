"""What one process does: reads a shard, extracts its pages, writes parts; a board tells the watch how it stands."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Protocol

from extractor.archive import Failure, Input
from extractor.batch.outcome import keys_of
from extractor.batch.parts import PART_SIZE, Store, line_of, write_whole
from extractor.record import Record

DONE, CANNOT_WRITE, STRICT = 0, 74, 75
STRICT_NAME = "strict.json"
_PR_SET_PDEATHSIG = 1
_STATM = Path("/proc/self/statm")


class Field(IntEnum):
    """The numbers that a worker keeps on its board."""

    EXTRACTING = 0
    INDEX = 1
    SINCE = 2
    INPUTS = 3
    FAILURES = 4
    MEMORY = 5
    ERRNO = 6
    PEAK = 7


class Board(Protocol):
    """Numbers in memory that is shared with the watch, by `Field`."""

    def __setitem__(self, field: int, value: float) -> None: ...

    def __getitem__(self, field: int) -> float: ...


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be worked through.

    Attributes:
        name: Name of the shard, which its parts bear.
        inputs: Reads it; the same items in the same order every time. None stands for what is no page.
        outcome: The record of an input, or why there is none.
        size: Number of bytes that it stands for, about.
    """

    name: str
    inputs: Callable[[], Iterator[Any]]
    outcome: Callable[[Any], Record | Failure]
    size: int


@dataclass(frozen=True, slots=True)
class Blame:
    """An input that a worker could not survive: while it was read or extracted, with code and reason."""

    reading: bool
    code: str
    reason: str


def work(
    task: Task, store: Store, board: Board, blamed: Mapping[int, Blame], *, strict: bool, memory: int | None
) -> None:
    """Works through a shard from the first part that is missing, and ends the process.

    Exit status: DONE, CANNOT_WRITE with the error's number on the board, or STRICT at a failure in a strict run.
    """
    _die_with_parent()
    _give_memory_back()
    if memory is not None:
        _limit_memory(memory)
    try:
        status = _work(task, store, board, blamed, strict)
    except OSError as error:
        board[Field.ERRNO] = error.errno or 0
        status = CANNOT_WRITE
    board[Field.PEAK] = _peak_memory()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # nothing of the parent's, such as its open files and exit handlers, is the child's to end


def _work(task: Task, store: Store, board: Board, blamed: Mapping[int, Blame], strict: bool) -> int:
    parts = store.parts_so_far(task.name)
    inputs = left_out = 0
    lines: list[bytes] = []
    for item in _guarded(task, board, blamed):
        if item is None:
            left_out += 1
            continue
        inputs += 1
        if inputs > parts * PART_SIZE:
            outcome = _outcome(task, item, board, inputs - 1, blamed)
            failed = isinstance(outcome, Failure)
            if failed and strict:
                lines_of_failure = line_of(outcome, None)[2:]
                write_whole(store.folder / STRICT_NAME, lines_of_failure)
                return STRICT
            board[Field.FAILURES] += failed
            board[Field.INPUTS] += 1
            lines.append(line_of(outcome, None if isinstance(outcome, Failure) else keys_of(outcome)))
            if len(lines) == PART_SIZE:
                write_whole(store.part(task.name, parts), b"".join(lines))
                parts += 1
                lines.clear()
                board[Field.MEMORY] = _memory()
        _reading(board, inputs)
    if lines:
        write_whole(store.part(task.name, parts), b"".join(lines))
        parts += 1
    board[Field.MEMORY] = _memory()
    store.finish(task.name, parts, inputs, left_out)
    return DONE


def _guarded(task: Task, board: Board, blamed: Mapping[int, Blame]) -> Iterator[Any]:
    """The items of a shard, up to the one that a worker could not survive reading."""
    _reading(board, 0)
    number = 0
    last = task.name
    stuck = {index: blame for index, blame in blamed.items() if blame.reading}
    try:
        reader = task.inputs()
        while number not in stuck:
            item = next(reader, StopIteration)
            if item is StopIteration:
                return
            if item is not None:
                number += 1
                last = getattr(item, "source", last)
            yield item
        sentence = f"what follows {last} could not be read: {stuck[number].reason}; the rest of that source is left"
        yield Failure(last, stuck[number].code, sentence)
    except OSError as error:
        yield Failure(last, "unreadable-source", f"what follows {last} could not be read: {error.strerror or error}")
    except Exception as error:
        sentence = f"what follows {last} could not be read: {type(error).__name__}: {error}; please report it"
        yield Failure(last, "internal-error", " ".join(sentence.split())[:500])


def _outcome(task: Task, item: Any, board: Board, index: int, blamed: Mapping[int, Blame]) -> Record | Failure:
    if isinstance(item, Failure):
        return item
    blame = blamed.get(index)
    if blame and not blame.reading:
        position = item.position if isinstance(item, Input) else None
        return Failure(item.source, blame.code, f"{item.source}: {blame.reason}", position)
    board[Field.INDEX] = index
    board[Field.SINCE] = time.monotonic()
    board[Field.EXTRACTING] = 1
    return task.outcome(item)


def _reading(board: Board, index: int) -> None:
    board[Field.SINCE] = time.monotonic()
    board[Field.EXTRACTING] = 0
    board[Field.INDEX] = index


def _die_with_parent() -> None:
    """Asks the kernel to end this process when its parent is gone, however that ended (Linux)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _give_memory_back() -> None:
    """Lets Arrow take memory from the system's allocator, which holds on to a third less of it than its own."""
    if arrow := sys.modules.get("pyarrow"):
        arrow.set_memory_pool(arrow.system_memory_pool())


def _limit_memory(mebibytes: int) -> None:
    """Lets the process take so much memory beyond what it has; further requests raise MemoryError (Unix)."""
    if sys.platform != "linux":
        return
    import resource

    now = int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + mebibytes * 2**20, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _memory() -> float:
    """Memory of this process in MiB, as far as the system tells."""
    if sys.platform != "linux":
        return _peak_memory()
    return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _peak_memory() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**10 if sys.platform == "linux" else 2**20)
