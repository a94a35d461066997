"""Districts: the lower tier of local government, whose figures add up to those of their authorities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from etl.conform.areas import is_valid_on
from etl.errors import CatalogueError, InputError, Problem

COLUMNS = ("code", "name", "authority_code", "valid_from", "valid_to")
WIDER = ("E12", "E92")
"""How the codes of regions and of England begin."""
KEY = ["measure", "date", "date_text", "period", "quality"]


def load_districts(file: Path) -> pd.DataFrame:
    """Return the districts table: the authority of each, and from when to when it had its code."""
    if not file.is_file():
        raise CatalogueError(f"{file} is missing. Restore it from the repository.")
    districts = pd.read_csv(file, dtype=str, keep_default_na=False)
    lacking = [column for column in COLUMNS if column not in districts.columns]
    if lacking or districts.empty:
        what = f"lacks the column {', '.join(lacking)}" if lacking else "has no rows"
        raise CatalogueError(f"{file} {what}. Restore it from the repository.")
    for column in ("valid_from", "valid_to"):
        districts[column] = pd.to_datetime(districts[column].where(districts[column] != ""), format="%Y-%m-%d").dt.date
    return districts


def add_up_districts(
    figures: pd.DataFrame, districts: pd.DataFrame, *, file: Path, apart: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return the figures by authority: sums of their districts, by the districts' codes. Wider areas stay as they are.

    A sum is unavailable (`x`) where a district's figure is missing, or its row: of those of the day, or, where the
    source still lists one that has ended (Aylesbury Vale), of those of its last day. Districts in `apart` are not
    looked for. Raises InputError listing every code that is no district's.
    """
    is_wider = figures["area_code"].str.startswith(WIDER)
    wider, figures = figures[is_wider], figures[~is_wider]
    authorities = dict(zip(districts["code"], districts["authority_code"], strict=True))
    authority = figures["area_code"].map(authorities)
    unknown = figures[authority.isna()].drop_duplicates("area_code")
    if len(unknown):
        problems = [
            Problem(row.place, f"the district {row.area_name!r} ({row.area_code}) is not in data/lookups/districts.csv")
            for row in unknown.itertuples()
        ]
        raise InputError(file, problems, remedy="Correct the code. Use those of the Office for National Statistics.")
    wanted = _count_districts(figures, districts[~districts["code"].isin(apart)])
    grouped = figures.assign(authority_code=authority, is_missing=figures["value"].isna()).groupby(
        ["authority_code", *KEY], sort=True, as_index=False
    )
    sums = grouped.agg(
        value=("value", "sum"), is_missing=("is_missing", "any"), parts=("area_code", "size"), place=("place", "first")
    )
    sums["is_missing"] |= sums["parts"] < [
        wanted[key] for key in zip(sums["authority_code"], sums["date"], strict=True)
    ]
    sums = sums.assign(
        area_code=sums["authority_code"],
        area_name="",
        value=sums["value"].where(~sums["is_missing"]),
        status=sums["is_missing"].map({True: "x", False: ""}),
    )
    return pd.concat([wider, sums[list(wider)]], ignore_index=True)


def _count_districts(figures: pd.DataFrame, districts: pd.DataFrame) -> dict[tuple[str, dt.date], int]:
    """Return how many districts each authority should have on each date, by the list that the source keeps to."""
    counts = {}
    listed = districts[districts["code"].isin(figures["area_code"].unique())]
    last_days = listed.dropna(subset="valid_to").groupby("authority_code")["valid_to"].min()
    for date in figures["date"].unique():
        today = districts[is_valid_on(districts, date)].groupby("authority_code").size()
        counts |= {(authority, date): int(count) for authority, count in today.items()}
        for authority, day in last_days[last_days < date].items():
            then = districts[is_valid_on(districts, day) & (districts["authority_code"] == authority)]
            counts[authority, date] = len(then)
    return counts
