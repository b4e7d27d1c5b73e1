"""What the page rules find in the text of an example, so that examples in `patterns/page/` can be run."""

from __future__ import annotations

import re
from typing import Any, Final

from extractor.page.rules import page_rules
from extractor.patterns import PatternSet

FIELDS: Final = ("page.noise", "page.bylines", "page.kinds", "page.metadata")


def found_items(field: str, text: str, patterns: PatternSet) -> list[dict[str, Any]]:
    """The items that rules of a field find in one line of text, each with its "rule".

    Args:
        field: One of `FIELDS`.
        text: The example's text.
        patterns: The rule data.

    Returns:
        For noise and titles the cut "text", for bylines the names by role, for kinds of pages the "kind".
    """
    rules = page_rules(patterns)
    if field == "page.noise":
        return [{"rule": cut.rule, "text": cut.text} for cut in rules.noise.cuts(text)]
    if field == "page.bylines":
        return [{"rule": rule, **names} for rule, names in rules.bylines.rules_of(text)]
    matches = (
        (rule, re.search(patterns.regex(field, rule.regex or ""), text, re.IGNORECASE))
        for rule in patterns.rules(field)
    )
    return [{"rule": rule.id, "text": match[0], **rule.set} for rule, match in matches if match]
