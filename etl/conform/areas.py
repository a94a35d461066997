"""Areas: the lookup table, and the step from a publisher's codes and names to ours.

Figures stand under the codes of the reference date. Where an area only changed its code (Buckinghamshire in
2020, North Yorkshire and Somerset in 2023), both codes mean the same outline and the figures follow it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.conform.keys import check_unique
from etl.errors import CatalogueError, InputError, Problem

REFERENCE_DATE = dt.date(2020, 8, 10)
"""The newest date of the 13 indicators: the dashboard shows the 151 authorities of that day."""

ENGLAND = "E92000001"
COLUMNS = (
    "code", "name", "kind", "region_code", "valid_from", "valid_to", "successors", "successor_kind",
    "population", "population_65_plus", "population_80_plus",
)  # fmt: skip


def load_areas(file: Path) -> pd.DataFrame:
    """Return the areas table, with `shown_as`: the code under which an area's figures stand."""
    if not file.is_file():
        raise CatalogueError(f"{file} is missing. Restore it from the repository.")
    areas = pd.read_csv(file, dtype=str, keep_default_na=False)
    lacking = [column for column in COLUMNS if column not in areas.columns]
    if lacking or areas.empty:
        what = f"lacks the column {', '.join(lacking)}" if lacking else "has no rows"
        raise CatalogueError(f"{file} {what}. Restore it from the repository.")
    for column in ("valid_from", "valid_to"):
        areas[column] = pd.to_datetime(areas[column].where(areas[column] != ""), format="%Y-%m-%d").dt.date
    for column in ("population", "population_65_plus", "population_80_plus"):
        areas[column] = pd.to_numeric(areas[column].where(areas[column] != "")).astype("Int64")
    return areas.assign(shown_as=_find_shown_codes(areas))


def is_valid_on(areas: pd.DataFrame, date: dt.date) -> pd.Series:
    """Return True for each area that existed on the date."""
    begun = areas["valid_from"].isna() | areas["valid_from"].map(lambda day: pd.isna(day) or day <= date)
    ended = areas["valid_to"].map(lambda day: not pd.isna(day) and day < date)
    return begun & ~ended


def list_last_days(areas: pd.DataFrame) -> dict[str, dt.date]:
    """Return the last day of each authority that has ended; one that went on under another code has not."""
    has_ended = areas["valid_to"].notna() & (areas["successor_kind"] != "same outline")
    return dict(zip(areas.loc[has_ended, "code"], areas.loc[has_ended, "valid_to"], strict=True))


def find_list_day(codes: Iterable[str], date: dt.date, last_days: dict[str, dt.date]) -> dt.date:
    """Return the day of the list of authorities that these codes come from: the figures' date, or an earlier one.

    A publisher who still names an authority that had ended by then (Northamptonshire in May 2021) keeps to the list of
    its last day.
    """
    before = [last_days[code] for code in set(codes) & last_days.keys() if last_days[code] < date]
    return min(before, default=date)


def _find_shown_codes(areas: pd.DataFrame) -> pd.Series:
    """Return, for two codes of one outline, the one in force on the reference date."""
    shown = dict(zip(areas["code"], areas["code"], strict=True))
    current = set(areas["code"][is_valid_on(areas, REFERENCE_DATE)])
    for row in areas[areas["successor_kind"] == "same outline"].itertuples():
        if row.code in current:
            shown[row.successors] = row.code
        else:
            shown[row.code] = row.successors
    return areas["code"].map(shown)


def conform_areas(figures: pd.DataFrame, areas: pd.DataFrame, *, file: Path) -> pd.DataFrame:
    """Return the figures with the area codes of the reference date in place of the publisher's codes or names.

    Raises InputError listing every area that is not known, once each with the first place it stands.
    """
    codes = dict(zip(areas["code"], areas["shown_as"], strict=True))
    has_code = figures["area_code"] != ""
    found = figures["area_code"].map(codes).where(has_code, _find_by_name(figures[~has_code], areas))
    unknown = figures[found.isna()].drop_duplicates(["area_code", "area_name"])
    if len(unknown):
        problems = [
            Problem(row.place, f"the area {_label(row.area_code, row.area_name)} is not in data/lookups/areas.csv")
            for row in unknown.itertuples()
        ]
        raise InputError(
            file,
            problems,
            remedy="Correct the area's code or name. Use the names of the Office for National Statistics.",
        )
    conformed = figures.assign(area_code=found)
    check_unique(file, conformed, key=["measure", "area_code", "date", "period"])
    return conformed.drop(columns=["area_name"])


def _find_by_name(figures: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """Return the shown code for each named row; a name that two areas bore (Dorset) means the one of that date."""
    # Each name is looked up once, not at every row: a table of days has the same few names in every column.
    names = figures["area_name"].astype(object).map(str.strip)
    shown = areas[["name", "shown_as"]].drop_duplicates()
    is_shared = shown["name"].duplicated(keep=False)
    alone = shown[~is_shared]
    found = names.map(dict(zip(alone["name"], alone["shown_as"], strict=True)))
    for name in sorted(set(shown.loc[is_shared, "name"]) & set(names)):
        named = areas[areas["name"] == name]
        for date in figures.loc[names == name, "date"].unique():
            then = named.loc[is_valid_on(named, date), "shown_as"]
            if len(then) == 1:
                found[(names == name) & (figures["date"] == date)] = then.iloc[0]
    return found


def _label(code: str, name: str) -> str:
    return f"{name!r} ({code})" if code and name else repr(name or code)
