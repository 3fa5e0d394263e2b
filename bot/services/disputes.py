"""'Oneens': the official was there, the coach only reads along. Kept for whoever keeps the content, without a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.personal_data import mask_personal_data
from bot.domain.practice.coach import cue
from bot.domain.practice.debrief import debrief
from bot.domain.practice.deeds import Deed
from bot.domain.practice.disputes import Dispute
from bot.domain.practice.records import TalkRecord, TurnRecord
from bot.domain.replies import Button, Say, payload
from bot.services.own_talks import found_talk, talk_of
from bot.services.talk_ports import Scenarios, TalkStore

NO_REMARK = "Daar heb ik geen opmerking over gemaakt. Typ bijvoorbeeld ‘oneens met beurt 2’."


def disagree(
    store: TalkStore, scenarios: Scenarios, conversation: str, turn: int | None, now: datetime, talk_id: str = ""
) -> tuple[Say, ...]:
    """Keep that the official does not agree with the remark on a turn.

    turn: 1-based; None for the last remark that was made. talk_id: '' for the talk going on, or else the last.
    """
    with store.unit() as work:
        record = found_talk(work, conversation, talk_id)
        remarked = _remarks(record, scenarios) if record else {}
        number = turn if turn is not None else max(remarked, default=0)
        said = _turn(record, number)
        if record is None or said is None or number not in remarked:
            return (Say(NO_REMARK),)
        if not said.disagreed:
            work.disputes.add(Dispute(record.scenario, remarked[number]), now)
            work.talks.save(_marked(record, replace(said, disagreed=True)), now)
            work.commit()
    return (_noted(number, record.id),)


def share_words(
    store: TalkStore, scenarios: Scenarios, conversation: str, turn: int, now: datetime, talk_id: str = ""
) -> tuple[Say, ...]:
    """Let the content keeper read the words that a disputed remark was about: masked, and without a name."""
    with store.unit() as work:
        record = found_talk(work, conversation, talk_id)
        said = _turn(record, turn)
        if record is None or said is None or not said.disagreed or record.scenario not in scenarios:
            return (Say(NO_REMARK),)
        if not said.shared:
            deed = _remarks(record, scenarios)[turn]
            shared = Dispute(record.scenario, deed, mask_personal_data(said.text), _before(record, turn))
            work.disputes.add(shared, now)
            work.talks.save(_marked(record, replace(said, shared=True)), now)
            work.commit()
    return (Say("Dank je. Je zin gaat zonder je naam mee; telefoonnummers en adressen zijn onleesbaar gemaakt."),)


def list_disputes(store: TalkStore, *, limit: int = 300) -> Sequence[Dispute]:
    """For the content keeper: most often disputed first."""
    with store.view() as work:
        return work.disputes.all(limit)


def _before(record: TalkRecord, turn: int) -> str:
    """The resident's words that a turn answered."""
    return record.turns[turn - 2].reply if turn > 1 else record.opening


def _turn(record: TalkRecord | None, number: int) -> TurnRecord | None:
    return next((each for each in record.turns if each.number == number), None) if record else None


def _marked(record: TalkRecord, changed: TurnRecord) -> TalkRecord:
    return replace(record, turns=tuple(changed if each.number == changed.number else each for each in record.turns))


def _remarks(record: TalkRecord, scenarios: Scenarios) -> dict[int, Deed]:
    """What was remarked on, per turn: during the talk or, where that was silent, in the debrief."""
    if record.scenario not in scenarios:
        return {}
    talk = talk_of(record, scenarios[record.scenario])
    during = {turn.number: found.deed for turn in talk.turns if (found := cue(talk, turn, record.goal))}
    afterwards = {each.turn: each.deed for each in debrief(talk, record.goal).improvements if each.made}
    return {**afterwards, **during}


def _noted(turn: int, talk_id: str) -> Say:
    text = (
        "Genoteerd: je bent het niet eens met die opmerking. Jij was erbij, de coach leest alleen mee. Wie de inhoud "
        "beheert, ziet om welk soort opmerking het ging; niet wie je bent en niet wat je zei."
    )
    button = Button("Stuur ook mijn zin mee, zonder naam", payload("share_words", turn=turn, talk=talk_id))
    return Say(text, buttons=(button,), data={"speaker": "coach", "turn": turn})
