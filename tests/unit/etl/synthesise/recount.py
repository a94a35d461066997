"""A made-up extract read again in plain pandas, by the numbered rules and by nothing of the ETL."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[4]
LOOKUPS, PUBLISHED = ROOT / "data" / "lookups", ROOT / "data" / "published"
MAY, AUGUST = dt.date(2020, 5, 29), dt.date(2020, 8, 10)
BREAK = pd.Timestamp("2020-08-10 17:00:00")
QUESTIONS = [
    "CHSP_1_1", "CHSP_1_2", "CHSP_1_3", "CHSP_2_1", "CHSP_2_2", "CHSP_2_3", "CHSP_3_1", "CHSP_3_2", "CHSP_4_1",
    "CHSP_4_2", "CHSP_4_3", "CHSP_5_1", "CHSP_5_2",
]  # fmt: skip
COUNTS = [
    "Max_Capacity", "Used_Beds", "Declared_Vacancies", "Covid_Residents_Total",
    *(f"{group}_{what}" for group in ("Nurses", "Care_Workers", "Non_Care_Workers")
      for what in ("Employed", "Absent_General", "Absent_Covid")),
    *(f"Agency_{group}_Employed" for group in ("Nurses", "Care_Workers", "Non_Care_Workers")),
]  # fmt: skip
MEANINGS = {"YES": "Yes", "Y": "Yes", "TRUE": "Yes", "NO": "No", "N": "No", "FALSE": "No"}
OTHERS = {"NOT APPLICABLE": "Not applicable", "PARTLY": "Partly", "": ""}


def find_file(target: Path, kind: str, date: dt.date) -> Path:
    """The file of a kind (care_homes, home_care) and date."""
    return target / f"capacity-tracker-{kind.replace('_', '-')}" / f"capacity_tracker_{kind}_{date}.csv"


def read_rows(file: Path) -> pd.DataFrame:
    """Every row as text, whatever the encoding."""
    try:
        return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="cp1252")


def list_weeks() -> list[dt.date]:
    """The regular dates of the weekly set."""
    return [date.date() for date in pd.date_range(MAY, "2020-10-30", freq="7D")]


def read_moments(texts: pd.Series) -> pd.Series:
    """Moments in any of the three forms; none for a blank."""
    serial = texts.str.fullmatch(r"\d{5}\.\d+")
    short = texts.str.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d")
    found = pd.to_datetime(texts.where(~serial & ~short & (texts != "")), format="%Y-%m-%d %H:%M:%S")
    days = pd.to_numeric(texts.where(serial))
    found = found.fillna((pd.Timestamp("1899-12-30") + pd.to_timedelta(days, unit="D")).dt.round("s"))
    return found.fillna(pd.to_datetime(texts.where(short), format="%d/%m/%Y %H:%M"))


def take_open(target: Path, date: dt.date) -> pd.DataFrame:
    """The open homes of the accepted rows of a date: `answered_at`, `is_current`, the 13 answers, counts as numbers."""
    accepted = take_accepted(target, date)
    return accepted[accepted["Overall_Status"] != "Closed"]


@cache
def take_accepted(target: Path, date: dt.date) -> pd.DataFrame:
    """The rows that no rule refuses. Read only: it is worked out once."""
    rows = read_rows(find_file(target, "care_homes", date))
    spellings = pd.read_csv(LOOKUPS / "councils.csv", dtype=str, keep_default_na=False)
    in_force = spellings[
        ~spellings["code"].isin(["E10000009", "E10000002"])
    ]  # the Dorset and Buckinghamshire of before
    codes = dict(zip(in_force["spelling"], in_force["code"], strict=True))
    rows = rows[rows["Location"].str.casefold() != "total"]
    rows = rows[rows["CQC_ID"].str.fullmatch(r"1-\d{9}")]
    council = rows["LocalAuthority"].map(codes)
    rows, council = rows[council.notna()], council[council.notna()]
    named = rows["Local_Authority"].map(codes).where(rows["Local_Authority"] != "", council)
    rows = rows[named == council].assign(area_code=council)

    for question in QUESTIONS:
        rows[question] = rows[question].str.upper().map(MEANINGS | OTHERS)
    rows = rows[rows[QUESTIONS].notna().all(axis="columns")]
    updated = read_moments(rows["Last_Updated_UTC"])
    own = rows.get("CHSP_Last_Updated_UTC", pd.Series("", index=rows.index))
    rows = rows.assign(updated_at=updated, answered_at=read_moments(own).fillna(updated))
    rows = rows[~((rows[QUESTIONS] == "Partly").any(axis="columns") & (rows["answered_at"] <= BREAK))]

    numbers = rows[COUNTS].apply(lambda column: column.str.replace(",", ""))
    rows = rows[numbers.map(lambda text: text == "" or text.isdecimal()).all(axis="columns")]
    rows[COUNTS] = numbers.loc[rows.index].apply(pd.to_numeric)
    end = pd.Timestamp(date) + pd.Timedelta(days=1)
    rows = rows[~(rows[["updated_at", "answered_at"]].max(axis="columns") >= end)]
    rows = rows.sort_values("updated_at", kind="stable").drop_duplicates("CQC_ID", keep="last")
    has_answered = (rows[QUESTIONS] != "").any(axis="columns")
    age = (end - pd.Timedelta(seconds=1) - rows["answered_at"]).dt.days
    return rows.assign(age_days=age, has_answered=has_answered, is_current=has_answered & (age <= 28))


def share_yes(homes: pd.DataFrame) -> dict[str, float]:
    """England's share of yes among current answers, in per cent, by question."""
    current = homes[homes["is_current"]]
    return {
        question: 100 * (current[question] == "Yes").sum() / current[question].isin(["Yes", "No", "Partly"]).sum()
        for question in QUESTIONS
    }


def published_shares(date: dt.date) -> dict[str, int]:
    """The published per cents of a date, by question."""
    table = pd.read_csv(PUBLISHED / "taskforce_indicators.csv", dtype={"measure": str})
    table = table[(table["date"] == date.isoformat()) & (table["area_code"] == "E92000001")]
    return {f"CHSP_{row.measure.replace('.', '_')}": int(row.value) for row in table.itertuples()}
