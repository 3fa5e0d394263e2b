"""Entries apart from questions: write, withdraw, look back, import, export."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.faq import EntryState, ImportReport
from bot.domain.faq_csv import format_faq_csv, parse_faq_csv
from bot.services.answers import (
    all_entries,
    entry,
    faq_revision,
    import_entries,
    link_phrasing,
    published_entries,
    save_entry,
    unlink_phrasing,
    versions,
    withdraw_entry,
)
from bot.services.errors import ChangedByOther, NotFound, NotPossible
from bot.services.ports import Store
from tests.services.residents import LATER, NOW, colleague, faq_entry

pytestmark = pytest.mark.both_databases


def test_versions_are_kept_newest_first(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry(answer="Eerst"), expected_version=0, account_id=account.id, now=NOW)
    save_entry(store, faq_entry(answer="Toen"), expected_version=1, account_id=account.id, now=LATER)
    withdraw_entry(store, entry_id="z01", expected_version=2, account_id=account.id, now=LATER)
    kept = versions(store, "z01")
    assert [(old.entry.version, old.entry.answer, old.entry.state.value) for old in kept] == [
        (3, "Toen", "withdrawn"), (2, "Toen", "published"), (1, "Eerst", "published"),
    ]  # fmt: skip
    assert (kept[2].saved_at, kept[2].account_id, kept[2].entry.published_on) == (NOW, account.id, date(2026, 3, 2))


def test_only_published_entries_answer_anybody(store: Store) -> None:
    save_entry(store, faq_entry("a"), expected_version=0, account_id=None, now=NOW)
    save_entry(store, faq_entry("b", state=EntryState.DRAFT), expected_version=0, account_id=None, now=NOW)
    assert [found.id for found in published_entries(store)] == ["a"]
    assert [(found.id, found.published_on) for found in all_entries(store)] == [("a", date(2026, 3, 2)), ("b", None)]


def test_every_change_of_what_is_published_raises_the_revision(store: Store) -> None:
    account = colleague(store)
    seen = [faq_revision(store)]
    save_entry(store, faq_entry(), expected_version=0, account_id=account.id, now=NOW)
    seen.append(faq_revision(store))
    link_phrasing(store, entry_id="z01", text="Hoeveel man?", account_id=account.id, now=NOW)
    seen.append(faq_revision(store))
    unlink_phrasing(store, entry_id="z01", text="Hoeveel man?", account_id=account.id, now=NOW)
    seen.append(faq_revision(store))
    import_entries(store, [faq_entry("z02")], now=NOW)
    seen.append(faq_revision(store))
    withdraw_entry(store, entry_id="z01", expected_version=1, account_id=account.id, now=NOW)
    seen.append(faq_revision(store))
    assert seen == sorted(set(seen))


def test_a_phrasing_that_led_astray_is_taken_away(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry(), expected_version=0, account_id=account.id, now=NOW)
    linked = link_phrasing(store, entry_id="z01", text="Hoeveel man?", account_id=account.id, now=NOW)
    assert linked.phrasings == ("Hoeveel man?",)
    again = link_phrasing(store, entry_id="z01", text="hoeveel man", account_id=account.id, now=NOW)
    assert again.phrasings == ("Hoeveel man?",)
    assert unlink_phrasing(store, entry_id="z01", text="Hoeveel man?", account_id=account.id, now=NOW).phrasings == ()
    with pytest.raises(NotFound, match="hoort niet"):
        unlink_phrasing(store, entry_id="z01", text="Hoeveel man?", account_id=account.id, now=NOW)


def test_a_new_version_keeps_the_phrasings(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry(), expected_version=0, account_id=account.id, now=NOW)
    link_phrasing(store, entry_id="z01", text="Hoeveel man?", account_id=account.id, now=NOW)
    saved = save_entry(store, faq_entry(answer="Nieuw"), expected_version=1, account_id=account.id, now=NOW).entry
    assert saved == entry(store, "z01")
    assert saved.phrasings == ("Hoeveel man?",)


@pytest.mark.parametrize("expected_version", [0, 2])
def test_nobody_overwrites_a_version_they_did_not_see(store: Store, expected_version: int) -> None:
    account = colleague(store)
    save_entry(store, faq_entry(), expected_version=0, account_id=account.id, now=NOW)
    with pytest.raises(ChangedByOther, match="Fatima") as caught:
        save_entry(store, faq_entry(), expected_version=expected_version, account_id=account.id, now=NOW)
    assert caught.value.by == "Fatima"


def test_an_entry_without_an_answer_is_refused(store: Store) -> None:
    with pytest.raises(NotPossible, match="Vul een vraag en een antwoord in"):
        save_entry(store, faq_entry(answer=""), expected_version=0, account_id=None, now=NOW)


def test_importing_says_what_it_did(store: Store) -> None:
    account = colleague(store)
    import_entries(store, [faq_entry("a"), faq_entry("b"), faq_entry("c")], now=NOW)
    withdraw_entry(store, entry_id="c", expected_version=1, account_id=account.id, now=NOW)
    rows = [faq_entry("a"), faq_entry("b", answer="Anders"), faq_entry("c", answer="Terug?"), faq_entry("d")]
    assert import_entries(store, rows, now=LATER) == ImportReport(("d",), ("b",), ("a",), ("c",))
    assert [found.id for found in published_entries(store)] == ["a", "b", "d"]


def test_importing_the_same_file_twice_changes_nothing(store: Store) -> None:
    rows = [faq_entry("a", published_on=date(2026, 1, 1)), faq_entry("b")]
    import_entries(store, rows, now=NOW)
    before = faq_revision(store)
    assert import_entries(store, rows, now=LATER).unchanged == ("a", "b")
    assert faq_revision(store) == before


def test_an_import_with_a_fault_changes_nothing(store: Store) -> None:
    with pytest.raises(NotPossible):
        import_entries(store, [faq_entry("a"), faq_entry("b", answer=" ")], now=NOW)
    assert all_entries(store) == ()


def test_an_import_leaves_what_the_team_added(store: Store) -> None:
    account = colleague(store)
    save_entry(store, faq_entry(type="number_of_people"), expected_version=0, account_id=account.id, now=NOW)
    link_phrasing(store, entry_id="z01", text="Hoeveel man?", account_id=account.id, now=NOW)
    assert import_entries(store, [faq_entry(answer="Nieuw")], now=LATER).changed == ("z01",)
    found = entry(store, "z01")
    assert (found.type, found.phrasings, found.version) == ("number_of_people", ("Hoeveel man?",), 2)


def test_what_is_exported_can_be_imported(store: Store) -> None:
    rows = [
        faq_entry("a", answer="Eén; twee,\n\"drie\"", review_by=date(2026, 9, 1), source="https://x.example"),
        faq_entry("b", type="parking"),
    ]  # fmt: skip
    import_entries(store, rows, now=NOW)
    read = parse_faq_csv(format_faq_csv(published_entries(store)))
    assert read == tuple(replace(found, phrasings=(), version=1) for found in published_entries(store))
    assert import_entries(store, read, now=LATER).unchanged == ("a", "b")


def test_telling_what_an_import_would_do_changes_nothing(store: Store) -> None:
    import_entries(store, [faq_entry("a"), faq_entry("b")], now=NOW)
    before = faq_revision(store)
    report = import_entries(store, [faq_entry("a", answer="Anders"), faq_entry("c")], now=LATER, keep=False)
    assert report == ImportReport(added=("c",), changed=("a",), not_in_file=("b",))
    assert [found.id for found in published_entries(store)] == ["a", "b"]
    assert faq_revision(store) == before


def test_what_is_published_late_in_the_evening_is_dated_by_the_dutch_day(store: Store) -> None:
    import_entries(store, [faq_entry("a")], now=NOW.replace(month=5, day=31, hour=22, minute=30))
    assert entry(store, "a").published_on == date(2026, 6, 1)
