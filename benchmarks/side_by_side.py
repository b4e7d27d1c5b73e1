"""Ours and other tools in turn, pass by pass, so that all of them meet the machine in the same states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Speed, Spread, ratio
from benchmarks.peers import Peer, PeerError

Pass = Callable[[], float]


@dataclass(frozen=True)
class Taken:
    """What a tool took.

    Attributes:
        name: Its name, with the version.
        speed: Processor time of its passes.
        found: What it found in a pass; None where nothing is counted.
        peak: The most memory of its process in MB; None where that is measured elsewhere.
    """

    name: str
    speed: Speed
    found: int | None = None
    peak: float | None = None

    def times(self, other: Taken) -> Spread:
        """How many times as long as `other` it takes for an item."""
        return ratio(self.speed.each, other.speed.each)


@dataclass(frozen=True)
class Comparison:
    """Ours beside the others.

    Attributes:
        ours: Our ways of doing it, by name.
        others: The other tools, by name.
        missing: Why a tool was not measured, by name.
    """

    ours: dict[str, Taken]
    others: dict[str, Taken]
    missing: dict[str, str]


def in_turn(runners: Mapping[str, Pass], repeats: int) -> tuple[dict[str, tuple[float, ...]], dict[str, str]]:
    """Runs each of `runners` once to warm up and then `repeats` times, one after the other.

    Returns:
        The seconds that each took, pass by pass; and for those that broke down, why.
    """
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    missing: dict[str, str] = {}
    for number in range(repeats + 1):
        for name, runner in runners.items():
            if name in missing:
                continue
            try:
                took = runner()
            except PeerError as error:
                missing[name] = str(error)
            else:
                seconds[name] += [took] if number else []
    return {name: tuple(took) for name, took in seconds.items() if name not in missing}, missing


def compare(
    ours: Mapping[str, tuple[Pass, int]],
    tools: Sequence[str],
    paths: Sequence[Path],
    items: int,
    repeats: int,
    lexicons: Path | None = None,
) -> Comparison:
    """Measures ours and the tools.

    Args:
        ours: By name: what runs one of our passes and returns its seconds, and the number of items in it.
        tools: Names of the tools.
        paths: Their inputs.
        items: Number of items in these, which is a pass of theirs.
        repeats: Passes.
        lexicons: The file of phrases for tools that search with ours.
    """
    missing: dict[str, str] = {}
    peers: dict[str, Peer] = {}
    with ExitStack() as stack:
        for tool in tools:
            try:
                peers[tool] = stack.enter_context(Peer(tool, paths, lexicons))
            except PeerError as error:
                missing[tool] = str(error)
        runners = {name: run for name, (run, _) in ours.items()}
        seconds, broken = in_turn(runners | {tool: peer.one_pass for tool, peer in peers.items()}, repeats)
        others = {
            tool: Taken(f"{tool} {peer.version}", Speed(items, seconds[tool]), peer.found, peer.peak)
            for tool, peer in peers.items()
            if tool in seconds
        }
    own = {name: Taken(name, Speed(count, seconds[name])) for name, (_, count) in ours.items()}
    return Comparison(own, others, missing | broken)
