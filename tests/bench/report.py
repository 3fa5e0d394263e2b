"""The report as people read it and as programs do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.figures import Measure

MISSING = "-"
_VERDICTS = {True: "yes", False: "NO", None: ""}
_DECIMALS = {"s": 1, "ms": 1, "MB": 0, "kB": 0}


@dataclass(frozen=True)
class StepTable:
    """Where the time of one reply goes on one side.

    columns: kinds of messages. rows: name of a step → milliseconds in each column; None where it was not measured.
    """

    side: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[float | None, ...]]


@dataclass
class Report:
    """Everything one run found. about: machine, date and settings of the run."""

    about: dict[str, Any]
    measures: list[Measure] = field(default_factory=list)
    steps: list[StepTable] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def number(value: float | None, unit: str) -> str:
    """A value with as many decimals as its unit deserves, or a dash."""
    return MISSING if value is None else f"{value:.{_DECIMALS.get(unit, 2)}f}"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows under each other, the first column to the left and the rest to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))
        lines.append("  ".join((row[0].ljust(widths[0]), *rest)).rstrip())
    return "\n".join(lines)


def measures_table(measures: Sequence[Measure]) -> str:
    """Ours and stock side by side, with the ratio, its range over the rounds, the aim and whether it is met."""
    rows = [("", "ours", "stock", "ratio", "rounds", "aim", "met")]
    for each in measures:
        spread = f"{each.spread[0]:.2f}-{each.spread[1]:.2f}" if each.spread else ""
        rows.append(
            (
                f"{each.name} ({each.unit})",
                number(each.ours, each.unit),
                number(each.stock, each.unit),
                number(each.ratio, ""),
                spread,
                each.aim.text(each.unit) if each.aim else "",
                _VERDICTS[each.is_met],
            )
        )
    return columns(rows)


def steps_table(table: StepTable) -> str:
    """The steps of one side, milliseconds."""
    rows = [(f"{table.side}, ms per message", *table.columns)]
    rows += [(name, *(number(value, "ms") for value in values)) for name, values in table.rows.items()]
    return columns(rows)


def as_text(report: Report) -> str:
    """The whole report for a terminal."""
    about = "\n".join(f"{name}: {value}" for name, value in report.about.items())
    parts = [about, measures_table(report.measures), *map(steps_table, report.steps)]
    if report.notes:
        parts.append("\n".join(f"* {note}" for note in report.notes))
    return "\n\n".join(parts) + "\n"


def as_json(report: Report) -> str:
    """The whole report for programs; a figure that was not measured is null."""
    measures = [
        {
            "name": each.name, "unit": each.unit, "ours": each.ours, "stock": each.stock, "ratio": each.ratio,
            "spread": each.spread, "aim": each.aim.text(each.unit) if each.aim else None, "met": each.is_met,
        }
        for each in report.measures
    ]  # fmt: skip
    steps = [{"side": each.side, "columns": each.columns, "rows": dict(each.rows)} for each in report.steps]
    whole = {"about": report.about, "measures": measures, "steps": steps, "notes": report.notes}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def write_json(report: Report, path: Path) -> None:
    """Keep the report beside the models it is about."""
    path.write_text(as_json(report), encoding="utf-8")
