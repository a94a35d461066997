"""Validate: figures as printed become numbers with a status, or the file is refused with every fault listed."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from etl.calculations.shares import choose_totals
from etl.catalogue.model import Source
from etl.catalogue.whole import Catalogue
from etl.errors import InputError, Problem
from etl.extract.frame import Extract

KEY = ["measure", "area_code", "area_name", "date", "period"]
REMEDY = (
    "Correct the file at its source, or, if the publisher now prints something new on purpose, "
    "declare it for this source in etl/catalogue/sources.toml."
)


def validate(extract: Extract, *, source: Source, catalogue: Catalogue, today: dt.date) -> pd.DataFrame:
    """Return the figures with `value` (float or null), `status` and `quality`.

    Raises InputError listing every cell that is not a number, negative, above 100 per cent, dated after
    `today`, of an unknown measure or given twice.
    """
    frame = extract.figures.reset_index(drop=True)
    if frame.empty:
        problem = Problem("", "none of its rows holds a figure that this dashboard shows")
        raise InputError(extract.file, [problem], remedy=REMEDY)
    value, status, problems = _read_values(frame, source)
    frame = frame.assign(value=value, status=status, quality=source.quality)
    problems += _find_faults(frame, _make_schema(source, catalogue, today=today))
    problems += _find_parts_above_totals(frame, source, catalogue)
    if problems:
        raise InputError(extract.file, problems, remedy=REMEDY)
    columns = [
        "measure",
        "area_code",
        "area_name",
        "date",
        "date_text",
        "period",
        "value",
        "status",
        "quality",
        "place",
    ]
    return frame[columns]


def _read_values(frame: pd.DataFrame, source: Source) -> tuple[pd.Series, pd.Series, list[Problem]]:
    """Return the numbers, the status of those that are not numbers, and a problem for each that is neither."""
    number = pd.to_numeric(frame["raw"], errors="coerce").astype("float64")
    # pandas reads "nan", "inf" and a workbook's TRUE as numbers; a publisher means none of them.
    is_truth = frame["raw"].map(lambda cell: isinstance(cell, bool)).astype(bool)
    number = number.where((number.abs() != float("inf")) & ~is_truth)
    status = pd.Series("", index=frame.index, dtype=object)
    problems = []
    for row in frame[number.isna()].itertuples():
        text = str(row.raw).strip()
        meaning = _read_missing(text, row.table, source)
        if meaning is None:
            printed = "the cell is blank" if not text else f"{text!r} is not a number"
            problems.append(
                Problem(row.place, f"{printed} ({row.measure}, {row.area_name or row.area_code}, {row.date})")
            )
        else:
            status[row.Index] = meaning
    return number * frame["scale"], status, problems


def _read_missing(text: str, table: int, source: Source) -> str | None:
    if table < 0:  # a carried table writes the status itself
        return text.removeprefix("status ") if text in {"status c", "status x", "status z"} else None
    declared = source.table[table]
    return (declared.blank or None) if not text else declared.missing.get(text)


def _make_schema(source: Source, catalogue: Catalogue, *, today: dt.date) -> pa.DataFrameSchema:
    own = [indicator for indicator in catalogue.indicators if source.id in indicator.sources]
    shares = {i.measure for i in own if i.unit == "percent" and i.calculation == "as published"}
    totals = {measure for i in own for measure in i.denominator_measures}
    counts = {i.measure for i in own if i.unit == "count" or i.denominator_measures} | totals
    known = {i.measure for i in own} | totals | {m for table in source.table for m in table.columns.values()}
    return pa.DataFrameSchema(
        {
            "measure": pa.Column(checks=pa.Check.isin(known, error="is a measure that no indicator uses")),
            "date": pa.Column(checks=pa.Check(lambda dates: dates <= today, error="lies in the future")),
            "value": pa.Column(float, pa.Check.ge(0, error="is negative"), nullable=True),
        },
        checks=[
            pa.Check(
                lambda frame: (frame["value"] <= 100) | frame["value"].isna() | ~frame["measure"].isin(shares),
                error="is above 100 per cent",
            ),
            pa.Check(
                lambda frame: (frame["value"] % 1 == 0) | frame["value"].isna() | ~frame["measure"].isin(counts),
                error="is a count and not a whole number",
            ),
            pa.Check(lambda frame: ~frame.duplicated(KEY, keep=False), error="is given twice"),
        ],
    )


def _find_faults(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> list[Problem]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.drop_duplicates(["index", "check"])
        return [_describe_fault(frame, case.index, str(case.check)) for case in cases.itertuples(index=False)]
    return []


def _find_parts_above_totals(frame: pd.DataFrame, source: Source, catalogue: Catalogue) -> list[Problem]:
    """Return a problem for each count that is above the total of which an indicator makes it a share."""
    key = ["area_code", "area_name", "date"]
    problems = {}
    for indicator in catalogue.indicators:
        if source.id not in indicator.sources or not indicator.denominator_measures:
            continue
        part = frame[frame["measure"] == indicator.measure]
        both = part.merge(choose_totals(frame, indicator)[[*key, "value"]], on=key, suffixes=("", "_whole"))
        for row in both[both["value"] > both["value_whole"]].itertuples():
            what = f"{row.measure} {row.value:g} for {row.area_name or row.area_code} is above its total, "
            problems[row.place, row.measure] = Problem(row.place, f"{what}{row.value_whole:g}")
    return list(problems.values())


def _describe_fault(frame: pd.DataFrame, index: object, fault: str) -> Problem:
    if index is None or pd.isna(index):
        return Problem("", fault)
    row = frame.loc[int(index)]
    number = "" if pd.isna(row["value"]) else f" {row['value']:g}"
    area = row["area_name"] or row["area_code"]
    return Problem(str(row["place"]), f"{row['measure']}{number} for {area} on {row['date']} {fault}")
