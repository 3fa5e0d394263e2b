"""A debrief as a Word document: to keep, to print or to take to a trainer."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.web.debrief import DebriefView
from bot.web.dutch import date_and_time
from bot.web.graph import describe
from bot.web.graph_image import graph_png

BLUE: Final = RGBColor(0x0D, 0x5C, 0x70)
GREY: Final = RGBColor(0x55, 0x55, 0x55)
SHADE: Final = "E0F0F4"
MARK_SHADES: Final = {"good": "DDF0DC", "poor": "FFF1CC", "absent": "F9DEDC", "not_needed": "EEEEEE"}
TEXT_WIDTH: Final = Cm(16.6)
LINES_FOR_NOTES: Final = 4


def as_document(found: DebriefView, municipality: str) -> bytes:
    """The whole debrief as .docx. municipality: its name, for the foot of the page."""
    doc = Document()
    _styles(doc)
    _head(doc, found, municipality)
    _course(doc, found)
    _skills(doc, found)
    _lessons(doc, found)
    _commitments(doc, found)
    _notes(doc)
    _transcript(doc, found)
    kept = BytesIO()
    doc.save(kept)
    return kept.getvalue()


def _styles(doc: Doc) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    styles = doc.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size, before in (("Title", 24, 0), ("Heading 1", 15, 14), ("Heading 2", 12, 8)):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = "Calibri", Pt(size), True, BLUE
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        # The theme's own fonts would win from the name.
        fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    normal.element.get_or_add_rPr().append(language)


def _head(doc: Doc, found: DebriefView, municipality: str) -> None:
    doc.core_properties.title = f"Nabespreking: {found.title}"
    doc.core_properties.author = "Dialoogcoach"
    doc.core_properties.language = "nl-NL"
    doc.core_properties.comments = ""
    doc.add_paragraph("Nabespreking oefengesprek", style="Title")
    rows = [
        ("Situatie", found.title),
        ("Bewoner", found.name),
        ("Gehouden", date_and_time(found.held_at) if found.held_at else ""),
        ("Leerdoel", found.goal or "alle leerdoelen"),
        ("Beurten", str(max((spot.turn for spot in found.spots), default=0))),
        ("Einde", found.ending_name),
    ]
    table = _table(doc, [Cm(3.2), Cm(13.4)])
    for name, value in rows:
        if value:
            cells = _row(table)
            _fill(cells[0], name, bold=True)
            _fill(cells[1], value)
    doc.add_paragraph()
    doc.add_paragraph(found.ending_text)
    _foot(doc, municipality)


def _foot(doc: Doc, municipality: str) -> None:
    foot = doc.sections[0].footer.paragraphs[0]
    whose = "van wie het gesprek oefende; niemand anders heeft er toegang toe"
    run = foot.add_run(f"Dialoogcoach, gemeente {municipality}. Dit verslag is {whose}. Bladzijde ")
    run.font.size, run.font.color.rgb = Pt(8.5), GREY
    number = foot.add_run()
    number.font.size, number.font.color.rgb = Pt(8.5), GREY
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        number._r.append(part)


def _course(doc: Doc, found: DebriefView) -> None:
    if len(found.spots) < 2:
        return
    doc.add_heading("Het verloop", 1)
    picture = doc.add_picture(BytesIO(graph_png(found.spots, found.turning_turn)), width=TEXT_WIDTH)
    picture._inline.docPr.set("descr", describe(found.spots))
    doc.paragraphs[-1].paragraph_format.keep_with_next = True
    if found.turning:
        said = f" Je zei: “{found.turning_quote}”" if found.turning_quote else ""
        _led(doc.add_paragraph(), "Het keerpunt. ", found.turning + said)
    _led(doc.add_paragraph(), "Luisteren. ", found.listening)
    _led(doc.add_paragraph(), "Ruimte. ", found.room)


def _skills(doc: Doc, found: DebriefView) -> None:
    doc.add_heading("Leerdoelen", 1)
    table = _table(doc, [Cm(3.2), Cm(2.6), Cm(10.8)], ("Leerdoel", "Oordeel", "Waarom, met je eigen woorden"))
    for skill in found.skills:
        cells = _row(table)
        _fill(cells[0], skill.name + (" (jouw leerdoel)" if skill.chosen else ""), bold=True)
        _fill(cells[1], skill.mark_text)
        _shade(cells[1], MARK_SHADES.get(skill.mark, "FFFFFF"))
        _fill(cells[2], f"{skill.why} ({skill.points})")
        for each in skill.evidence:
            if each.quote:
                _quote(cells[2].add_paragraph(), f"Beurt {each.turn}: “{each.quote}”")
    doc.add_paragraph()


def _lessons(doc: Doc, found: DebriefView) -> None:
    doc.add_heading("Dit ging goed", 1)
    doc.add_paragraph(found.strength)
    if found.improvements:
        doc.add_heading("Dit kan anders", 1)
    for place, each in enumerate(found.improvements, 1):
        heading = doc.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        where = f"; beurt {each.turn}" if each.made and not each.quote else ""
        _led(heading, f"{place}. {each.text}. ", f"({each.points}{where})")
        if each.quote:
            _quote(doc.add_paragraph(), f"Beurt {each.turn}, jij: “{each.quote}”")
        if each.better:
            _led(_indented(doc.add_paragraph()), "Bijvoorbeeld: ", f"“{each.better}”")
        if each.made and each.turn in found.disagreed:
            _indented(doc.add_paragraph()).add_run("Met deze opmerking was je het niet eens.").italic = True


def _commitments(doc: Doc, found: DebriefView) -> None:
    if found.commitments:
        doc.add_heading("Toezeggingen die je deed", 1)
        columns = ("Beurt", "Wat je zei", "Wie", "Wanneer")
        table = _table(doc, [Cm(1.6), Cm(8.6), Cm(2.8), Cm(3.6)], columns)
        for each in found.commitments:
            cells = _row(table)
            _fill(cells[0], str(each.turn))
            _fill(cells[1], f"“{each.quote}”")
            if not each.within:
                cells[1].add_paragraph().add_run("Hier ga je niet over.").bold = True
            _fill(cells[2], each.who or "niet genoemd")
            _fill(cells[3], each.when or "niet genoemd")
        doc.add_paragraph()
    if found.unanswered:
        _led(doc.add_paragraph(), "Gevraagd en nog niet beantwoord: ", "; ".join(found.unanswered) + ".")
    if found.not_judged:
        turns = ", ".join(map(str, found.not_judged))
        _led(doc.add_paragraph(), "Niet beoordeeld, want niet herkend: ", f"beurt {turns}.")


def _notes(doc: Doc) -> None:
    doc.add_heading("Wat neem ik mee?", 1)
    for _ in range(LINES_FOR_NOTES):
        _underline(doc.add_paragraph())


def _transcript(doc: Doc, found: DebriefView) -> None:
    if not found.transcript:
        return
    doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    doc.add_heading("Bijlage: het hele gesprek", 1)
    for line in found.transcript:
        if line.official:
            _led(doc.add_paragraph(), f"{line.turn}. Jij: ", line.official)
        _led(_indented(doc.add_paragraph()), f"{found.name or 'Bewoner'}: ", line.resident)


# Pieces


def _led(paragraph: Paragraph, lead: str, text: str) -> Paragraph:
    """A paragraph that starts with words in bold."""
    paragraph.add_run(lead).bold = True
    paragraph.add_run(text)
    return paragraph


def _indented(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.left_indent = Cm(0.6)
    return paragraph


def _quote(paragraph: Paragraph, text: str) -> None:
    run = _indented(paragraph).add_run(text)
    run.italic, run.font.color.rgb = True, GREY


def _fill(cell: _Cell, text: str, bold: bool = False) -> None:
    cell.paragraphs[0].add_run(text).bold = bold
    cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _row(table: Table) -> tuple[_Cell, ...]:
    return tuple(table.add_row().cells)  # type: ignore[no-untyped-call]


def _table(doc: Doc, widths: Sequence[Any], head: Sequence[str] = ()) -> Table:
    """A table of these column widths; its head is repeated on the next page."""
    table: Table = doc.add_table(rows=0, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths):
        column.width = width
    if head:
        row = _row(table)
        for cell, text in zip(row, head):
            _fill(cell, text, bold=True)
            _shade(cell, SHADE)
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
    return table


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _underline(paragraph: Paragraph) -> None:
    """A line to write on."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "999999")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_before = Pt(14)
