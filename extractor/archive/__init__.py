"""Sources that pages are read from, and sinks that records are written to."""

from extractor.archive.inputs import Failure, Input
from extractor.archive.sinks import JsonLines
from extractor.archive.sources import STANDARD_INPUT, Reading, read_one, read_sources

__all__ = ["STANDARD_INPUT", "Failure", "Input", "JsonLines", "Reading", "read_one", "read_sources"]
