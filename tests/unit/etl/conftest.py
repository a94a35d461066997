"""Small catalogue entries, figures and areas; each test changes only what it is about."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from etl.catalogue.model import Indicator, Source, Table
from etl.catalogue.whole import Catalogue
from etl.conform.areas import load_areas
from etl.extract.frame import COLUMNS, Extract

ROOT = Path(__file__).resolve().parents[3]
FRIDAY = dt.date(2020, 5, 29)

TABLE = {"shape": "wide_dates", "sheet": "Sheet", "area_name": "", "measure": "deaths", "period": "day"}
SOURCE = {
    "id": "made_up",
    "title": "Made up",
    "publisher": "The publisher",
    "licence": "OGL-3.0",
    "edition": "First",
    "published": "May 2020",
    "received": dt.date(2020, 6, 1),
    "next_expected": "none",
    "is_published": True,
    "notes": ("A note.", "Another."),
    "folder": "made-up",
    "file": "*.csv",
}
INDICATOR = {
    "id": "deaths_count",
    "name": "Deaths",
    "short_name": "Deaths",
    "group": "Deaths",
    "unit": "count",
    "decimals": 0,
    "polarity": "lower is better",
    "definition": "Deaths.",
    "numerator": "Deaths",
    "denominator": "None",
    "method": "Shown as published.",
    "author": "A. Nalyst",
    "reviewed_on": dt.date(2020, 6, 1),
    "source_id": "made_up",
    "measure": "deaths",
    "calculation": "as published",
    "period": "day",
}
SHARE = {"id": "homes_percent", "unit": "percent", "measure": "homes"}
FIGURE = {
    "measure": "deaths",
    "area_code": "",
    "area_name": "",
    "date": FRIDAY,
    "date_text": "",
    "period": "day",
    "value": 1.0,
    "status": "",
    "quality": "",
    "place": "row 2",
}
PRINTED = FIGURE | {"raw": 1.0, "scale": 1.0, "table": 0, "area_name": "Leeds"}
AREAS = [
    # code, kind, region, people aged 65 and over
    ("E92000001", "country", "", 6000),
    ("E12000001", "region", "E12000001", 3000),
    ("E12000002", "region", "E12000002", 3000),
    ("E06000001", "authority", "E12000001", 1000),
    ("E06000002", "authority", "E12000001", 2000),
    ("E06000003", "authority", "E12000002", 3000),
]


@pytest.fixture
def make_table():
    return lambda **changes: Table(**(TABLE | changes))


@pytest.fixture
def make_source():
    def make(*tables, **changes):
        return Source(**(SOURCE | {"table": tables or (TABLE,)} | changes))

    return make


@pytest.fixture
def make_indicator():
    return lambda **changes: Indicator(**(INDICATOR | changes))


@pytest.fixture
def make_catalogue(make_source, make_indicator):
    """A count of deaths and a share of homes, unless other entries are given."""

    def make(*, sources=None, indicators=None, recommendations=(), spotlights=(), breaks=()):
        return Catalogue(
            sources=sources or (make_source(),),
            indicators=indicators or (make_indicator(), make_indicator(**SHARE)),
            recommendations=recommendations,
            spotlights=spotlights,
            breaks=breaks,
        )

    return make


@pytest.fixture
def make_extract():
    """Figures as a reader hands them over, each row given by what it changes."""

    def make(*rows, **changes):
        figures = pd.DataFrame([PRINTED | row for row in rows], columns=COLUMNS).astype({"raw": object})
        given = {
            "file": Path("deaths.csv"),
            "origin": "deaths.csv",
            "sha256": "0" * 64,
            "figures": figures,
            "rows_read": len(rows),
        }
        return Extract(**(given | changes))

    return make


@pytest.fixture
def make_figures():
    """Figures as the validator hands them over, each row given by what it changes."""
    return lambda *rows: pd.DataFrame([FIGURE | row for row in rows], columns=list(FIGURE))


@pytest.fixture(scope="session")
def areas():
    """The areas that the repository carries."""
    return load_areas(ROOT / "data" / "lookups" / "areas.csv")


@pytest.fixture
def few_areas():
    """England in two regions: the first with two authorities, the second with one."""
    frame = pd.DataFrame(AREAS, columns=["code", "kind", "region_code", "population_65_plus"])
    return frame.assign(name=frame["code"], shown_as=frame["code"], valid_from=None, valid_to=None, successor_kind="")


@pytest.fixture
def inject_rows(monkeypatch):
    """Put rows of cells in place of a workbook's sheet."""

    def inject(rows):
        monkeypatch.setattr("etl.extract.wide_dates.read_sheet", lambda file, sheet: rows)

    return inject


@pytest.fixture
def inject_sheets(monkeypatch):
    """Put sheets, rows of cells by name, in place of a workbook."""

    def inject(sheets):
        def read(file, *, wanted):
            return {name: rows for name, rows in sheets.items() if wanted(name)}

        monkeypatch.setattr("etl.extract.by_meaning.read_sheets", read)

    return inject
