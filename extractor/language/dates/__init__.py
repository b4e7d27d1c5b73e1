"""Temporal expressions of news Indonesian in TIMEX3 terms: words, rules, values, and the component that ties them."""

from extractor.language.dates.component import Dates

__all__ = ["Dates"]
