"""One snapshot, whichever way the figures come: from the publishers' files, or from our carried tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.carry import carry
from etl.catalogue import load_catalogue
from etl.pipeline import Folders, build, prepare

ROOT = Path(__file__).resolve().parents[2]
TYPED = "taskforce_workforce.csv"
"""Typed from the report's text, so there is no file to carry it from."""


@pytest.fixture(scope="module")
def carried_again(originals: Path, today, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The folder that `carry` writes from the originals, and the rows of each source."""
    folder = tmp_path_factory.mktemp("carried")
    shutil.copy(ROOT / "data" / "published" / TYPED, folder)
    return folder, carry(load_catalogue(), extracts=originals, published=folder, today=today)


def test_builds_the_same_snapshot_from_originals_as_from_carried_tables(
    originals, data_copy, snapshot_folder, today, fingerprint
):
    outcome = build(Folders.below(data_copy, extracts=originals), today=today)
    read = outcome.prepared.extracts
    assert [name for name, extract in read.items() if extract.is_carried] == ["taskforce_workforce"], "text has no file"
    assert outcome.snapshot_id == snapshot_folder.name
    assert fingerprint(data_copy / "snapshots" / outcome.snapshot_id) == fingerprint(snapshot_folder)


def test_carries_originals_into_the_very_bytes_of_the_repository(carried_again, fingerprint):
    written, _ = carried_again
    assert fingerprint(written) == fingerprint(ROOT / "data" / "published")


def test_says_how_many_figures_it_carried(carried_again):
    _, rows = carried_again
    assert rows == {
        "taskforce_indicators": 26,
        "phe_outbreaks": 160 * 19 + 160 * 2 + 9,
        "cqc_deaths": 2 * 150 * 155,
        "oflog_turnover": 1062,
        "redcross_workforce": 120,
        "nhs_vaccination": 2122 + 2427 + 3047,
        "dhsc_headlines": 44,
        "phe_cases_to_july_2020": 149 * 27,
        "phe_cases_from_august_2020": 315 * 32,
        "ons_care_sector_deaths": 315 * (9 + 8) + 2 * 9 * 18 + 19,
    }


def test_carries_nothing_when_one_original_is_missing(data_copy, command, fingerprint):
    before = fingerprint(data_copy)
    result = command("carry", "--extracts", str(data_copy / "extracts"), data=data_copy)
    assert result.exit_code == 1
    assert "There is no indicators.csv in" in result.stderr
    assert "Put the publisher's file there." in result.stderr
    assert fingerprint(data_copy) == before


def test_accounts_for_every_row_of_every_source(small_data, today):
    prepared = prepare(Folders.below(small_data), today=today)
    sources = prepared.tables["sources"].to_pylist()
    findings = prepared.tables["quality"].to_pylist()
    assert [row["id"] for row in sources] == [source.id for source in prepared.catalogue.sources]
    for row in sources:
        tables = prepared.catalogue.source(row["id"]).table
        rules = {rule.rule for table in tables for rule in table.refuse}
        rules |= {"other_day" for table in tables if table.week_ends}
        explained = [f["rows"] for f in findings if f["source_id"] == row["id"] and f["rule"] in rules]
        assert row["rows_read"] == row["rows_accepted"] + row["rows_refused"] > 0
        assert row["rows_refused"] == sum(explained)
