"""Tables for people who open a file: headings in words with units, real numbers, a mark where there is no figure."""

from __future__ import annotations

import pandas as pd

from dashboard.format import QUALITY, describe_period, format_unit, sentence
from dashboard.queries import COLUMNS
from dashboard.rows import list_rows

LEGEND = {
    "[c]": "hidden to protect homes",
    "[x]": "not available",
    "[z]": "not applicable",
}
"""The marks of official statistics for a missing figure, in words."""

MARKS = {"c": "[c]", "x": "[x]", "z": "[z]", "": "[x]"}
OPTIONAL = {
    "lower_95": "95% interval, lower", "upper_95": "95% interval, upper", "numerator": "Numerator",
    "denominator": "Denominator", "answered_percent": "Homes that answered (%)",
    "lower_bound": "If the rest had said no (%)", "upper_bound": "If the rest had said yes (%)",
}  # fmt: skip
"""Columns of figures that stand in a table only where it has any."""
HEADINGS = frozenset(OPTIONAL.values())
KINDS = {True: "Illustrative: made up", False: "Reported"}


def make_table(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, int]]:
    """Return the table of a view's rows, and which of its columns are headings of rows (level: place).

    Observations get the columns of `OPTIONAL` that they fill; rows that are no observations keep their own columns,
    their names put in words.
    """
    if not set(COLUMNS) <= set(frame.columns):
        return _make_list(frame), {2: 0}
    table = pd.DataFrame(index=range(len(frame)))
    unit = frame["unit"].iloc[0] if frame["unit"].nunique() == 1 else None
    table["Area"] = list(frame["area_name"])
    table["Area code"] = list(frame["area_code"])
    table["Measure"] = list(frame["indicator_name"])
    table["Date"] = [sentence(describe_period(row)) for row in list_rows(frame)]
    if unit is None:
        table["Unit"] = ["per cent" if one == "percent" else format_unit(one) for one in frame["unit"]]
    table[f"Value ({format_unit(unit)})" if unit else "Value"] = _mark(frame, "value")
    for name, heading in OPTIONAL.items():
        if frame[name].notna().any():
            table[heading] = _mark(frame, name)
    if (frame["versus_england"] != "").any():
        table["Beside England"] = [word or "not compared" for word in frame["versus_england"]]
    table["Which way is better"] = [sentence(word) for word in frame["polarity"]]
    table["Reliability"] = [sentence(QUALITY[mark]) if mark else "As published" for mark in frame["quality"]]
    table["Kind of figure"] = [KINDS[made_up] for made_up in frame["is_illustrative"]]
    return table, {2: 0}


def format_columns(frame: pd.DataFrame, table: pd.DataFrame) -> dict[str, str]:
    """Return the number format of each column of figures: as many decimals as its measures are shown with.

    Figures of a list, whose rows have no measure, are shown with one. A cell holds the whole number all the same.
    """
    if "decimals" not in frame or frame.empty:
        return {name: "#,##0.0" for name in table.columns if _has_fractions(table[name])}
    places = int(frame["decimals"].max())
    shown = f"#,##0.{'0' * places}" if places else "#,##0"
    fixed = {OPTIONAL["numerator"]: "#,##0", OPTIONAL["denominator"]: "#,##0"}
    return {name: fixed.get(name, shown) for name in table.columns if name.startswith("Value") or name in HEADINGS}


def _has_fractions(column: pd.Series) -> bool:
    return any(isinstance(cell, float) and not cell.is_integer() for cell in column)


def _mark(frame: pd.DataFrame, column: str) -> list[float | str]:
    """Return a column of numbers as they are held, with the mark of its reason in place of each that is missing."""
    missing = [MARKS[status] for status in frame["status"]]
    return [mark if pd.isna(value) else float(value) for value, mark in zip(frame[column], missing, strict=True)]


def _make_list(frame: pd.DataFrame) -> pd.DataFrame:
    shown = [name for name in frame.columns if name not in ("source_id", "indicator_id")]
    table = pd.DataFrame({sentence(name.replace("_", " ")): list(frame[name]) for name in shown})
    status = list(frame["status"]) if "status" in frame else [""] * len(frame)
    for name in table.columns:
        table[name] = [_show(cell, MARKS[why]) for cell, why in zip(table[name], status, strict=True)]
    return table


def _show(cell: object, mark: str) -> object:
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, int | float) and not pd.isna(cell):
        return float(cell)
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)):
        return mark
    # A cell of nothing but signs is read out as nothing.
    return str(cell) if any(letter.isalnum() for letter in str(cell)) else "none"
