"""Who held an event: by the verb of holding, the agent, the trigger's own kind, or the one who speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from extractor.language.events.bodies import BodyNames
from extractor.language.events.mentions import ASSERTED, EventWords, Mention, Weigher
from extractor.language.events.telling import LOCATIVE, Telling
from extractor.language.state import Annotations, Person, range_at

AGENT, PASSIVE = "oleh", "di"
HOLDER, SPEAKER, VISITOR, COURT, NOBODY = "holder", "speaker", "visitor", "court", "none"
AGENT_ONLY, OFFICER, INQUIRER, CROWD = "agent", "officer", "inquirer", "crowd"
LAW: Final = frozenset({"police", "justice"})
TIED: Final = frozenset({"held", "title"})
_HOST_WITHIN: Final = 12
_DESCRIBED: Final = 8
_HOLDER_NAME, _CROWD, _CROWD_WITHIN = 3, 9, 4
_ACTIVE: Final = ("me", "ber")  # how verbs in the active begin


class Organizers:
    """Looks for the organizers of events in one article."""

    def __init__(self, found: Annotations, words: EventWords, weigher: Weigher, telling: Telling) -> None:
        self.found = found
        self.words = words
        self.weigher = weigher
        self.telling = telling
        self.names = BodyNames(found, words)
        self.tokens = found.tokens
        told = [self._by_agent, self._by_host, self._by_follow_up, self._by_subject, self._by_crowd]
        self._steps: dict[str, list[Callable[[Mention], str | None]]] = {
            HOLDER: [*told, self._by_name_after, self._by_name_before],
            SPEAKER: [*told, self._by_name_after, self._by_speaker],
            VISITOR: [self._by_visitor, self._by_subject],
            COURT: [self._by_court, self._by_agent, self._by_subject],
            AGENT_ONLY: [self._by_agent, self._by_subject],
            OFFICER: [self._by_agent, self._by_subject, self._by_officer, self._by_generic_agent],
            INQUIRER: [self._by_agent, self._by_name_after, self._by_house, self._by_officer],
            CROWD: [self._by_agent, self._by_subject, self._by_crowd],
            NOBODY: [],
        }

    def organizer(self, mentions: Sequence[Mention]) -> str | None:
        """The body or person that holds the event."""
        best = mentions[0]
        kind = kind_of(best)
        for step in self._steps[kind]:
            for mention in mentions if kind != VISITOR else mentions[:1]:
                if name := step(mention):
                    return self.names.fullest(name)
        if kind in (HOLDER, SPEAKER) and not TIED.isdisjoint(best.evidence) and not self._is_passive(best):
            return self.names.fullest(self._lead_body() or "") or None
        return None

    def _by_agent(self, mention: Mention) -> str | None:
        """The body after "digelar (oleh)", "yang dilakukan"."""
        _, last = self.tokens.covering(*mention.sentence)
        return self._agent_between(mention.last, min(mention.last + 12, last))

    def _agent_between(self, index: int, stop: int) -> str | None:
        lower = self.tokens.lower
        for at in [i for i in range(index, stop) if lower[i] == AGENT or lower[i] in self.words.organized.first]:
            hit = self.words.organized.at(lower, at)
            if hit or lower[at] == AGENT:
                after = hit[0] if hit else at + 1
                after += lower[after : after + 1] == [AGENT]
                if name := self.names.together(after, stop) or self.names.described(after, stop + _DESCRIBED):
                    return name
        return None

    def _by_subject(self, mention: Mention) -> str | None:
        """The body or person before the active verb of holding, or before the trigger when that is the verb."""
        first, last = self.tokens.covering(*mention.sentence)
        lower = self.tokens.lower
        held = (
            i for i in range(mention.first - 1, max(first, mention.first - 10) - 1, -1) if lower[i] in self.words.held
        )
        verb = mention.first if mention.verb else next(held, None)
        if verb is None:
            return None
        if self._is_passive(mention):
            beside = self.names.together(mention.last, last)
            return beside or self._agent_between(mention.first, min(mention.last + 14, last))
        acting = self._leading(self.names.acting(first, verb))
        if not mention.verb and kind_of(mention) == HOLDER:
            acting = [(at, name) for at, name in acting if not self._is_in_role(at, verb)]
        at, name = acting[-1] if acting else (first - 1, self.names.introduced(first, verb))
        name = name or self._described_before(first, verb)
        if name is None and not mention.verb and kind_of(mention) == HOLDER:
            return self._holding_person(first, verb)
        return (mention.verb and self._by_doer(mention, at)) or name

    def _described_before(self, first: int, verb: int) -> str | None:
        """The holder whose description ends right before the verb: "pengembang kawasan Melati City meluncurkan …"."""
        lower, words = self.tokens.lower, self.words
        for at in range(max(first, verb - _DESCRIBED), verb):
            if lower[at] in words.agent_heads and (name := self.names.described(at, verb)):
                end = self.tokens.at(self.tokens.starts[at] + len(name))
                return name if end >= verb - 1 else None
        return None

    def _is_in_role(self, index: int, verb: int) -> bool:
        """Whether a body is only named in the role of a person who stands right before the verb."""
        start = self.tokens.starts[index]
        person = self._person_before(max(index, verb - _HOLDER_NAME - 1), verb)
        return person is not None and any(role.start <= start < role.end for role in person.roles)

    def _holding_person(self, first: int, verb: int) -> str | None:
        """The person right before the active verb of holding: "Misbakhun menyelenggarakan kegiatan …"."""
        if self.tokens.lower[verb] in self.words.attended:
            return None
        person = self._person_before(max(first, verb - _HOLDER_NAME) - 1, verb)
        return person.name if person else self._quoted_name_before(first, verb)

    def _quoted_name_before(self, first: int, verb: int) -> str | None:
        """The name, right before a verb, of one who is quoted though without an office ("Sari saat memberikan")."""
        names = {quote.speaker_name for quote in self.telling.direct if quote.speaker_name}
        words = self.tokens.words
        end = verb - 1 if self.tokens.lower[verb - 1] in self.words.occasions else verb
        told = (" ".join(words[start:end]) for start in range(max(first, end - _HOLDER_NAME), end))
        return next((name for name in told if name in names), None)

    def _is_passive(self, mention: Mention) -> bool:
        words = self.tokens.lower[mention.first : mention.last]
        return mention.verb and any(word.startswith(PASSIVE) for word in words)

    def _by_doer(self, mention: Mention, after: int) -> str | None:
        """The person who does what the verb says, named in its sentence behind token `after`; or that person's body."""
        if "afterwards" in mention.evidence:
            return None
        person = self._person_before(after, mention.first)
        own = self.tokens.lower[max(after, self.tokens.at(mention.sentence[0]) - 1) + 1 : mention.first]
        if self.words.pronouns.intersection(own[-1:] if person else own):
            before = self.tokens.covering(*self.found.sentence_at(max(mention.sentence[0] - 1, 0)))[0] - 1
            person = self._person_before(before, mention.first)
        if person is None:
            return None
        return self.names.led_by(person) if kind_of(mention) in (AGENT_ONLY, OFFICER, CROWD) else person.name

    def _person_before(self, first: int, last: int) -> Person | None:
        """The last person named in the tokens after `first` and before `last`, outside quotation marks."""
        named = self.telling.persons_in(first + 1, last)
        return named[-1] if named else None

    def _by_host(self, mention: Mention) -> str | None:
        """The committee that a meeting is held with, which invites ("rapat dengan Komisi I")."""
        if not mention.hosted:
            return None
        last = min(mention.last + _HOST_WITHIN, self.tokens.covering(*mention.sentence)[1])
        at = next((i for i in range(mention.last, last) if self.words.hosts.at(self.tokens.lower, i)), None)
        return self.names.at(at, last + 1) if at is not None else None

    def _by_follow_up(self, mention: Mention) -> str | None:
        """The organizer in a sentence that takes the event up ("Kegiatan tersebut diinisiasi oleh …")."""
        for sentence in self.telling.following(mention):
            if self.telling.takes_up(sentence) and (name := self._agent_between(*self.tokens.covering(*sentence))):
                return name
        return None

    def _by_name_after(self, mention: Mention) -> str | None:
        """A body's name after the trigger: "survei Poltracking", "real count KPU", "rapat pleno terbuka KPU Blora"."""
        _, last = self.tokens.covering(*mention.sentence)
        return self.names.at(mention.last, last) or (None if mention.verb else self.names.behind(mention.last, last))

    def _by_house(self, mention: Mention) -> str | None:
        """The body in whose house it takes place, directly after the trigger ("pemeriksaan di Polda Metro Jaya")."""
        at = mention.last
        _, last = self.tokens.covering(*mention.sentence)
        return self.names.at(at + 1, last) if self.tokens.lower[at : at + 1] == [LOCATIVE] else None

    def _by_name_before(self, mention: Mention) -> str | None:
        """The last body that the sentence names before the trigger; it is no holder of what is done to it."""
        if self._is_passive(mention):
            return None
        first, _ = self.tokens.covering(*mention.sentence)
        acting = self._leading(self.names.acting(first, mention.first))
        return acting[-1][1] if acting else None

    def _leading(self, acting: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """The bodies without the last ones that only join in: "Polres Blora bersama Dinas Perhubungan"."""
        lower, companions = self.tokens.lower, self.words.companions
        while len(acting) > 1 and not companions.isdisjoint(lower[acting[-1][0] - 2 : acting[-1][0]]):
            acting = acting[:-1]
        return acting

    def _by_court(self, mention: Mention) -> str | None:
        """The court named in the sentence or in the ones around it."""
        begin = range_at(self.found.sentences, max(mention.sentence[0] - 1, 0))[0]
        first, last = self.tokens.covering(begin, mention.sentence[1] + 200)
        return next(
            (name for name in self.names.inside(first, last) if not self.words.courts.isdisjoint(name.lower().split())),
            None,
        )

    def _by_visitor(self, mention: Mention) -> str | None:
        """The person who visits: the subject, else the one who speaks in the sentence."""
        start, end = mention.sentence
        first, last = self.tokens.covering(start, end)
        if not self.words.welcomed.isdisjoint(self.tokens.lower[first : mention.first]):
            guests = self.telling.persons_in(mention.last, last, quoted=True)  # after "menerima kunjungan"
            return guests[0].name if guests else None
        for quote in self.telling.direct:
            if quote.cue_range and start <= quote.cue_range[0] < end and quote.speaker_name:
                return quote.speaker_name
        if subject := self._person_before(first - 1, mention.first):
            return subject.name
        named = self.telling.persons_in(0, first)
        return named[0].name if named else None

    def _by_speaker(self, mention: Mention) -> str | None:
        """The body of the person who speaks at a press conference."""
        spoken = [q.speaker for q in self.found.quotes if q.speaker and q.start < mention.sentence[1]]
        roles = spoken[-1].roles if spoken else []
        bodies = (role.organization for role in roles if role.organization)
        told = next((body for body in bodies if self.names.is_body(body)), None)
        return told or (self.names.led_by(spoken[-1]) if spoken else None) or self._lead_subject()

    def _by_officer(self, mention: Mention) -> str | None:
        """The body of the first officer of the law who speaks: whose news of an arrest it is."""
        if mention.modality != ASSERTED:
            return None
        for quote in self.found.quotes:
            for role in quote.speaker.roles if quote.speaker else ():
                if role.sector in LAW and role.status == "current":
                    return role.organization or (self.names.led_by(quote.speaker) if quote.speaker else None)
        return None

    def _by_generic_agent(self, mention: Mention) -> str | None:
        """The word for an agent without a name, right before or after the verb: "ditangkap polisi"."""
        if not mention.verb:
            return None
        at = mention.last if self._is_passive(mention) else mention.first - 2
        words, lower = self.tokens.words, self.tokens.lower
        around = range(max(at, 0), min(at + 2, len(words)))
        return next((words[i] for i in around if lower[i] in self.words.generic_agents), None)

    def _by_crowd(self, mention: Mention) -> str | None:
        """The crowd with which the sentence begins: "Ratusan petani menggelar unjuk rasa"."""
        first, _ = self.tokens.covering(*mention.sentence)
        lower = self.tokens.lower
        verbs = (i for i in range(first, mention.first + 1) if i == mention.first or lower[i] in self.words.held)
        last = next(verbs)
        if kind_of(mention) != CROWD:
            return self._crowd(first, last) if last < mention.first else None
        return self._crowd(first, last) or self._crowd_before(mention)

    def _crowd_before(self, mention: Mention) -> str | None:
        """The crowd that a sentence nearby begins with, where that of the event only says "massa" or "mereka"."""
        for start, end in self.telling.sentences_before(mention, _CROWD_WITHIN):
            first, last = self.tokens.covering(start, end)
            stop = next((i for i in range(first, last) if self.tokens.lower[i].startswith(_ACTIVE)), first)
            if crowd := self._crowd(first, stop):
                return crowd
        return None

    def _crowd(self, first: int, last: int) -> str | None:
        """The tokens `first:last` where they are a crowd of more than one word."""
        if self.tokens.lower[first] not in self.words.crowds or not 1 < last - first <= _CROWD:
            return None
        return self.found.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]

    def _lead_subject(self) -> str | None:
        """The body that the lead begins with."""
        if not self.weigher.body:
            return None
        first, last = self.tokens.covering(*range_at(self.found.sentences, self.weigher.body[0]))
        return self.names.at(first, last)

    def _lead_body(self) -> str | None:
        """The first body that the lead names."""
        for start in self.weigher.body[:1]:
            acting = self.names.acting(*self.tokens.covering(*range_at(self.found.sentences, start)))
            return acting[0][1] if acting else None
        return None


def kind_of(mention: Mention) -> str:
    """Where the organizer of an event of this type is looked for."""
    return str(mention.rule.set.get("organizer", HOLDER))
