"""Another tool's text extraction: run by the Python of that tool's environment, which has nothing of ours.

    python peer.py TOOL REPEATS COUNT PATH...

prints version, seconds of processor time of each pass over COUNT pages, and peak memory, as JSON.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import peak_megabytes


def trafilatura() -> Callable[[str], object]:
    """Main text and metadata, with the fallbacks that are on unless switched off."""
    from trafilatura import bare_extraction

    return lambda html: bare_extraction(html, with_metadata=True)


def newspaper4k() -> Callable[[str], object]:
    """Text, title, authors and date; no download, no images."""
    from newspaper import Article

    def parse(html: str) -> object:
        article = Article("https://example.org/a", language="id", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return article.text

    return parse


def main() -> None:
    """Measures one tool."""
    tool, repeats, count, *paths = sys.argv[1:]
    pages = [Path(path).read_bytes().decode("utf-8", "replace") for path in paths]
    extract = {"trafilatura": trafilatura, "newspaper4k": newspaper4k}[tool]()
    seconds = []
    for _ in range(int(repeats) + 1):
        begin = time.process_time()
        for number in range(int(count)):
            extract(pages[number % len(pages)])
        seconds.append(time.process_time() - begin)
    version = importlib.metadata.version(tool)
    print(json.dumps({"version": version, "seconds": seconds[1:], "peak": peak_megabytes()}))


if __name__ == "__main__":
    main()
