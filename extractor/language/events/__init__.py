"""Component `warta_events`: what happens in the article, and which of it the article reports.

Reads paragraphs, sentences, dates, regions, persons, quotes and venues of the annotations, writes `events`. `mentions`
finds words that name an event and weighs what speaks for and against each, `arguments` looks for organizer, day, site,
region and participants, `component` chooses.
"""

from __future__ import annotations

from extractor.language.events.component import Events

__all__ = ["Events"]
