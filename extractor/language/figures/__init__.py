"""Component: shares in percent and counts, with what they measure, where, when and in which vote.

A number is found first; only then are the words that may bind it looked for, and only the sentences that hold a
number are read. Each step is a module: `spans` and `counts` find numbers, `category`, `kind`, `anchors` and `place`
bind them, `layout` reads lists and tables, `localities` finds districts and villages that no table of regions holds,
`merge` folds repetitions, `quotient` finds a share's numerator and denominator and checks it against them.
"""

from extractor.language.figures.component import Figures

__all__ = ["Figures"]
