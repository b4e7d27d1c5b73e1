"""`python -m benchmarks.counts_run SET...`: reads every article of sets once, with counters; prints them as JSON.

A process of its own, for the counters must be in place before our modules are loaded. A set's first article is read
beforehand, so that what is made on first use is not counted; caches are otherwise as they are for articles never seen.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from benchmarks.corpora import ROOT, SHARED, Article, texts
from benchmarks.counts_boundary import watch, watch_tokenizer
from benchmarks.counts_loader import Place, Tally, install

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

SAMPLES, PAGES, TEXTS = "samples", "shared pages", "shared texts"
RUNS = ((SAMPLES,), (PAGES, TEXTS))
SETS = tuple(name for run in RUNS for name in run)
TEXT_COUNT = 200
_FOLDERS = {SAMPLES: ROOT / "samples", PAGES: SHARED / "pages"}
_CORPUS = SHARED / "corpus" / "articles.jsonl"
STAGES = (
    *("page", "tokens", "sentences", "regions", "dates", "officials", "quotes", "venues", "figures", "events"),
    "record",
)
COUNTED = (
    *("Matcher calls", "Matcher tokens", "PhraseMatcher calls", "PhraseMatcher tokens"),
    *("texts tokenized", "tokens made", "lexicon look-ups"),
    *("regex calls", "regex characters", "regexes compiled"),
    *("soups", "soup characters", "soup nodes"),
    *("parses", "bytes parsed", "CSS queries", "characters of nodes' texts"),
    *("days asked of dateparser", "dateparser calls", "models built"),
    *("function calls", "turns of loops", *(f"steps of {stage}" for stage in STAGES)),
)
_LOOK_UPS = (("extractor.language.phrases", "PhraseTable.at"), ("extractor.language.gazetteer", "Gazetteer.lookup"))
_PARTS = {"region_names": "regions", "region_readings": "regions", "gazetteer": "regions", "venue_names": "venues"}

Read = Callable[["Extractor"], object]


def are_present(names: Iterable[str]) -> bool:
    """Whether sets are there: the shared ones are no part of the repository."""
    return all((_CORPUS if name == TEXTS else _FOLDERS[name]).exists() for name in names)


def articles_of(name: str) -> list[Read]:
    """How to read each article of a set, in order."""
    if name == TEXTS:
        return [_text(article) for article in texts(TEXT_COUNT)]
    return [_page(path.read_bytes()) for path in sorted(_FOLDERS[name].glob("*.html"))]


def _page(html: bytes) -> Read:
    return lambda extractor: extractor.extract(html)


def _text(article: Article) -> Read:
    return lambda extractor: extractor.extract_text(**article)


def stage_of(module: str) -> str:
    """The stage that a module of ours belongs to; what several components share counts to "tokens"."""
    _, room, *inner = module.split(".")
    if room == "page":
        return "page"
    part = inner[0] if room == "language" and inner else ""
    part = _PARTS.get(part, part)
    return part if part in STAGES else ("tokens" if room == "language" else "record")


def count(*names: str) -> dict[str, Any]:
    """Reads sets and tells the counts of each; may be called once in a process, before our modules are loaded."""
    tally = Tally()
    watch(tally.told)
    install(tally)
    from extractor.pipeline import load

    extractor = load()
    watch_tokenizer(extractor.nlp, tally.told)
    return {name: _count(articles_of(name), extractor, tally) for name in names}


def _count(reads: list[Read], extractor: Extractor, tally: Tally) -> dict[str, Any]:
    from extractor.language.dates.fallback import parse_day

    reads[0](extractor)
    before, asked = tally.read(), parse_day.cache_info()
    for read in reads:
        read(extractor)
    after, now = tally.read(), parse_day.cache_info()
    told, calls, turns = after[0] - before[0], after[1] - before[1], after[2] - before[2]
    told["days asked of dateparser"] = now.hits + now.misses - asked.hits - asked.misses
    _tell_steps(told, calls, turns)
    steps = Counter({".".join(place): steps for place, steps in (calls + turns).items()})
    return {
        "articles": len(reads),
        "counts": {name: told[name] for name in COUNTED},
        "functions": dict(sorted(steps.items(), key=lambda item: (-item[1], item[0]))[:100]),
    }


def _tell_steps(told: Counter[str], calls: Counter[Place], turns: Counter[Place]) -> None:
    told["lexicon look-ups"] = sum(calls[place] for place in _LOOK_UPS)
    told["function calls"], told["turns of loops"] = calls.total(), turns.total()
    for (module, _), steps in (calls + turns).items():
        told[f"steps of {stage_of(module)}"] += steps


def main() -> None:
    """Prints the counts of the sets that are named."""
    print(json.dumps(count(*sys.argv[1:])))


if __name__ == "__main__":
    main()
