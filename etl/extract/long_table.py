"""Reads tables with one row a record, from a CSV or a sheet: figures in one or more declared columns."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pandas as pd

from etl.catalogue.model import RefuseRule, Table, ValueColumn
from etl.conform.keys import check_unique
from etl.errors import InputError, Problem
from etl.extract.files import check_headings, read_csv, read_sheet_records
from etl.extract.frame import COLUMNS, Refusal
from etl.extract.weeks import keep_ends_of_weeks

ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
FINANCIAL_YEAR = re.compile(r"^(\d{4})-(\d{2})$")


def read_long_table(file: Path, table: Table, *, number: int) -> tuple[pd.DataFrame, int, tuple[Refusal, ...]]:
    """Return the figures in the readers' layout, the rows read, and the rows that declared rules set aside."""
    headings, rows = read_sheet_records(file, table.sheet) if table.sheet else read_csv(file)
    required = [table.area_code, table.area_name or "", table.measure_column, table.date_column]
    required += [value.column for value in table.value] + [rule.column for rule in table.refuse]
    required = [name for name in dict.fromkeys(required) if name]
    check_headings(file, "row 1", found=headings, required=required, allowed=table.ignore)

    records = pd.DataFrame(rows, columns=headings).apply(lambda column: column.str.strip())
    records["place"] = [f"row {number}" for number in range(2, len(records) + 2)]
    kept, refusals = _set_aside(records, table.refuse)
    parts = [_take_values(file, kept, table, value=value, number=number) for value in table.value]
    figures = pd.concat(parts, ignore_index=True)[COLUMNS]
    if table.week_ends:
        check_unique(file, figures, key=["measure", "area_code", "area_name", "date"])
        figures, unused = keep_ends_of_weeks(figures, fill=table.leaves_out_unchanged_days)
        refusals += unused
    return figures, len(records), refusals


def _set_aside(records: pd.DataFrame, rules: tuple[RefuseRule, ...]) -> tuple[pd.DataFrame, tuple[Refusal, ...]]:
    """Return the rows that no rule refuses, and the count for each rule; a row falls to the first rule that fits."""
    refusals = []
    for rule in rules:
        texts = records[rule.column]
        refused = texts.map({text: rule.fits(text) for text in texts.unique()}).astype(bool)
        refusals.append(Refusal(rule=rule.rule, reason=rule.reason, rows=int(refused.sum())))
        records = records[~refused]
    return records, tuple(refusals)


def _take_values(file: Path, records: pd.DataFrame, table: Table, *, value: ValueColumn, number: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": records[table.measure_column] if table.measure_column else value.measure,
            "area_code": records[table.area_code] if table.area_code else table.area,
            "area_name": records[table.area_name] if table.area_name else "",
            "date": _read_dates(file, records, table) if table.date_column else value.date,
            "date_text": "",
            "period": value.period,
            "raw": records[value.column].astype(object),
            "scale": value.scale,
            "table": number,
            "place": records["place"] + f", column {value.column!r}",
        }
    )


def _read_dates(file: Path, records: pd.DataFrame, table: Table) -> pd.Series:
    """Return the day of each row, which for a financial year is its last ("2019-20" ends on 31 March 2020)."""
    read, example = (_read_day, "day such as 2020-08-10")
    if table.date_is == "financial year":
        read, example = (_year_end, "financial year such as 2019-20")
    texts = records[table.date_column]
    ends = {text: read(text) for text in texts.unique()}
    wrong = [
        Problem(place, f"{text!r} in {table.date_column!r} is not a {example}")
        for text, place in zip(texts, records["place"], strict=True)
        if ends[text] is None
    ]
    if wrong:
        raise InputError(file, wrong, remedy="Correct the dates in the file.")
    return texts.map(ends)


def _read_day(text: str) -> dt.date | None:
    if not ISO_DAY.match(text):  # Python would read 20200810 and 2020-W33-1 as well
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _year_end(text: str) -> dt.date | None:
    match = FINANCIAL_YEAR.match(text)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    return dt.date(int(match[1]) + 1, 3, 31)
