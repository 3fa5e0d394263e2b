"""From moves to deeds: what the official's message amounts to for this resident, now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.practice import asking, feelings, limit_words, manners, wording
from bot.domain.practice.deeds import HARMS, Deed, Done
from bot.domain.practice.deferral import DeferralFrame, deferral_frame
from bot.domain.practice.mood import Mood
from bot.domain.practice.phases import Phase
from bot.domain.practice.room import RoomFrame, room_frame
from bot.domain.practice.scenario import Room
from bot.domain.practice.typing_slips import one_slip

SURE_ENOUGH = 0.6
HELPS_FROM = 0.4
"""Confidence from which a move counts although the tagger doubts the message as a whole; what helps counts earlier."""

LIMITS_FROM = 0.3
"""The same for a limit or an ending right after an attack: then it is what one expects to hear."""

HARMS_FROM = 0.6
"""Confidence from which a harm counts beside something that is surely well meant: the benefit of the doubt."""

LEAST_AFTER_BUT = 4
"""Words from 'maar' to the end of its sentence: 'vertelt u maar' takes nothing back."""

ADJOURN_FROM_HEARD = 40.0
"""From this much heard on, another moment is a way to go on, not a way to get rid of somebody."""

_HARMS = frozenset({Move.DISMISS, Move.ARGUE, Move.RETALIATE, Move.SPECULATE, Move.OVERPROMISE})
_HELPS = frozenset(
    {
        Move.ACKNOWLEDGE_EMOTION,
        Move.SUMMARIZE,
        Move.EXPLORE,
        Move.APPRECIATE,
        Move.CLARIFY_ROOM,
        Move.DEFER_ANSWER,
        Move.INFORM,
    }
)
_LIMITING = frozenset({Move.SET_LIMIT, Move.ADJOURN, Move.CALL_SUPPORT})
_TAKES_BACK = frozenset({Move.ARGUE, Move.DISMISS, Move.RETALIATE})
_CONTENT = frozenset({Move.INFORM, Move.DEFER_ANSWER})
_AFTER_BUT = _TAKES_BACK | {Move.INFORM, Move.OTHER}
_SECURITY = re.compile(r"\b(beveilig\w*|politie|agent|portier|bewaking|eruit|uit de zaal)\b")
_GUARDS = ("beveiliging", "beveiliger", "politie", "portier", "bewaking")


@dataclass(frozen=True)
class Reading:
    """A message as it arrives.

    deeds: each at most once, in the order of the message where they have a place in it.
    leaving: the official says goodbye. judged: False when nothing was recognised.
    """

    message: TaggedMessage
    deeds: tuple[Done, ...]
    deferral: DeferralFrame
    room: RoomFrame
    leaving: bool = False

    @property
    def judged(self) -> bool:
        """Whether anything in the message was recognised."""
        return not self.has(Deed.UNCLEAR)

    @property
    def kinds(self) -> frozenset[Deed]:
        """The deeds without their places."""
        return frozenset(done.deed for done in self.deeds)

    def has(self, deed: Deed) -> bool:
        """Whether this deed was done."""
        return any(done.deed is deed for done in self.deeds)

    def find(self, deed: Deed) -> Done | None:
        """This deed with its place, if it was done."""
        return next((done for done in self.deeds if done.deed is deed), None)


def read(message: TaggedMessage, mood: Mood, said: Sequence[str], room: Room) -> Reading:
    """Work out what a message amounts to. `said`: the official's earlier messages, oldest first."""
    deferral, about_room = deferral_frame(message.text), room_frame(message.text)
    reader = _Reader(message, _usable(message, mood), mood, tuple(said), room, deferral, about_room)
    deeds = _once(reader.deeds())
    going_on = {done.deed for done in deeds} & {Deed.EXPLORE, Deed.UNCLEAR, Deed.GREETING}
    leaving = mood.turn > 0 and not going_on and manners.says_farewell(message.text)
    return Reading(message, deeds, deferral, about_room, leaving)


def _usable(message: TaggedMessage, mood: Mood) -> tuple[TaggedMove, ...]:
    """The moves that may count: only the certain ones when the tagger doubts."""
    moves = tuple(t for t in message.moves if t.move is not Move.OTHER)
    # A warning speaks of stopping; only who surely stops, stops.
    limited = any(t.move is Move.SET_LIMIT for t in moves)
    moves = tuple(t for t in moves if not (limited and t.move is Move.ADJOURN and t.confidence < SURE_ENOUGH))
    if message.unsure:
        return tuple(t for t in moves if t.confidence >= _needed(t.move, mood))
    surest_help = max((t.confidence for t in moves if t.move not in _HARMS), default=0.0)
    return tuple(t for t in moves if t.move not in _HARMS or t.confidence >= min(HARMS_FROM, surest_help))


def _needed(move: Move, mood: Mood) -> float:
    if mood.under_attack and move in _LIMITING:
        return LIMITS_FROM
    return HELPS_FROM if move in _HELPS else SURE_ENOUGH


def _once(deeds: Iterable[Done]) -> tuple[Done, ...]:
    found: dict[Deed, Done] = {}
    for done in deeds:
        found.setdefault(done.deed, done)
    return tuple(found.values())


@dataclass(frozen=True)
class _Reader:
    message: TaggedMessage
    moves: tuple[TaggedMove, ...]
    mood: Mood
    said: tuple[str, ...]
    room: Room
    deferral: DeferralFrame
    about_room: RoomFrame

    def deeds(self) -> list[Done]:
        found = [] if wording.is_heap(self.message.text) else self._from_moves()
        if not found:
            return [Done(self._without_moves())]
        if self.mood.under_attack and not {d.deed for d in found} & _ANSWERS_ATTACK:
            found.append(Done(Deed.LET_PASS))
        return found

    def _without_moves(self) -> Deed:
        text = self.message.text
        if wording.is_heap(text):
            return Deed.UNCLEAR
        if manners.says_farewell(text) and self.mood.turn > 0:
            return Deed.FAREWELL
        return Deed.GREETING if manners.greets(text) else Deed.UNCLEAR

    def _from_moves(self) -> list[Done]:
        found: list[Done] = []
        if feelings.apologizes(self.message.text) and not self._has(Move.RETALIATE):
            found.append(Done(Deed.APOLOGIZE))
        for tagged in self._relevant(bool(found)):
            deed = self._deed(tagged)
            if deed:
                found.append(Done(deed, tagged, confirmed=self._beyond_doubt(deed)))
        found = _best_acknowledgement(found)
        found.extend(self._unseen_by_the_tagger({done.deed for done in found}))
        return self._without_repetition(found)

    def _beyond_doubt(self, deed: Deed) -> bool:
        """Whether words or moment settle it: a closed question is seen, and after an attack a limit is expected."""
        return deed is Deed.CLOSED_QUESTION or (self.mood.under_attack and deed in _ANSWERS_ATTACK)

    def _relevant(self, apologizes: bool) -> tuple[TaggedMove, ...]:
        """Who admits a mistake quotes it: 'ik gooi er cijfers tegenaan' is then no argument."""
        quoted = {Move.ARGUE, Move.DISMISS} if apologizes else set()
        return tuple(t for t in self.moves if t.move not in quoted)

    def _has(self, move: Move) -> bool:
        return any(t.move is move for t in self.moves)

    def _deed(self, tagged: TaggedMove) -> Deed | None:
        reader = {
            Move.ACKNOWLEDGE_EMOTION: self._acknowledgement,
            Move.EXPLORE: self._question,
            Move.SET_LIMIT: self._limit,
            Move.ADJOURN: self._adjourning,
            Move.CALL_SUPPORT: self._support,
            Move.DEFER_ANSWER: self._deferring,
            Move.CLARIFY_ROOM: self._room,
            Move.INFORM: self._facts,
        }.get(tagged.move)
        return reader(tagged) if reader else _PLAIN[tagged.move]

    def _acknowledgement(self, tagged: TaggedMove) -> Deed | None:
        quote = self.message.words_of(tagged)
        if asking.is_real_question(quote):
            return None  # 'waar bent u bang voor?' asks, and recognises nothing yet
        if self._taken_back(tagged):
            return Deed.CANCELLED
        if wording.said_before(quote, (s for text in self.said for s in wording.sentences(text))):
            return Deed.REPEATED
        stock = feelings.is_formula(quote) and not self._goes_on_about_the_resident(tagged)
        return Deed.FORMULA if stock else Deed.ACKNOWLEDGE

    def _goes_on_about_the_resident(self, tagged: TaggedMove) -> bool:
        """Whether 'dat snap ik' is only the run-up: 'Je hebt er niet om gevraagd en je krijgt het wel.'"""
        start = _end_of_sentence(self.message.text, tagged.start)
        end = _end_of_sentence(self.message.text, start)
        following = self.message.text[start:end]
        other = any(t.move in _CONTENT | _HARMS and t.start < end and t.end > start for t in self.moves)
        spoken_to = set(wording.words(following)) & {"u", "je", "jij", "uw", "jouw"}
        return bool(spoken_to) and not other and not following.endswith("?")

    def _taken_back(self, acknowledged: TaggedMove) -> bool:
        """Whether an argument follows, or a 'maar' with something that is no limit, room, question or deferral."""
        later = [t for t in self.moves if t.start >= acknowledged.start and t is not acknowledged]
        if any(t.move in _TAKES_BACK for t in later):
            return not (feelings.apologizes(self.message.text) and not self._has(Move.RETALIATE))
        return any(self._cancels(start, end) for start, end in _buts(self.message.text, acknowledged.start))

    def _cancels(self, start: int, end: int) -> bool:
        if len(wording.words(self.message.text[start:end])) < LEAST_AFTER_BUT:
            return False
        inside = {t.move for t in self.moves if t.start < end and t.end > start and t.end > start + 4}
        inside -= {Move.ACKNOWLEDGE_EMOTION}
        if self.mood.under_attack and limit_words.draws_limit(self.message.text[start:end]):
            return False
        if not inside and feelings.names_emotion(self.message.text[start:end]):
            return False  # 'u bent boos, maar ik hoor ook verdriet'
        return (inside or {Move.OTHER}) <= _AFTER_BUT

    def _question(self, tagged: TaggedMove) -> Deed:
        listens = self._has(Move.ACKNOWLEDGE_EMOTION) or self._has(Move.SUMMARIZE)
        around = _sentences_around(self.message.text, tagged)
        return Deed.CLOSED_QUESTION if asking.is_closed_question(around) and not listens else Deed.EXPLORE

    def _limit(self, tagged: TaggedMove | None = None) -> Deed:
        if self._has(Move.RETALIATE) or limit_words.snarls(self.message.text):
            return Deed.HARSH_LIMIT
        recent = self.mood.attacks > 0 and self.mood.turn - self.mood.last_attack <= 1
        if not (self.mood.under_attack or recent):
            return Deed.UNNEEDED_LIMIT
        return Deed.HARSH_LIMIT if self._has(Move.ARGUE) else Deed.SET_LIMIT

    def _adjourning(self, tagged: TaggedMove) -> Deed:
        because = self._beyond_talking() or self.mood.heard >= ADJOURN_FROM_HEARD
        return Deed.ADJOURN if because else Deed.EARLY_ADJOURN

    def _beyond_talking(self) -> bool:
        """Whether there was aggression, or nothing can be heard any more: then stopping and support are in place."""
        return self.mood.attacks > 0 or self.mood.phase is Phase.OUT_OF_CONTROL

    def _support(self, tagged: TaggedMove) -> Deed | None:
        if self._beyond_talking():
            return Deed.CALL_SUPPORT
        if self._has(Move.DEFER_ANSWER) or not _fetches_security(self.message.text):
            return Deed.CALL_SUPPORT
        return Deed.NEEDLESS_SUPPORT

    def _deferring(self, tagged: TaggedMove | None = None) -> Deed | None:
        frame = self.deferral
        if (frame.who and frame.when) or (frame.holds and frame.parts >= 3):
            return Deed.FULL_DEFERRAL
        if frame.holds and frame.parts >= 2:
            return Deed.PARTIAL_DEFERRAL
        half_heard = tagged is not None and tagged.confidence < SURE_ENOUGH
        return None if half_heard and not (frame.admits or frame.puts_off) else Deed.VAGUE_DEFERRAL

    def _room(self, tagged: TaggedMove) -> Deed:
        if self.about_room.all_open and self.room is not Room.OPEN:
            return Deed.OVERPROMISE
        breaks = self.mood.open_promise and not (self.about_room.open and not self.about_room.fixed)
        return Deed.BROKEN_PROMISE if breaks else Deed.CLARIFY_ROOM

    def _facts(self, tagged: TaggedMove) -> Deed:
        if self.mood.open_promise and self.about_room.fixed:
            return Deed.BROKEN_PROMISE
        return Deed.FACTS_LANDED if self.mood.can_hear else Deed.FACTS_BOUNCED

    def _unseen_by_the_tagger(self, found: set[Deed]) -> list[Done]:
        """What the words themselves show beyond doubt."""
        text = self.message.text
        seen = (
            (Deed.OVERPROMISE, self._promises_unseen(found)),
            (Deed.BROKEN_PROMISE, self.mood.open_promise and self.about_room.fixed and not self.about_room.all_open),
            (self._deferring(), self._defers_unseen(found)),
            (self._limit(), self._limits_unseen(found)),
            (Deed.CLARIFY_ROOM, self.about_room.fixed and self.about_room.open and not found & _ABOUT_ROOM),
            (Deed.SUMMARIZE, asking.checks_understanding(text) and not found & (_HARMED | {Deed.REPEATED})),
            (Deed.FORMULA, not found & set(_ACKNOWLEDGING) and feelings.has_stock_phrase(text)),
            (Deed.EXPLORE, not found and asking.invites(text)),
            (Deed.CLOSED_QUESTION, not found and text.rstrip().endswith("?") and asking.is_closed_question(text)),
        )
        return [Done(deed) for deed, shown in seen if deed and shown and deed not in found]

    def _promises_unseen(self, found: set[Deed]) -> bool:
        """Everything is said to be open while it is not, or a promise in so many words."""
        everything = self.about_room.all_open and self.room is not Room.OPEN
        return everything or (self.about_room.promises and not found & (_DEFERRALS | {Deed.CLARIFY_ROOM}))

    def _defers_unseen(self, found: set[Deed]) -> bool:
        """Not known, with who and when; or only not known or put off, beside a guess or nothing else."""
        if self.deferral.puts_off and not found:
            return True
        if not self.deferral.admits or found & (_DEFERRALS | {Deed.UNNEEDED_LIMIT, Deed.ADJOURN}):
            return False
        return not found or Deed.SPECULATE in found or (self.deferral.who and self.deferral.when)

    def _limits_unseen(self, found: set[Deed]) -> bool:
        limits = limit_words.draws_limit(self.message.text) or limit_words.barks_limit(self.message.text)
        return self.mood.under_attack and limits and not found & (_ANSWERS_ATTACK | {Deed.DISMISS})

    def _without_repetition(self, found: list[Done]) -> list[Done]:
        """A whole message that was sent before brings nothing good a second time."""
        if not found or not wording.said_before(self.message.text, self.said, at_least=0.85):
            return found
        kept = [done for done in found if done.deed in _NEVER_FORGIVEN]
        return [*kept, Done(Deed.REPEATED)]


def _fetches_security(text: str) -> bool:
    """Whether security is meant, also with a slip of the finger in it."""
    near = any(one_slip(word, guard) for word in wording.words(text) if len(word) > 3 for guard in _GUARDS)
    return near or _SECURITY.search(wording.plain(text)) is not None


_PLAIN = {
    Move.SUMMARIZE: Deed.SUMMARIZE,
    Move.APPRECIATE: Deed.APPRECIATE,
    Move.DISMISS: Deed.DISMISS,
    Move.ARGUE: Deed.ARGUE,
    Move.OVERPROMISE: Deed.OVERPROMISE,
    Move.RETALIATE: Deed.RETALIATE,
    Move.SPECULATE: Deed.SPECULATE,
}
_ABOUT_ROOM = frozenset({Deed.OVERPROMISE, Deed.BROKEN_PROMISE})
_HARMED = HARMS | {Deed.SPECULATE}
_DEFERRALS = frozenset({Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL, Deed.VAGUE_DEFERRAL})
_ANSWERS_ATTACK = frozenset({Deed.SET_LIMIT, Deed.HARSH_LIMIT, Deed.ADJOURN, Deed.CALL_SUPPORT})
_ACKNOWLEDGING = (Deed.ACKNOWLEDGE, Deed.CANCELLED, Deed.REPEATED, Deed.FORMULA)
_NEVER_FORGIVEN = frozenset(
    {
        Deed.DISMISS,
        Deed.ARGUE,
        Deed.RETALIATE,
        Deed.HARSH_LIMIT,
        Deed.UNNEEDED_LIMIT,
        Deed.SPECULATE,
        Deed.OVERPROMISE,
        Deed.BROKEN_PROMISE,
        Deed.VAGUE_DEFERRAL,
        Deed.FACTS_BOUNCED,
        Deed.NEEDLESS_SUPPORT,
        Deed.EARLY_ADJOURN,
        Deed.SET_LIMIT,
        Deed.ADJOURN,
        Deed.CALL_SUPPORT,
        Deed.CLOSED_QUESTION,
    }
)  # limits stay limits when repeated: somebody who goes on is told again


def _best_acknowledgement(found: list[Done]) -> list[Done]:
    """Several acknowledgements in a message count as the best one; one that was taken back still stings beside it."""
    best = next((d for d in _ACKNOWLEDGING if any(done.deed is d for done in found)), None)
    return [done for done in found if done.deed in {best, Deed.CANCELLED} or done.deed not in _ACKNOWLEDGING]


def _buts(text: str, start: int) -> list[tuple[int, int]]:
    """Stretches from a 'maar' to the end of its sentence, after `start`."""
    return [(m.start(), _end_of_sentence(text, m.end())) for m in _BUT.finditer(text, start)]


_BUT = re.compile(
    r"\b(?:maar(?! (?:even|eens|op|door|raak|uit|rustig|verder|mee|hoor)\b)|alleen,|echter)", re.IGNORECASE
)


def _end_of_sentence(text: str, start: int) -> int:
    ends = [i for i in (text.find(mark, start) for mark in ".!?") if i >= 0]
    return min(ends) + 1 if ends else len(text)


def _sentences_around(text: str, tagged: TaggedMove) -> str:
    """The whole sentences that a move lies in."""
    place, found = 0, []
    for sentence in wording.SENTENCE.finditer(text):
        if sentence.start() < tagged.end and sentence.end() > tagged.start:
            found.append(sentence.group())
        place = sentence.end()
    return " ".join(found) if found else text[tagged.start : max(tagged.end, place)]
