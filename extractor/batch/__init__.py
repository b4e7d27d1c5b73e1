"""Runs the extractor over archives: every input ends as a record, as a duplicate or as a line of the failures file.

The work is cut into shards, each read and extracted by a process of its own (`worker`), watched by the one that
started it (`watch`). What comes out is kept in parts in a folder beside the output (`parts`), so that a run that was
killed goes on with the first part that is missing. When all shards are done, duplicates are found and the output is
written from the parts in the order of the inputs (`merge`): neither the number of workers nor an interruption shows.
"""

from extractor.batch.options import Options
from extractor.batch.outcome import record_of
from extractor.batch.runner import DUPLICATES_NAME, FAILURES_NAME, RUN_NAME, run
from extractor.batch.summary import Summary

__all__ = ["DUPLICATES_NAME", "FAILURES_NAME", "RUN_NAME", "Options", "Summary", "record_of", "run"]
