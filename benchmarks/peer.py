"""Another tool at work: run by the Python of that tool's environment, which has nothing of ours.

    python -P peer.py

The first line of standard input is a job in JSON: `tool`, `paths` (pages in HTML, or one file of articles in JSON
Lines) and `lexicons` (the file that `benchmarks.lexicons` writes, or null). The answer names the `version`. Each
further line asks for one pass over all inputs, answered by `seconds` of processor time, what was `found`, and the
`peak` memory of the process in MB.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import peak_megabytes
from benchmarks.peer_tools import TOOLS, Tool


def inputs(paths: list[str]) -> list[str]:
    """The pages as text, or the texts of the articles."""
    found = []
    for path in map(Path, paths):
        content = path.read_bytes().decode("utf-8", "replace")
        found += [json.loads(line)["text"] for line in content.splitlines()] if path.suffix == ".jsonl" else [content]
    return found


def one_pass(tool: Tool, texts: list[str]) -> dict[str, Any]:
    """Runs a tool over all inputs once, with a clock around it."""
    begin = time.process_time()
    found = sum(map(tool, texts))
    return {"seconds": time.process_time() - begin, "found": found, "peak": peak_megabytes()}


def main() -> None:
    """Answers until standard input ends; what the tool itself prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(told: dict[str, Any]) -> None:
        print(json.dumps(told), file=answers, flush=True)

    job = json.loads(sys.stdin.readline())
    lexicons = json.loads(Path(job["lexicons"]).read_bytes()) if job["lexicons"] else {}
    package, make = TOOLS[job["tool"]]
    tool, texts = make(lexicons), inputs(job["paths"])
    answer({"version": importlib.metadata.version(package)})
    for _ in sys.stdin:
        answer(one_pass(tool, texts))


if __name__ == "__main__":
    main()
