"""What the review desk masks in residents' texts, and what it leaves alone."""

from __future__ import annotations

import pytest

from bot.domain.personal_data import PersonalData, find_personal_data, is_bsn, is_iban, mask_personal_data


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Bel mij op 06-12345678 graag", "Bel mij op [telefoonnummer] graag"),
        ("bel 0612345678.", "bel [telefoonnummer]."),
        ("06 12 34 56 78 is mijn nummer", "[telefoonnummer] is mijn nummer"),
        ("+31 6 12345678", "[telefoonnummer]"),
        ("0031612345678", "[telefoonnummer]"),
        ("+31 (0)6 1234 5678", "[telefoonnummer]"),
        ("(030) 286 00 00", "[telefoonnummer]"),
        ("Mijn vaste nummer: 0348-123456!", "Mijn vaste nummer: [telefoonnummer]!"),
        ("mail naar j.de.vries+opvang@voorbeeld.nl aub", "mail naar [e-mailadres] aub"),
        ("mijn rekening NL91 ABNA 0417 1643 00 staat rood", "mijn rekening [rekeningnummer] staat rood"),
        ("nl91abna0417164300", "[rekeningnummer]"),
        ("BE68 5390 0754 7034", "[rekeningnummer]"),
        ("mijn bsn is 111222333", "mijn bsn is [burgerservicenummer]"),
        ("BSN 1112.22.333", "BSN [burgerservicenummer]"),
        ("Ik woon op 3511 AB 12", "Ik woon op [adres]"),
        ("postcode 3511ab, nummer 12a", "postcode [adres]"),
        ("Dorpsstraat 12, 3511 AB Utrecht", "[adres] Utrecht"),
        ("Ik woon aan de Oude Trekweg 14b en slaap slecht", "Ik woon aan de [adres] en slaap slecht"),
        ("06-12345678 of jan@voorbeeld.nl", "[telefoonnummer] of [e-mailadres]"),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Hoeveel mensen komen er wonen?",
        "Komen er 160 mensen op 6 oktober 2026?",
        "Klopt het dat het 1.250.000 euro kost?",
        "De bus van 8.15 uur rijdt om 12:30",
        "Geldt artikel 10a van de wet uit 2024 ook?",
        "Wordt Oude Trekweg 20 verbouwd?",
        "Is 2025 het jaar? En 2026 ook?",
        "Bestelling AB12 3456 7891 1234 5",
        "Nummer 123456789 in de rij",
        "In 2027 komen er 12 gezinnen",
        "We kijken er op 2027-02-15 weer naar, niet op 15-02-2027",
        "",
        "🙂",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert mask_personal_data(text) == text


def test_finds_never_overlap_and_stand_in_order() -> None:
    found = find_personal_data("a@b.nl en 0612345678, 3511 AB 1, NL91ABNA0417164300, bsn 111222333")
    assert [each.kind for each in found] == [
        PersonalData.EMAIL,
        PersonalData.PHONE,
        PersonalData.ADDRESS,
        PersonalData.IBAN,
        PersonalData.BSN,
    ]
    assert all(left.end <= right.start for left, right in zip(found, found[1:], strict=False))


def test_check_digits_decide() -> None:
    assert is_iban("NL91 ABNA 0417 1643 00")
    assert not is_iban("NL92 ABNA 0417 1643 00")
    assert is_bsn("111222333")
    assert not is_bsn("111222334")
    assert not is_bsn("000000000")


def test_a_long_text_takes_no_noticeable_time() -> None:
    """Patterns with many optional parts can run away on hostile text."""
    import time

    start = time.perf_counter()
    for text in ("0" * 10_000, "A " * 5_000, "1234 " * 2_000, "a." * 5_000 + "@", "NL12 " + "A1 " * 3_000):
        mask_personal_data(text)
    assert time.perf_counter() - start < 2.0
