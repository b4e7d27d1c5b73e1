"""The component: reads an article from top to bottom."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.quotes.chunks import (
    ANAPHOR,
    ASIDE,
    CUE,
    NAME,
    QUOTE,
    SAID,
    SAYS,
    STANCE,
    THAT,
    WORDS,
    Chunks,
    chunks_of,
    letters,
)
from extractor.language.quotes.marks import Stretch, marks_in, single_stretches, stretches
from extractor.language.quotes.rules import CODES, INSIDE, SENTENCE, VERBS, Shape, compile_shapes
from extractor.language.quotes.speakers import Cast, Focus, Speaker
from extractor.language.quotes.words import Words
from extractor.language.state import Annotations, QuoteFound, Range, annotations_of
from extractor.language.tokens import LOWER
from extractor.patterns import PatternSet

MIN_WORDS: Final = 4
PRONOUN: Final = CODES["PRONOUN"]
AGENT: Final = "oleh"
NOBODY: Final = "none"
_WORD: Final = re.compile(r"\w[\w.,'’/-]*")
_LONG: Final = re.compile(rf"(?:\w[\w.,'’/-]*+[^\w]{{1,40}}){{{MIN_WORDS - 1}}}\w")
_FINAL: Final = ".?!…"
_LINKS: Final = frozenset({",", ".", "-", "–", "—"})
_SKIPPED: Final = frozenset({",", ":", ";", "-", "–", "—", ")", "."})
_CUED: Final = "knd"
MAX_TITLE: Final = 12
_LEFT: Final = 40


class Quotes(Component):
    """Finds direct and reported speech with its speakers."""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        self.words = Words.of(patterns)
        direct, self.reported = compile_shapes(patterns.rules("quotes"))
        self.direct = {
            following: [shape for shape in direct if shape.after in ("", following)]
            for following in (*CODES.values(), INSIDE, SENTENCE)
        }

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        found.quotes = _Reading(self, found.text, found).run()
        self.publish(doc, found.quotes, ("direct" if q.direct else "reported" for q in found.quotes))
        return doc


class _Reading:
    """One article, read from top to bottom."""

    def __init__(self, component: Quotes, text: str, found: Annotations) -> None:
        self.component = component
        self.words = component.words
        self.text = text
        self.found = found
        self.tokens = found.tokens
        self.cast = Cast(found, component.words)
        self.line = letters(self.tokens, self.words, self.cast.named, self.cast.sentence_starts)
        self.marks = marks_in(text)
        self.singles = single_stretches(text) if "'" in text or "‘" in text else []
        self.focus = Focus()
        self.leading: Range | None = None
        self.looks = 0
        self.quotes: list[QuoteFound] = []
        self.waiting: list[QuoteFound] = []

    def run(self) -> list[QuoteFound]:
        for paragraph in self.found.paragraphs:
            self.paragraph(paragraph)
        for quote in self.quotes:
            if quote.direct and quote.speaker_name is None:
                self.found.warnings.append(
                    ("quote-without-speaker", f"no speaker was found for the quotation at {quote.start}")
                )
        return self.quotes

    def paragraph(self, paragraph: Range) -> None:
        spoken = [s for s in self.candidates(paragraph) if self.is_speech(s, paragraph)]
        chunks = chunks_of(self.tokens, self.line, paragraph, spoken, self.cast.sentences)
        looks = self.looks
        if chunks:
            self.sentences(chunks, spoken)
        self.leading = paragraph if not spoken and self.looks == looks else None

    def sentences(self, chunks: Chunks, spoken: list[Stretch]) -> None:
        """Reads the sentences of a paragraph."""
        codes, begin = "".join(chunks.codes), 0
        while (end := codes.find(SENTENCE, begin + 1)) > 0:
            if end > begin + 1:
                self.sentence(chunks, codes, begin, end, spoken)
            begin = end

    def candidates(self, paragraph: Range) -> list[Stretch]:
        """The stretches in quotation marks; single ones only where no double ones hold them."""
        first = bisect_left(self.marks, (paragraph[0],))
        last = bisect_left(self.marks, (paragraph[1],), first)
        if first == last and not self.singles:
            return []
        found = stretches(self.text, paragraph, self.marks[first:last])
        found = [stretch if stretch.closed else self.closed(stretch) for stretch in found]
        if self.singles:
            within = (s for s in self.singles if paragraph[0] <= s.start < paragraph[1])
            found += [s for s in within if not any(d.outer[0] <= s.start < d.outer[1] for d in found)]
            found.sort(key=lambda s: s.start)
        for stretch in found:
            stretch.first, stretch.last = self.tokens.covering(*stretch.outer)
            stretch.long = self.is_long(stretch.start, stretch.end)
        return found

    def closed(self, stretch: Stretch) -> Stretch:
        """A stretch without its closing mark ends before the verb of saying that a comma sets off from it."""
        first, last = self.tokens.covering(*stretch.outer)
        for index in range(first + 1, last):
            if self.line[index] in _CUED and self.tokens.words[index - 1] == ",":
                end = max(stretch.start, self.tokens.ends[index - 2])
                return Stretch(stretch.start, end, (stretch.outer[0], self.tokens.starts[index]), closed=False)
        return stretch

    def is_speech(self, stretch: Stretch, paragraph: Range) -> bool:
        """Whether the words in quotation marks can be speech: no title, no scare quotes, no mark that is only stray.

        A few words before a verb of saying are speech, too, though too short for a quotation of its own.
        """
        cued = self.is_cued(stretch)
        if not stretch.long:
            return cued and stretch.opened
        if not stretch.opened or stretch.single:
            return cued
        first = stretch.first
        if first and self.tokens.lower[first - 1] in self.words.titles and first - 1 >= self.tokens.at(paragraph[0]):
            return False
        if cued:
            return True
        words = _WORD.findall(self.text, stretch.start, stretch.end)
        capitals = sum(word[0].isupper() for word in words) * 2
        return capitals <= len(words) or (len(words) > MAX_TITLE and self.text[stretch.end - 1] in _FINAL)

    def is_long(self, start: int, end: int) -> bool:
        """Whether the characters hold words enough for a quotation."""
        return _LONG.search(self.text, start, end) is not None

    def is_cued(self, stretch: Stretch) -> bool:
        """Whether a verb of saying follows the closing mark."""
        tokens, after = self.tokens, stretch.last
        while after < len(tokens) and tokens.words[after] in _LINKS:
            after += 1
        if after == len(tokens) or (tokens.words[after - 1] == "." and tokens.kinds[after] != LOWER):
            return False
        return self.words.codes.get(tokens.lower[after], "-") in _CUED

    # -- one sentence -------------------------------------------------------------------------------------------

    def sentence(self, chunks: Chunks, codes: str, begin: int, end: int, spoken: list[Stretch]) -> None:
        """Reads the chunks between two sentence ends."""
        index = codes.find(QUOTE, begin, end)
        if index < 0 and not self.report(chunks, codes, begin, end):
            self.stance(chunks, begin, end)
        while index >= 0:
            self.direct(chunks, codes, index, spoken[chunks.quotes[index]])
            index = codes.find(QUOTE, index + 1, end)

    def direct(self, chunks: Chunks, codes: str, index: int, stretch: Stretch) -> None:
        opens = codes[index - 1] == SENTENCE
        for shape in self.component.direct[codes[index + 1]]:
            if shape.mid and opens:
                continue
            before = shape.before.search(codes, max(index - _LEFT, 0), index) if shape.before else None
            if shape.before and not before:
                continue
            after = shape.match.match(codes, index + 1)
            if after is None or not self.fits(shape, stretch) or self.names_document(shape, after, chunks):
                continue
            match = before if before and ("cue" in before.re.groupindex or "speaker" in before.re.groupindex) else after
            speaker = self.speaker(shape, match, chunks)
            if speaker is None and not shape.refers:
                continue
            self.keep_direct(shape, match, chunks, stretch, speaker)
            return

    def fits(self, shape: Shape, stretch: Stretch) -> bool:
        """Whether what follows the quotation belongs to it: without a verb first, a full stop parts them."""
        return not shape.open_end or self.text[stretch.end - 1] not in _FINAL

    def speaker(self, shape: Shape, match: re.Match[str], chunks: Chunks) -> Speaker | None:
        if shape.rule.set.get("speaker") == NOBODY:
            return None
        if shape.refers:
            return (self.lead_in() if shape.cue else None) or self.focus.speaker
        start, stop = match.span("speaker")
        cue = match.start("cue") if "cue" in match.re.groupindex else -1
        if cue >= stop:
            return self.cast.before_verb(chunks, start, stop, self.focus)
        return self.cast.after_verb(chunks, start, self.focus)[0]

    def lead_in(self) -> Speaker | None:
        """Who the paragraph before tells of, where nobody speaks in it."""
        return self.cast.subject(self.leading, self.line) if self.leading else None

    def names_document(self, shape: Shape, match: re.Match[str], chunks: Chunks) -> bool:
        """Whether the description after the verb is that of a document, which stands for no person."""
        if not shape.refers or "ANAPHOR" not in (shape.rule.shape or ""):
            return False
        at = match.end() - 1
        first = next((i for i in (at - 1, at) if chunks.codes[i] == WORDS), at)
        return chunks.codes[at] == ANAPHOR and self.tokens.lower[chunks.first[first]] in self.words.documents

    def keep_direct(
        self, shape: Shape, match: re.Match[str], chunks: Chunks, stretch: Stretch, speaker: Speaker | None
    ) -> None:
        quote = QuoteFound(stretch.start, stretch.end, shape.rule.id, direct=True)
        self.set_cue(quote, match, chunks)
        anonymous = shape.rule.set.get("speaker") == NOBODY
        if quote.cue is None and shape.refers and not anonymous:
            speaker = self.focus.other() or speaker
        self.attribute(quote, speaker)
        if stretch.long:
            self.quotes.append(quote)
        if speaker is None:
            if not anonymous:
                self.waiting.append(quote)
            return
        if quote.cue in self.words.dialogue or self.focus.other() == speaker:
            self.focus.turns = [*self.focus.turns[-1:], speaker]
        elif quote.cue:
            self.focus.turns = []
        self.look_at(speaker)

    def set_cue(self, quote: QuoteFound, match: re.Match[str], chunks: Chunks) -> None:
        if "cue" in match.re.groupindex and match["cue"]:
            token = chunks.first[match.start("cue")]
            quote.cue = self.words.canonical[self.tokens.lower[token]]
            quote.cue_range = (self.tokens.starts[token], self.tokens.ends[token])

    def attribute(self, quote: QuoteFound, speaker: Speaker | None) -> None:
        if speaker:
            quote.speaker, quote.speaker_name = speaker.person, speaker.name

    def look_at(self, speaker: Speaker) -> None:
        """Puts `speaker` in focus; quotations still without one are theirs."""
        self.focus.speaker, self.leading = speaker, None
        self.looks += 1
        for quote in self.waiting:
            self.attribute(quote, speaker)
        self.waiting.clear()

    # -- reported speech ----------------------------------------------------------------------------------------

    def report(self, chunks: Chunks, codes: str, begin: int, end: int) -> bool:
        """Finds the reported speech of a sentence; whether there is any."""
        sentence = codes[begin:end]
        if VERBS.isdisjoint(sentence):
            return False
        for shape in self.component.reported:
            if shape.cue not in sentence:
                continue
            match = shape.match.match(codes, begin + 1, end + 1)
            if match is None or not self.reports(match, chunks):
                continue
            content = self.content(shape, match, chunks, begin, end)
            speaker = self.speaker(shape, match, chunks)
            if content is None or speaker is None:
                continue
            quote = QuoteFound(*content, shape.rule.id, direct=False)
            self.set_cue(quote, match, chunks)
            self.attribute(quote, speaker)
            self.quotes.append(quote)
            if speaker.certain or self.focus.speaker is None or self.has_spoken(speaker):
                self.look_at(speaker)
            return True
        return False

    def reports(self, match: re.Match[str], chunks: Chunks) -> bool:
        """Whether the verb reports speech here: some do so only before "bahwa" or a comma."""
        at = match.start("cue")
        if self.tokens.lower[chunks.first[at]] not in self.words.strict:
            return True
        return chunks.codes[at + 1] == THAT or at + 1 in chunks.after_comma

    def content(self, shape: Shape, match: re.Match[str], chunks: Chunks, begin: int, end: int) -> Range | None:
        """The characters of what is said, without the full stop; None for less than `MIN_WORDS` words."""
        before, last = match.start("content") - 1, chunks.last[end]
        if shape.rule.set.get("content") == "sentence":
            first = chunks.first[begin]
            last = chunks.first[match.start("cue")] if match.end() == end else last
        else:
            if "speaker" in match.re.groupindex and match.start("speaker") > match.start("cue"):
                before = self.cast.after_verb(chunks, match.start("speaker"), self.focus)[1] - 1
            first = self.after_adverbs(chunks.last[before], last)
        if first >= last:
            return None
        start = self.tokens.starts[first]
        stripped = self.text[start : self.tokens.ends[last - 1]].rstrip(" \n\t.,;:")
        content = (start, start + len(stripped))
        return content if self.is_long(*content) else None

    def after_adverbs(self, first: int, last: int) -> int:
        """The first token of `first:last` that is neither a mark nor an adverb of the verb before it."""
        tokens = self.tokens
        while first < last and (tokens.words[first] in _SKIPPED or tokens.lower[first] in self.words.adverbs):
            first += 1
        return first

    def has_spoken(self, speaker: Speaker) -> bool:
        return any(quote.direct and quote.speaker_name == speaker.name for quote in self.quotes)

    def stance(self, chunks: Chunks, begin: int, end: int) -> None:
        """Puts into focus who speaks in a sentence that reports no words.

        That is the subject of a verb of stance or of saying ("Budi menyampaikan kekecewaan"), or the one by whom
        something was said ("Hal itu disampaikan Budi").
        """
        codes = chunks.codes
        at = next((i for i in range(begin + 1, end) if codes[i] in VERBS or codes[i] == STANCE), end)
        if at == end or codes[at - 1] == PRONOUN:
            return
        speaker = None
        if codes[at] in (STANCE, SAYS) and at > begin + 1:
            speaker = self.cast.before_verb(chunks, begin + 1, at, self.focus)
        elif codes[at] in (SAID, CUE):
            following = at + 1
            if codes[following] == ASIDE and self.tokens.lower[chunks.first[following]] == AGENT:
                following += 1
            if codes[following] == WORDS and self.tokens.lower[chunks.first[following]] in self.words.roles:
                following += 1
            if codes[following] in (NAME, INSIDE):
                speaker = self.cast.after_verb(chunks, following, self.focus)[0]
        if speaker and (speaker.person or codes[at] in (SAID, CUE) or self.focus.speaker is None):
            self.look_at(speaker)
