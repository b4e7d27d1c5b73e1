"""The component: finds events and chooses the one that the article reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.events.arguments import Arguments
from extractor.language.events.mentions import EventWords, Mention, Weigher, trigger_table
from extractor.language.events.organizer import Organizers
from extractor.language.events.telling import Telling
from extractor.language.state import Annotations, EventFound, annotations_of
from extractor.patterns import PatternSet

MAX_MENTIONS: Final = 12
ANCHORS: Final = frozenset({"lead", "early", "title", "date", "statement"})


class Events(Component):
    """Sets `events` of the annotations, the main one first."""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        self.words = EventWords.of(patterns)
        self.triggers = trigger_table(patterns)

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        found.events = self._events(found)
        self.publish(doc, found.events, (event.type for event in found.events))
        return doc

    def _events(self, found: Annotations) -> list[EventFound]:
        """One event a type, of its best mention; the one with the highest score is the main event if that suffices."""
        weigher = Weigher(found, self.words, self.triggers)
        groups: dict[str, list[Mention]] = {}
        for mention in weigher.mentions():
            groups.setdefault(mention.type, []).append(mention)
        ranked = sorted((self._ranked(group) for group in groups.values()), key=_priority)
        limits = self.words.limits
        kept = [group for group in ranked if group[0].score >= limits["further"]]
        if not kept:
            return []
        telling = Telling(found, self.words)
        arguments = Arguments(found, self.words, weigher, telling)
        organizers = Organizers(found, self.words, weigher, telling)
        events = [self._event(found, group, arguments, organizers) for group in kept]
        best = kept[0][0]
        if best.score >= limits["main"] and not best.quoted and not ANCHORS.isdisjoint(best.evidence):
            events[0].main = True
            events[0].reason = ", ".join(best.evidence)
        return events

    @staticmethod
    def _ranked(group: Sequence[Mention]) -> list[Mention]:
        return sorted(group, key=lambda m: (-m.score, m.first))[:MAX_MENTIONS]

    @staticmethod
    def _event(found: Annotations, mentions: list[Mention], arguments: Arguments, organizers: Organizers) -> EventFound:
        best = mentions[0]
        start, end = found.tokens.starts[best.first], found.tokens.ends[best.last - 1]
        venue = arguments.venue(mentions)
        return EventFound(
            start,
            end,
            best.rule.id,
            type=best.type,
            trigger=found.text[start:end],
            organizer=organizers.organizer(mentions),
            date=arguments.date(mentions),
            venue=venue.name if venue else None,
            region=arguments.region(mentions, venue),
            participants=arguments.participants(mentions[:1]),
            modality=best.modality,
            speaker=next((q.speaker for q in found.quotes if q.start <= start < q.end), None),
        )


def _priority(group: Sequence[Mention]) -> tuple[bool, float, bool, bool, int]:
    """Sorts groups of mentions.

    What is told outside quotation marks comes first, then the highest score, what names its kind, what names its day,
    and what stands earliest.
    """
    best = group[0]
    return best.quoted, -best.score, best.general, best.date is None, best.first
