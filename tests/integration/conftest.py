"""Small private inputs, ways to spoil them, and the command line to build from them."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner
from workbooks import write_workbook

from etl.__main__ import app
from tests.made_once import make_once

ROOT = Path(__file__).resolve().parents[2]
FIRST_DAY, DAYS = dt.date(2020, 4, 10), 8
FEW = ["England", "Barking and Dagenham", "Birmingham", "Kent", "London", "South East", "West Midlands"]
WORKBOOK = "care-home-deaths/deaths.xlsx"

# The publishers' layouts, a few rows of each. The last column of the first is the one never to be read: 11 and 12.
CSV_ORIGINALS = {
    "taskforce-report/indicators.csv": (
        "focus,focus_name,indicator,indicator_name,yes_2020_05_29_percent,yes_2020_08_10_percent,"
        "change_percentage_points,response_rate_2020_08_10_percent_as_printed\n"
        "1,infection prevention and control measures,1.1,Ability to isolate,81,94,13,11\n"
        "1,infection prevention and control measures,1.2,Actions to restrict staff movement,78,92,14,12\n"
    ),
    "adult-social-care-outcomes/ASC_data.csv": (
        "Financial year,Local authority code,Local authority name,Grouping,Entity_Name,Region,Measure,Code,Value,"
        "MEDIAN,MADs_from_median,rank_order\n"
        "2018-19,E08000025,Birmingham,LA_Raw,Met,West Midlands,Workforce turnover rate,ASC7,27.4579515,30,0,desc\n"
        "2019-20,E10000002,Buckinghamshire,LA_Raw,County,SE,Workforce turnover rate,ASC7,38.00713711,30,0,desc\n"
        "2019-20,E09000001,City of London,LA_Raw,London,London,Workforce turnover rate,ASC7,,30,0,desc\n"
        "2019-20,E08000025,Birmingham,LA_Raw,Met,West Midlands,Carer Quality of Life,ASC1,7.6,7.6,0,desc\n"
    ),
    "workforce-2019-20/adult-social-care-workforce.csv": (
        "LAD19CD,Staff turnover rate,Mean sickness days,Adult Social Care - Coping score,"
        "Adult Social Care - Coping rank,Adult Social Care - Coping decile,Vacancy rate,"
        "Mean % of non-zero-hours contracts,Adult Social Care - Flexibility score,"
        "Adult Social Care - Flexibility rank,Adult Social Care - Flexibility decile\n"
        "E08000016,0.21,3.1,0.8,287,9,0.06335,0.9,0.2,263,9\n"
        "E07000001,0.21,3.1,0.8,287,9,0.5,0.9,0.2,263,9\n"
        "E09000033,0.26,2.0,0.9,249,8,0.12565,0.7,-0.01,172,6\n"
        "NA,NA,NA,-1.7,1,1,NA,NA,-1.7,1,1\n"
    ),
    "cases/covid-19-cases-uk.csv": (
        "Date,Country,AreaCode,Area,TotalCases\n"
        "2020-05-29,England,E06000014,York,10\n"
        "2020-06-05,England,E06000014,York,12\n"
        "2020-06-12,England,E06000014,York,15\n"
        "2020-06-08,England,E09000012,Hackney and City of London,4\n"
        "2020-06-12,Wales,W06000001,Isle of Anglesey,9\n"
    ),
    "dhsc-headlines/headlines.csv": (
        "bulletin,as_of,topic,measure,value,unit,geography\n"
        "Aug 2021,2021-07-28,ipc,care homes able to accommodate residents receiving visitors,91.9,percent,England\n"
        "Aug 2021,2021-07-27,testing,care home staff PCR tests,395363,count,England\n"
    ),
}


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory, recarry: Callable[..., None]) -> Path:
    """The carried tables with the first days of a few areas only, so that a build takes half a second."""
    return make_once(tmp_path_factory, "small", lambda data: _cut_published(data, recarry)) / "published"


def _cut_published(data: Path, recarry: Callable[..., None]) -> None:
    folder = shutil.copytree(ROOT / "data" / "published", data / "published")
    last = (FIRST_DAY + dt.timedelta(days=DAYS - 1)).isoformat()
    later = ("nhs_vaccination", "phe_cases_to_july_2020", "phe_cases_from_august_2020", "ons_care_sector_deaths")
    cut = ("cqc_deaths", "phe_outbreaks", "oflog_turnover", *later)
    for name in cut:
        file = folder / f"{name}.csv"
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
        is_early = (rows["date"] <= last) | (rows["period"] == "point") | (name in later)
        few = rows[is_early & rows["area_name"].isin(FEW)]
        few.to_csv(file, index=False, lineterminator="\n")
    recarry(folder.parent, *cut)


@pytest.fixture
def small_data(tmp_path: Path, small_published: Path) -> Path:
    """A private data folder that builds fast, with no snapshot yet."""
    data = tmp_path / "data"
    shutil.copytree(small_published, data / "published")
    shutil.copytree(ROOT / "data" / "lookups", data / "lookups")
    (data / "extracts").mkdir()
    return data


@pytest.fixture
def live_data(small_data: Path, snapshots_folder: Path) -> Path:
    """The same with a live snapshot in it."""
    shutil.copytree(snapshots_folder, small_data / "snapshots")
    return small_data


@pytest.fixture
def command() -> Callable[..., Result]:
    """A function that runs `python -m etl` in this process, on a data folder."""

    def run(*arguments: str, data: Path) -> Result:
        return CliRunner().invoke(app, list(arguments), env={"ASC_DATA_DIR": str(data)})

    return run


@pytest.fixture
def shell() -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs `python -m etl` as a person would, in a process of its own."""

    def run(*arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        settings = os.environ | {"ASC_DATA_DIR": str(data), "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"} | environment
        line = [sys.executable, "-m", "etl", *arguments]
        return subprocess.run(
            line, cwd=ROOT, env=settings, capture_output=True, encoding="utf-8", timeout=120, check=False
        )

    return run


@pytest.fixture
def refuse(live_data: Path, command: Callable[..., Result], fingerprint: Callable) -> Callable[..., str]:
    """A function that builds and sees it refused: exit 1, each phrase said, a remedy, the live snapshot untouched."""
    before = fingerprint(live_data / "snapshots")

    def build(*phrases: str) -> str:
        result = command("build", "--yes", data=live_data)
        assert result.exit_code == 1, result.output
        for phrase in (*phrases, "is refused", "What to do: "):
            assert phrase in result.stderr
        assert "Traceback" not in result.output
        assert fingerprint(live_data / "snapshots") == before
        return result.stderr

    return build


@pytest.fixture
def write_deaths(live_data: Path) -> Callable[..., Path]:
    """A function that writes a small deaths workbook, with the given cells of Table 2 changed ("B5": -3)."""

    def write(
        *, cells: dict[str, object] | None = None, sheets: Sequence[str] = ("Table 2", "Table 3"), to: str = WORKBOOK
    ) -> Path:
        tables = {sheet: _deaths_table() for sheet in sheets}
        for address, value in (cells or {}).items():
            letter, row = re.fullmatch(r"([A-Z])(\d+)", address).groups()
            line = tables["Table 2"][int(row) - 1]
            column = ord(letter) - ord("A")
            line.extend([""] * (column + 1 - len(line)))
            line[column] = value
        return write_workbook(live_data / "extracts" / to, tables)

    return write


@pytest.fixture
def write_csv(live_data: Path) -> Callable[..., Path]:
    """A function that writes a small CSV original, with one piece of its text replaced by another."""

    def write(name: str, *, old: str = "", new: str = "") -> Path:
        text = CSV_ORIGINALS[name]
        assert not old or text.count(old) == 1
        file = live_data / "extracts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def spoil_carried(live_data: Path) -> Callable[..., Path]:
    """A function that replaces one piece of a carried table's text, where it first stands."""

    def spoil(name: str, *, old: str, new: str) -> Path:
        file = live_data / "published" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return file

    return spoil


@pytest.fixture
def edit_original(originals: Path, live_data: Path) -> Callable[..., Path]:
    """A function that copies an original with a pattern in one of its parts replaced, once."""

    def write(name: str, *, part: str, old: str, new: str, to: str = "") -> Path:
        copy = live_data / "extracts" / (to or name)
        copy.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(originals / name) as original, zipfile.ZipFile(copy, "w") as archive:
            for entry in original.infolist():
                content = original.read(entry)
                if entry.filename == part:
                    text, count = re.subn(old, new, content.decode("utf-8"), count=1)
                    assert count == 1
                    content = text.encode("utf-8")
                archive.writestr(entry, content)
        return copy

    return write


def _deaths_table() -> list[list[object]]:
    """Rows as the publisher lays them out: headings in row 3, England in row 4, then authorities, then notes."""
    days = [FIRST_DAY + dt.timedelta(days=offset) for offset in range(DAYS)]
    return [
        ["Number of deaths by date of notification"],
        [],
        ["", *days],
        ["England", *[6] * DAYS],
        ["Birmingham", *[3] * DAYS],
        ["Kent", *[2] * DAYS],
        ["York ", *[1] * DAYS],
        ["Notes:"],
        ["1. Data provided by Care Quality Commission."],
    ]
