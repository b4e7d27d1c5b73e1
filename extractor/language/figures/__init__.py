"""Component: shares in percent and counts, with what they measure, where, when and in which vote.

A number is found first; only then are the words that may bind it looked for, and only the sentences that hold a
number are read. Each step is a module: `spans` and `counts` find numbers, `category`, `kind`, `anchors` and `place`
bind them, `merge` folds repetitions, `ratio` checks a share against its numerator and denominator.
"""

from extractor.language.figures.component import Figures

__all__ = ["Figures"]
