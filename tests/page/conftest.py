"""What the page room's tests share."""

from __future__ import annotations

import pytest

from extractor.page.rules import PageRules, page_rules
from extractor.patterns import PatternSet, load_patterns


@pytest.fixture(scope="session")
def patterns() -> PatternSet:
    """Our rule data."""
    return load_patterns()


@pytest.fixture(scope="session")
def rules(patterns: PatternSet) -> PageRules:
    """Our rule data for pages, compiled."""
    return page_rules(patterns)
