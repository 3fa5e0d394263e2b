"""The small parts that put things into words, find answers, draw and count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.faq import FaqEntry
from bot.domain.questions import QuestionKind
from bot.web.assets import FILES, PackagesMissing, are_copied, copy_assets
from bot.web.dutch import date_and_time, due_in_words, long_date, topic_word, urgency
from bot.web.graph import Spot, line_graph
from bot.web.limits import Limit, Limits
from bot.web.prose import prose
from bot.web.search import find_entries
from tests.web.town import NOW, ROOT, TODAY, Clock


@pytest.mark.parametrize(
    ("days", "words", "look"),
    [
        (-3, "3 dagen te laat", "late"), (-1, "1 dag te laat", "late"), (0, "vandaag", "soon"), (1, "morgen", "soon"),
        (2, "over 2 dagen", "later"), (14, "over 14 dagen", "later"), (21, "over 3 weken", "later"),
    ],
)  # fmt: skip
def test_a_due_date_in_words(days: int, words: str, look: str) -> None:
    due = TODAY + timedelta(days=days)
    assert (due_in_words(due, TODAY), urgency(due, TODAY)) == (words, look)


def test_dates_are_dutch_and_on_the_dutch_clock() -> None:
    assert long_date(date(2027, 5, 3)) == "maandag 3 mei 2027"
    assert date_and_time(NOW) == "23 november 2026 om 10.30 uur"
    assert date_and_time(NOW.replace(month=7, hour=22, minute=5)) == "24 juli 2026 om 0.05 uur"
    assert topic_word("wonen_keuze") == "Wonen keuze"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hoi", '<p class="utrecht-paragraph">Hoi</p>'),
        ("a\nb\n\nc", '<p class="utrecht-paragraph">a<br>b</p><p class="utrecht-paragraph">c</p>'),
        (
            "Doe dit:\n- een\n• twee",
            '<p class="utrecht-paragraph">Doe dit:</p>'
            '<ul class="utrecht-unordered-list"><li>een</li><li>twee</li></ul>',
        ),
        (
            "2. een\n3. twee",
            '<ol class="utrecht-ordered-list" start="2"><li>een</li><li>twee</li></ol>',
        ),
        ("Op 3. mei\n12 mensen", '<p class="utrecht-paragraph">Op 3. mei<br>12 mensen</p>'),
        ("<b>x</b> & y", '<p class="utrecht-paragraph">&lt;b&gt;x&lt;/b&gt; &amp; y</p>'),
        (
            "Zie www.x.nl/a?b=1&c.",
            '<p class="utrecht-paragraph">Zie <a class="utrecht-link utrecht-link--html-a" '
            'href="https://www.x.nl/a?b=1&amp;c">www.x.nl/a?b=1&amp;c</a>.</p>',
        ),
        ("", ""),
    ],
)
def test_plain_text_becomes_html(text: str, html: str) -> None:
    assert str(prose(text)) == html


def entry(id: str, question: str, answer: str = "", phrasings: tuple[str, ...] = ()) -> FaqEntry:
    """An answer to search in."""
    return FaqEntry(id, question, answer, QuestionKind.FACTUAL, "thema", "eigenaar", phrasings=phrasings)


def test_search_prefers_the_question_over_the_answer_and_leaves_out_what_hardly_fits() -> None:
    entries = [
        entry("a", "Waar is de bus?", "Bij het station kunt u parkeren."),
        entry("b", "Waar kan ik parkeren?"),
        entry("c", "Wie is de baas?"),
        entry("d", "Wat kost het?", phrasings=("moet ik betalen voor parkeren",)),
    ]
    assert [each.id for each in find_entries(entries, "parkeren")] == ["b", "d", "a"]
    assert find_entries(entries, "taxibusjes in de Kerkstraat bij de baas van de molen") == []
    assert find_entries(entries, "") == []
    assert [each.id for each in find_entries([replace(entries[1], id="z"), entries[1]], "parkeren")] == ["b", "z"]


def test_the_graph_stays_inside_its_frame_and_names_both_lines() -> None:
    svg = str(line_graph([Spot(0, 140, -5), Spot(1, 50, 50), Spot(2, 49, 51)], turning_turn=1))
    assert svg.count("<polyline") == 2
    assert "keerpunt" in svg
    assert ">spanning<" in svg
    assert ">gehoord<" in svg
    assert "De spanning ging van 140 naar 49, gehoord voelen van -5 naar 51" in svg
    assert 'points="48.0,22.0 ' in svg  # 140 is drawn as 100


def test_limits_forget_what_is_long_ago() -> None:
    clock = Clock()
    limits = Limits(clock)
    limit = Limit(times=2, seconds=10)
    assert [limits.allows(limit, "a") for _ in range(3)] == [True, True, False]
    assert limits.allows(limit, "b")
    clock.forward(seconds=10)
    assert limits.allows(limit, "a")


def test_assets_are_copied_or_the_cure_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackagesMissing, match="npm ci"):
        copy_assets(tmp_path, tmp_path / "vendor")
    for source in FILES.values():
        path = tmp_path / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.css").write_text("gone")
    assert not are_copied(vendor)
    assert len(copy_assets(tmp_path, vendor)) == len(FILES)
    assert are_copied(vendor)
    assert not (vendor / "old.css").exists()


def test_the_lock_file_names_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"integrity"' in text
    assert '"resolved"' not in text
    assert "registry" not in text
