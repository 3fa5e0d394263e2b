"""The FAQ as a spreadsheet file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.domain.faq import FaqEntry
from bot.domain.faq_csv import ID, MAX_ID_CHARS, FaqCsvError, decode_csv, format_faq_csv, parse_faq_csv
from bot.domain.questions import QuestionKind
from bot.domain.replies import Button, payload

HEADER = "id,question,answer,kind,topic,owner"
ROW = "z01,Hoeveel mensen?,240 mensen.,factual,aantallen,COA"
ENTRY = FaqEntry("z01", "Hoeveel mensen?", "240 mensen.", QuestionKind.FACTUAL, "aantallen", "COA")
DEVELOPMENT_SET = Path(__file__).parents[3] / "shared" / "evaluation" / "faq.csv"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\n{ROW}\n",
        f"\ufeff{HEADER}\r\n{ROW}\r\n",
        f"{HEADER}\n{ROW}".replace(",", ";"),
        f"{HEADER}\n{ROW}".replace(",", "\t"),
        f"{HEADER.upper()}\n\n{ROW}\n,,,,,\n",
        f"{HEADER},notitie\n{ROW},laat maar\n",
        f"owner,{HEADER.removesuffix(',owner')}\nCOA,{ROW.removesuffix(',COA')}\n",
        f"{HEADER}\n{ROW}".replace("factual", "Feitelijk"),
        f"{HEADER},type,source\n{ROW}\n",
    ],
    ids=[
        "plain",
        "Excel",
        "semicolons",
        "tabs",
        "blank rows",
        "more columns",
        "other order",
        "Dutch kind",
        "short row",
    ],
)
def test_a_file_is_read_however_it_was_saved(text: str) -> None:
    assert parse_faq_csv(text) == (ENTRY,)


def test_optional_columns_are_read() -> None:
    text = f"{HEADER},type,reviewed_on,review_by,source\n{ROW},number_of_people,2026-03-01,31-12-2026,raadsbesluit\n"
    (read,) = parse_faq_csv(text)
    assert (read.type, read.published_on, read.review_by, read.source) == (
        "number_of_people", date(2026, 3, 1), date(2026, 12, 31), "raadsbesluit",
    )  # fmt: skip


@pytest.mark.parametrize("data", ["é".encode(), "\ufeffé".encode(), "é".encode("cp1252")])
def test_bytes_are_decoded_as_windows_or_utf8(data: bytes) -> None:
    assert decode_csv(data) == "é"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "Rij 1: deze kolommen ontbreken in de kopregel: 'id', 'question', 'answer', 'kind', 'topic', 'owner'."),
        (f"{HEADER.removesuffix(',owner')}\n", "Rij 1: deze kolommen ontbreken in de kopregel: 'owner'."),
        (f"{HEADER},id\n", "Rij 1, kolom 'id': deze kolom staat er twee keer."),
        (f"{HEADER}\n{ROW}\n".replace("240 mensen.", ""), "Rij 2, kolom 'answer': leeg; vul deze cel in."),
        (f"{HEADER}\n{ROW}\n{ROW}\n", "Rij 3, kolom 'id': 'z01' staat ook al in rij 2."),
        (f"{HEADER}\n{ROW}\n".replace("z01", "z 1"), "Rij 2, kolom 'id': 'z 1' kan niet: gebruik letters, cijfers"),
        (
            f"{HEADER}\n{ROW}\n".replace("factual", "feit"),
            "Rij 2, kolom 'kind': 'feit' is niet bekend; kies uit factual,",
        ),
        (f"{HEADER}\n{ROW}\n".replace("240", "x" * 3500), "Rij 2, kolom 'answer': 3508 tekens; er passen er 3500"),
        (f"{HEADER}\n{ROW},los\n", "Rij 2: er staan 7 cellen onder 6 kolommen; zet tekst met een komma"),
        (f"{HEADER},review_by\n{ROW},31-02-2026\n", "Rij 2, kolom 'review_by': '31-02-2026' is geen datum"),
        (f'{HEADER}\n"{ROW}\n', "Rij 1: dit is geen leesbaar CSV-bestand"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(FaqCsvError) as caught:
        parse_faq_csv(text)
    assert str(caught.value).startswith(complaint)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(FaqCsvError) as caught:
        parse_faq_csv(f"{HEADER}\n,,x,onzin,,COA\n{ROW}\n{ROW}")
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        (2, "id"), (2, "question"), (2, "topic"), (2, "kind"), (4, "id"),
    ]  # fmt: skip


def test_what_is_written_reads_back() -> None:
    entries = (ENTRY, FaqEntry("z02", 'Een "ja"; of nee?', "Regel 1\nRegel 2", QuestionKind.POLITICAL, "t", "raad"))
    assert parse_faq_csv(format_faq_csv(entries)) == entries


@pytest.mark.skipif(not DEVELOPMENT_SET.exists(), reason="the development sets lie beside the project only")
def test_the_development_file_is_read() -> None:
    assert len(parse_faq_csv(decode_csv(DEVELOPMENT_SET.read_bytes()))) == 30


@pytest.mark.parametrize("intent", ["choose_entry", "answer_helped", "answer_did_not_help"])
def test_the_longest_name_fits_behind_every_button(intent: str) -> None:
    name = "x" * MAX_ID_CHARS
    assert ID.fullmatch(name)
    assert not ID.fullmatch(name + "x")
    assert Button("Ja", payload(intent, entry=name)).title == "Ja"
