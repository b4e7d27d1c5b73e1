"""Runs other tools, each in an environment of its own: their requirements exclude each other (lxml)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from benchmarks.corpora import ROOT

REQUIREMENTS = {
    "trafilatura": ["trafilatura>=2", "lxml_html_clean"],
    "newspaper4k": ["newspaper4k>=0.9", "lxml_html_clean"],
    "readability-lxml": ["readability-lxml>=0.8", "lxml_html_clean"],
    "dateparser": ["dateparser>=1.2"],
    "spacy entity ruler": ["spacy>=3.8,<4"],
    "edsnlp": ["edsnlp>=0.17"],
}
FROM_HTML = ("trafilatura", "newspaper4k", "readability-lxml")
FROM_TEXT = ("edsnlp", "spacy entity ruler")


class PeerError(Exception):
    """A tool could not be installed or broke down; the message says why in a few words."""


class Peer:
    """Another tool in a process of its own, as a context manager.

    Attributes:
        version: Its version.
        found: What it found in the last pass; see `benchmarks.peer_tools`.
        peak: The most memory of its process so far, in MB.
    """

    def __init__(self, tool: str, paths: Iterable[Path], lexicons: Path | None = None) -> None:
        """Takes the inputs: pages (.html) or one file of articles (.jsonl), and the file of phrases."""
        self.tool, self.version, self.found, self.peak = tool, "", 0, 0.0
        self._job = {"tool": tool, "paths": [str(path) for path in paths], "lexicons": lexicons and str(lexicons)}
        self._process: subprocess.Popen[str] | None = None
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by __exit__)

    def __enter__(self) -> Self:
        """Starts it, after installing it where that was not done yet; `PeerError` when either fails."""
        try:
            command = [str(environment(self.tool)), "-P", str(Path(__file__).with_name("peer.py"))]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
                env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
            )
            self.version = self._ask(json.dumps(self._job))["version"]
        except OSError as error:
            self._end()
            raise PeerError(f"it could not be started: {error.strerror}") from None
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def one_pass(self) -> float:
        """Seconds of processor time of one pass over the inputs; `PeerError` when it breaks down."""
        told = self._ask("pass")
        self.found, self.peak = told["found"], told["peak"]
        return float(told["seconds"])

    def _ask(self, line: str) -> dict[str, Any]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            pass  # why it ended is told below
        answer = process.stdout.readline()
        if not answer:
            raise PeerError(f"it ended with status {process.wait()}: {self._last_error()}")
        told: dict[str, Any] = json.loads(answer)
        return told

    def _last_error(self) -> str:
        self._errors.seek(0)
        return last_line(self._errors.read().decode("utf-8", "replace"))

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._errors.close()


def environment(tool: str) -> Path:
    """The Python of the tool's environment, which is made on first use; `PeerError` when that fails."""
    folder = ROOT / f".venv-bench-{tool.replace(' ', '-')}"
    python, stamp = folder / "bin" / "python", folder / ".installed"
    if not stamp.is_file():
        print(f"installing {tool} into {folder.name}", file=sys.stderr)
        _installing([sys.executable, "-m", "venv", str(folder)])
        _installing([str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS[tool]])
        stamp.touch()
    return python


def last_line(text: str) -> str:
    """The last line of what a process complained, short, and without folders of this machine."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["it told nothing"]
    words = (Path(word).name if word.count("/") > 1 else word for word in lines[-1].split())
    return " ".join(words)[:100]


def _installing(command: Sequence[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise PeerError(f"it could not be installed: {last_line(done.stderr)}")
