"""What a resident does with questions: ask, say whether they want to hear more, look back, correct."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.faq import EntryState
from bot.domain.notices import answer_notice
from bot.domain.outgoing import NewOutgoing, OutgoingKind
from bot.domain.questions import SAME_QUESTION, Cluster, Question, QuestionKind, QuestionState, same_words
from bot.domain.understanding import Vector
from bot.services.audit import note
from bot.services.editing import settle
from bot.services.errors import NotFound
from bot.services.follow_ups import tell_last_step
from bot.services.notices import queue
from bot.services.ports import NewQuestion, Store, Subject, Unit
from bot.services.telling import tell
from bot.services.vectors import Embed

COMPLETED_AT_ONCE = 8
"""Vectors made while somebody waits for a reply: some milliseconds each."""


def register_question(
    store: Store,
    *,
    text: str,
    kind: QuestionKind,
    topic: str,
    owner: str,
    due_on: date,
    conversation: str,
    emotion: bool,
    embedding: Vector | None,
    now: datetime,
    message_id: str | None = None,
    same_above: float = SAME_QUESTION,
) -> Question:
    """Keep a question and give it its number.

    It joins an open cluster of its kind that holds the same words, or a vector with cosine `same_above` (0-1) or more;
    otherwise it gets a cluster of its own. The same words by the same asker, still open, are not registered twice: the
    earlier question comes back. `message_id` is the channel's id of the message, for `question_of_message`: a message
    that comes in once more, because the reply to it got lost, finds its question again whatever became of it.
    """
    new = NewQuestion(text, kind, topic, owner, due_on, conversation, now, emotion, embedding, message_id)
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        earlier = _asked_before(work, new)
        if earlier is not None:
            return earlier
        cluster_id, raises = _place(work, new, same_above)
        question = work.questions.add(new, cluster_id if cluster_id is not None else work.clusters.add(new))
        note(work, now, None, "registered", f"question:{question.number}", cluster=question.cluster_id)
        if raises:
            settle(work, question.cluster_id, now, None, "joined", question=question.number)
        elif cluster_id is not None:
            cluster = _cluster(work, question)
            work.clusters.save(replace(cluster, due_on=min(cluster.due_on, due_on)))
        work.commit()
        return question


def record_wish(store: Store, *, conversation: str, number: int, wants_notice: bool, now: datetime) -> Question:
    """Keep whether the asker wants to hear the answer. Raises NotFound when the question is not theirs.

    When the team was quicker than the wish, the answer is queued now: nobody who wants to hear is passed over.
    """
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        question = replace(_own(work, conversation, number), wants_notice=wants_notice)
        work.questions.save(question)
        entry = work.faq.get(question.answered_by) if question.answered_by else None
        if entry is not None and entry.state is EntryState.PUBLISHED:
            tell(work, [question], entry, answer_notice, now)
        elif wants_notice and question.kind is QuestionKind.SIDE_ISSUE:
            tell_last_step(work, question, now)
        work.commit()
        return question


def my_questions(store: Store, conversation: str) -> tuple[Question, ...]:
    """Everything this conversation asked, oldest first."""
    with store.view() as work:
        return work.questions.of_conversation(conversation)


def question_of_message(store: Store, *, conversation: str, message_id: str) -> Question | None:
    """The question that was registered for a message, so that an edit of the message finds it.

    None as well when the message held several: which of them was edited, `questions_of_message` and the words tell.
    """
    found = questions_of_message(store, conversation=conversation, message_id=message_id)
    return found[0] if len(found) == 1 else None


def questions_of_message(store: Store, *, conversation: str, message_id: str) -> tuple[Question, ...]:
    """All questions that were registered for a message, oldest first."""
    with store.view() as work:
        return work.questions.of_message(conversation, message_id)


def complete_vectors(
    store: Store, embed: Embed, now: datetime, *, same_above: float = SAME_QUESTION, limit: int = COMPLETED_AT_ONCE
) -> int:
    """Give open questions their vector that had none, such as an edited one; returns how many those were.

    A question alone in its cluster joins the cluster of nearly the same question, as it would have when it was asked.
    """
    with store.view() as work:
        missing = work.questions.without_vector(limit)
    if not missing:
        return 0
    made = embed([question.text for question in missing])  # outside any unit: it takes milliseconds a text
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        for question, vector in zip(missing, made, strict=True):
            if work.questions.get(question.number) == question:  # nobody changed it in between
                _complete(work, question, vector, now, same_above)
        work.commit()
    return len(missing)


def edit_question(
    store: Store,
    *,
    conversation: str,
    number: int,
    text: str,
    embedding: Vector | None,
    now: datetime,
    same_above: float = SAME_QUESTION,
    receipt: NewOutgoing | None = None,
) -> Question:
    """Give an open question other words, and the cluster that goes with them; an answered one stays as it was.

    receipt: what the asker hears about it, queued with the change or not at all. Raises NotFound when the question is
    not theirs.
    """
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        question = _own(work, conversation, number)
        if question.state is not QuestionState.OPEN or question.text == text:
            return question
        moved = _reworded(work, question, text, embedding, now, same_above)
        if receipt is not None:
            work.lock(Subject.OUTGOING)
            queue(work, receipt, now)
        work.commit()
        return moved


def stop_notices(store: Store, conversation: str) -> int:
    """Nothing more of our own accord: wishes and news withdrawn, what waits dropped. Returns how many those were."""
    with store.unit() as work:
        work.lock(Subject.QUESTIONS)
        for question in work.questions.of_conversation(conversation):
            if question.wants_notice is not False:
                work.questions.save(replace(question, wants_notice=False))
        work.lock(Subject.OUTGOING)
        work.subscriptions.remove(conversation)
        dropped = work.outgoing.drop(conversation, (OutgoingKind.NOTICE, OutgoingKind.NEWS))
        work.commit()
        return dropped


def _asked_before(work: Unit, new: NewQuestion) -> Question | None:
    of_message = work.questions.of_message(new.conversation, new.message_id) if new.message_id else ()
    still_open = [each for each in work.questions.of_conversation(new.conversation) if each.state is QuestionState.OPEN]
    words = same_words(new.text)
    return next((each for each in (*of_message, *still_open) if same_words(each.text) == words), None)


def _complete(work: Unit, question: Question, vector: Vector, now: datetime, same_above: float) -> None:
    work.questions.save_text(question.number, question.text, vector)
    here = _cluster(work, question)
    if len(here.questions) > 1 or here.claimed_by is not None:
        return
    nearest = work.clusters.nearest_open(vector, question.kind, question.number)
    if nearest is not None and nearest[1] >= same_above:
        work.questions.save(replace(question, cluster_id=nearest[0]))
        for cluster_id in (here.id, nearest[0]):
            settle(work, cluster_id, now, None, "joined", question=question.number)


def _own(work: Unit, conversation: str, number: int) -> Question:
    question = work.questions.get(number)
    if question is None or question.conversation != conversation:
        raise NotFound(f"U heeft geen vraag met nummer {number}.")
    return question


def _place(work: Unit, new: NewQuestion, same_above: float, but: int | None = None) -> tuple[int | None, bool]:
    """The open cluster it belongs to, if any, and whether the team has to look before they answer it there."""
    same = work.clusters.open_with_words(same_words(new.text), new.kind, but)
    if same is not None:
        return same, False
    nearest = work.clusters.nearest_open(new.embedding, new.kind, but) if new.embedding is not None else None
    if nearest is not None and nearest[1] >= same_above:
        return nearest[0], True
    return None, False


def _reworded(
    work: Unit, question: Question, text: str, embedding: Vector | None, now: datetime, same_above: float
) -> Question:
    new = NewQuestion(
        text, question.kind, question.topic, question.owner, question.due_on, question.conversation, question.asked_at,
        question.emotion, embedding,
    )  # fmt: skip
    target, _ = _place(work, new, same_above, but=question.number)
    if target is None:
        alone = len(_cluster(work, question).questions) == 1
        target = question.cluster_id if alone else work.clusters.add(new)
    moved = replace(question, text=text, cluster_id=target)
    work.questions.save_text(question.number, text, embedding)
    work.questions.save(moved)
    for cluster_id in {question.cluster_id, target}:
        settle(work, cluster_id, now, None, "edited", question=question.number)
    return moved


def _cluster(work: Unit, question: Question) -> Cluster:
    cluster = work.clusters.get(question.cluster_id)
    assert cluster is not None, f"question {question.number} has no cluster"
    return cluster
