"""An edition that is dropped in adds its date to those that are carried, or stands in place of one of them."""

from __future__ import annotations

import datetime as dt
import shutil

import pyarrow.parquet as pq
import pytest

VACCINATION = "vaccination/COVID-19-weekly-announced-vaccinations-03-June-2021.xlsx"
PERIOD = "8th December 2020 to 30th May 2021<"
CARRIED = [dt.date(2021, 3, 28), dt.date(2021, 5, 9), dt.date(2021, 5, 30)]
NEW = dt.date(2021, 6, 27)
INDICATOR = "vaccination_older_residents_first_dose_percent"


@pytest.fixture
def built(live_data, command):
    """A function that builds, and returns Birmingham's first doses in older-adult homes and the source's row."""

    def build():
        result = command("build", "--yes", data=live_data)
        assert result.exit_code == 0, result.output
        current = (live_data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
        rows = pq.read_table(live_data / "snapshots" / current / "observations.parquet").to_pylist()
        own = {
            row["date"]: row["numerator"]
            for row in rows
            if (row["indicator_id"], row["area_code"]) == (INDICATOR, "E08000025")
        }
        sources = pq.read_table(live_data / "snapshots" / current / "sources.parquet").to_pylist()
        return own, next(row for row in sources if row["id"] == "nhs_vaccination")

    return build


def test_adds_the_date_of_a_new_edition(edit_original, built):
    edit_original(
        VACCINATION, part="xl/sharedStrings.xml", old=PERIOD, new="8th December 2020 to 27 June 2021<",
        to="vaccination/july.xlsx",
    )  # fmt: skip
    found, source = built()
    assert found == dict(zip([*CARRIED, NEW], [4329, 4561, 4616, 4616], strict=True))
    assert source["file"].split("; ")[-1] == "july.xlsx"
    assert len(source["sha256"].split("; ")) == 4
    assert source["data_to"] == NEW
    assert source["rows_read"] == source["rows_accepted"] + source["rows_refused"] == 462 + 464 + 468 + 468


def test_puts_a_re_issue_in_place_of_the_edition_of_its_date(edit_original, built):
    edit_original(
        VACCINATION, part="xl/worksheets/sheet14.xml", old="<v>4616</v>", new="<v>4617</v>", to="vaccination/again.xlsx"
    )
    found, source = built()
    assert found == dict(zip(CARRIED, [4329, 4561, 4617], strict=True))
    assert source["file"].endswith("; again.xlsx")
    assert source["file"].count(";") == 2


def test_refuses_two_editions_of_one_date(originals, live_data, refuse):
    folder = live_data / "extracts" / "vaccination"
    folder.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        shutil.copy(originals / VACCINATION, folder / name)
    refuse("a.xlsx: is one of 2 editions as at 30 May 2021", "b.xlsx: is one of 2", "Keep the newest of each date")
