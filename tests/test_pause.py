"""The collector runs again afterwards, and only where it ran before."""

from __future__ import annotations

import gc

import pytest

from extractor.pause import collector_paused


def test_the_collector_runs_again_even_after_an_error() -> None:
    seen = []

    def fail() -> None:
        with collector_paused():
            seen.append(gc.isenabled())
            raise ValueError("lost")

    with pytest.raises(ValueError, match="lost"):
        fail()
    assert (seen, gc.isenabled()) == ([False], True)


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
