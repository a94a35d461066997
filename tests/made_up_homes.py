"""Small care-home extracts for the tests: plainly made up, homes in seven authorities of three regions."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

FOLDER = "capacity-tracker-care-homes"
NAME = "Illustrative home"
QUESTIONS = (
    *("CHSP_1_1", "CHSP_1_2", "CHSP_1_3", "CHSP_2_1", "CHSP_2_2", "CHSP_2_3", "CHSP_3_1"),
    *("CHSP_3_2", "CHSP_4_1", "CHSP_4_2", "CHSP_4_3", "CHSP_5_1", "CHSP_5_2"),
)
STAFF = ("Nurses", "Care_Workers", "Non_Care_Workers")
HEADINGS = (
    *("Local_Authority", "Location", "Parent_Organisation", "Lrf", "LocalAuthority", "Region", "ICB", "Sub_ICB"),
    *("CQC_ID", "ODS_Code", "Overall_Status", "Max_Capacity", "Used_Beds", "Declared_Vacancies"),
    *("Is_Accepting_Admissions", "Covid_Residents_Total"),
    *(f"{group}_{part}" for group in STAFF for part in ("Employed", "Absent_General", "Absent_Covid")),
    *(f"Agency_{group}_Employed" for group in STAFF),
    *("Hours_Paid", "Hours_Overtime", "Hours_Agency", "Hours_Absense", "Days_Absense"),
    *("Last_Updated_UTC", "Last_Updated_BST", *QUESTIONS),
)
ANSWERED_SINCE = dt.date(2020, 8, 11)
"""The first extract whose answers have a date of their own."""
COUNCILS = {
    "E08000025": "Birmingham City Council",
    "E08000029": "Solihull",
    "E09000007": "London Borough of Camden",
    "E09000012": "Hackney",
    "E10000016": "Kent County Council",
    "E06000035": "Medway",
    "E06000046": "Isle of Wight",
}
"""Each authority under one of the spellings it is met under."""
DAYS = (dt.date(2020, 8, 3), dt.date(2020, 8, 17), dt.date(2020, 8, 24), dt.date(2020, 8, 31))

Row = dict[str, str]


def make_rows(date: dt.date, *, homes: int = 210, seed: int = 1, is_marked: bool = True) -> list[Row]:
    """Return one row a home; a home stays in its council and keeps its beds and staff from date to date."""
    fixed, daily = random.Random(seed), random.Random(f"{seed} {date}")  # noqa: S311 - nothing to keep secret
    return [_make_row(number, date, fixed, daily, is_marked=is_marked) for number in range(homes)]


def _make_row(number: int, date: dt.date, fixed: random.Random, daily: random.Random, *, is_marked: bool) -> Row:
    council = list(COUNCILS.values())[number % len(COUNCILS)]
    beds, updated = fixed.randint(20, 60), _draw_moment(date, daily)
    employed = {group: fixed.randint(5, 60) for group in STAFF}
    row = dict.fromkeys(HEADINGS, "") | {
        "Location": f"{NAME} {number:05}",
        "LocalAuthority": council,
        "CQC_ID": f"1-{900_000_000 + number}",
        "Overall_Status": "Closed" if fixed.random() < 0.03 else "Open",
        "Max_Capacity": str(beds),
        "Used_Beds": str(beds - daily.randint(0, 10)),
        "Last_Updated_UTC": updated,
    }
    for group, count in employed.items():
        row |= {f"{group}_Employed": str(count), f"Agency_{group}_Employed": str(daily.randint(0, 3))}
        row |= {f"{group}_Absent_{why}": str(daily.randint(0, 2)) for why in ("General", "Covid")}
    if daily.random() < 0.9:
        row |= {name: daily.choices(("Yes", "No", "Not applicable", ""), (80, 12, 4, 4))[0] for name in QUESTIONS}
    if date >= ANSWERED_SINCE:
        row["CHSP_Last_Updated_UTC"] = updated
    return row | ({"Is_Illustrative": "Y"} if is_marked else {})


def _draw_moment(date: dt.date, daily: random.Random) -> str:
    """Return when a home updated its row: nearly always within four weeks."""
    age = 40 if daily.random() < 0.02 else daily.randint(0, 27)
    moment = dt.datetime.combine(date, dt.time(23, 0)) - dt.timedelta(days=age, seconds=daily.randint(0, 80_000))
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def name_file(date: dt.date, *, version: int | None = None) -> str:
    """Return the name of the extract of this date."""
    return f"capacity_tracker_care_homes_{date}{f'_v{version}' if version else ''}.csv"


def to_text(rows: Sequence[Row]) -> str:
    """Return the rows as the CSV that a real export is."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_extract(
    data: Path, date: dt.date, rows: Sequence[Row] | None = None, *, version: int | None = None, is_real: bool = False
) -> Path:
    """Write an extract into its folder below the data folder, and return it; a real one carries no mark."""
    folder = data / ("extracts" if is_real else "illustrative") / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name_file(date, version=version)
    rows = rows if rows is not None else make_rows(date, is_marked=not is_real)
    file.write_text(to_text(rows), encoding="utf-8")
    return file


def write_extracts(data: Path, dates: Iterable[dt.date] = DAYS, *, is_real: bool = False) -> list[Path]:
    """Write an extract of each date, and return them."""
    return [write_extract(data, date, is_real=is_real) for date in dates]


def add_checksum(file: Path) -> Path:
    """Write the checksum that goes with the file, as sha256sum does, and return the sidecar."""
    sidecar = file.with_name(file.name + ".sha256")
    sidecar.write_text(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n", encoding="utf-8")
    return sidecar


def add_row_count(file: Path, rows: int) -> Path:
    """Write the row count that goes with the file, and return the sidecar."""
    sidecar = file.with_name(file.name + ".rows")
    sidecar.write_text(f"{rows}\n", encoding="utf-8")
    return sidecar
