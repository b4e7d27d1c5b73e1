"""Runs other tools, each in an environment of its own: their requirements exclude each other (lxml)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import ROOT, Pages
from benchmarks.measure import Speed

TOOLS = {"trafilatura": ["trafilatura>=2", "lxml_html_clean"], "newspaper4k": ["newspaper4k>=0.9", "lxml_html_clean"]}


@dataclass(frozen=True)
class Peer:
    """What another tool took."""

    tool: str
    version: str
    speed: Speed
    peak: float


def peer(tool: str, pages: Pages, repeats: int) -> Peer:
    """Measures a tool on `pages`.

    Raises:
        subprocess.CalledProcessError: The tool cannot be installed or fails.
    """
    count = min(pages.count, 2 * len(pages.paths))
    script = Path(__file__).with_name("peer.py")
    command = [str(_python(tool)), str(script), tool, str(repeats), str(count), *map(str, pages.paths)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, env=environment
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return Peer(tool, told["version"], Speed(count, tuple(told["seconds"])), told["peak"])


def peer_rows(pages: Pages, repeats: int, columns: int, cells: Callable[[Peer], str]) -> Iterator[str]:
    """A row for each tool: its name, then the `columns` that `cells` makes of what it took, or why there are none."""
    for tool in TOOLS:
        try:
            other = peer(tool, pages, repeats)
        except subprocess.CalledProcessError as error:
            yield f"| {tool} | not measured: exit status {error.returncode} |{' |' * (columns - 1)}"
        else:
            yield f"| {tool} {other.version} | {cells(other)} |"


def _python(tool: str) -> Path:
    """The Python of the tool's environment, which is made on first use."""
    folder = ROOT / f".venv-bench-{tool}"
    python, stamp = folder / "bin" / "python", folder / ".installed"
    if not stamp.is_file():
        print(f"installing {tool} into {folder.name}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *TOOLS[tool]], check=True)
        stamp.touch()
    return python
