"""By-catch that goes its own way: steps, and a message back to whoever brought it up (points 30-33)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.follow_up import MAX_MESSAGE_CHARS, FollowUp, Step
from bot.domain.notices import follow_up_notice
from bot.domain.outgoing import NewOutgoing, OutgoingKind
from bot.domain.questions import Cluster, Question, QuestionKind, QuestionState
from bot.services.editing import cluster_for, save
from bot.services.errors import NotPossible
from bot.services.notices import queue
from bot.services.ports import Store, Subject, Unit


def follow_ups(store: Store, cluster_id: int) -> tuple[FollowUp, ...]:
    """The steps taken, oldest first."""
    with store.view() as work:
        return work.follow_ups.of_cluster(cluster_id)


def take_step(
    store: Store, *, cluster_id: int, expected_version: int, account_id: int, step: Step, text: str, now: datetime
) -> int:
    """Keep a step and tell the askers `text`, if there is one; how many are told. A closing step closes the row.

    Raises ChangedByOther, and NotPossible for another kind of question, a closing step without words (everybody hears
    back, point 33) or a text that is too long.
    """
    text = text.strip()
    if step.closes and not text:
        raise NotPossible("Schrijf ook wat de inwoner hierover te horen krijgt: dit is de laatste stap.")
    if len(text) > MAX_MESSAGE_CHARS:
        raise NotPossible(f"Het bericht is {len(text)} tekens lang; er passen er {MAX_MESSAGE_CHARS}.")
    with store.unit() as work:
        found = cluster_for(work, cluster_id, expected_version, account_id)
        if found.kind is not QuestionKind.SIDE_ISSUE:
            raise NotPossible("Alleen bijvangst krijgt vervolgstappen. Deel de vraag eerst in als bijvangst.")
        taken = work.follow_ups.add(cluster_id, step, text, account_id, now)
        told = _tell(work, found.questions, taken, text, now) if text else 0
        work.follow_ups.told(taken, told)
        if step.closes:
            _close(work, found, now)
        changed = replace(found, follow_up=step)
        if step.closes:
            changed = replace(changed, state=QuestionState.ANSWERED, claimed_by=None)
        save(work, changed, now, account_id, "followed_up", step=step.value, notices=told)
        work.commit()
        return told


def tell_last_step(work: Unit, question: Question, now: datetime) -> int:
    """For somebody who wants to hear after the team already wrote; 1 when there is something to tell, else 0."""
    written = [each for each in work.follow_ups.of_cluster(question.cluster_id) if each.text]
    return _tell(work, [question], written[-1].id, written[-1].text, now) if written else 0


def _close(work: Unit, cluster: Cluster, now: datetime) -> None:
    for question in cluster.questions:
        work.questions.save(replace(question, state=QuestionState.ANSWERED, answered_at=now))


def _tell(work: Unit, questions: Iterable[Question], follow_up_id: int, text: str, now: datetime) -> int:
    """One message for each asker who wants it, about their first question."""
    work.lock(Subject.OUTGOING)
    first: dict[str, Question] = {}
    for question in questions:
        if question.wants_notice:
            first.setdefault(question.conversation, question)
    chats = work.contacts.chats_of(first)
    return sum(
        queue(
            work,
            NewOutgoing(
                OutgoingKind.NOTICE,
                who,
                chats.get(who),
                follow_up_notice(question.text, question.number, text),
                f"follow_up:{follow_up_id}:{who}",
                cluster_id=question.cluster_id,
                question_number=question.number,
            ),
            now,
        )
        for who, question in first.items()
    )
