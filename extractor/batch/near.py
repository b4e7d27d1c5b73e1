"""Near-duplicates: texts that share most of their word sequences, found by MinHash and locality-sensitive hashing.

A text is the set of its sequences of four words. Its signature (Broder 1997) is made by rensa where it is installed;
the share of equal positions of two signatures estimates the share of sequences that two texts have in common
(Jaccard). Signatures are cut into bands, and texts that agree in a whole band are compared (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, chapter 3). The bands are sorted one after another with numpy, so that memory is
that of one band: a few megabytes a million records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

POSITIONS = 64
BANDS = 16
SHINGLE = 4
LEAST_SHINGLES = 20
THRESHOLD = 0.8
SIZE = 4 * POSITIONS
_SEED = 1997
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Near:
    """Record number `index` is like the earlier record number `of`; `similarity` is the estimated Jaccard index."""

    index: int
    of: int
    similarity: float


def signature(text: str) -> bytes:
    """The MinHash of a text, `SIZE` bytes; empty for a text of fewer than 20 different sequences of words."""
    import numpy as np
    from rensa import RMinHash

    words = _WORD.findall(text.lower())
    shingles = sorted({" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)})
    if len(shingles) < LEAST_SHINGLES:
        return b""
    sketch = RMinHash(num_perm=POSITIONS, seed=_SEED)
    sketch.update(shingles)
    return np.asarray(sketch.digest(), dtype="<u4").tobytes()


def near_duplicates(signatures: np.ndarray, indices: np.ndarray) -> Iterator[Near]:
    """For each text the earlier one that it is most like, if any, in order.

    Each text is compared with the first of those it shares a band with and with the one before it, so that a
    thousand copies cost a thousand comparisons a band.

    Args:
        signatures: One row of `POSITIONS` numbers a text.
        indices: The record's number of each row, ascending.
    """
    import numpy as np

    count = len(signatures)
    best = np.zeros(count, dtype=np.uint8)
    of = np.full(count, -1, dtype=np.int64)
    width = POSITIONS // BANDS
    for band in range(BANDS):
        keys = _band_keys(signatures[:, band * width : (band + 1) * width])
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        alike = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
        starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if count else alike
        firsts = order[starts[np.searchsorted(starts, alike, side="right") - 1]]
        for earlier in (firsts, order[alike - 1]):
            _keep_better(signatures, order[alike], earlier, best, of)
    for row in np.flatnonzero(best >= THRESHOLD * POSITIONS):
        yield Near(int(indices[row]), int(indices[of[row]]), round(float(best[row]) / POSITIONS, 3))


def _band_keys(band: np.ndarray) -> np.ndarray:
    """One number a row; different rows get the same one only by a rare accident, which comparing sorts out."""
    import numpy as np

    keys = np.zeros(len(band), dtype=np.uint64)
    for column in range(band.shape[1]):
        keys = keys * np.uint64(0x9E3779B97F4A7C15) + band[:, column].astype(np.uint64)
    return keys


def _keep_better(
    signatures: np.ndarray, later: np.ndarray, earlier: np.ndarray, best: np.ndarray, of: np.ndarray
) -> None:
    import numpy as np

    for start in range(0, len(later), 65536):
        rows, others = later[start : start + 65536], earlier[start : start + 65536]
        agree = (signatures[rows] == signatures[others]).sum(axis=1).astype(np.uint8)
        better = (agree > best[rows]) | ((agree == best[rows]) & (others < of[rows]))
        best[rows[better]] = agree[better]
        of[rows[better]] = others[better]
