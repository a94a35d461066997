"""The declared layouts and rules, and ways to take in a few made-up rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from etl.catalogue import load_catalogue
from etl.catalogue.return_model import Return
from etl.catalogue.whole import Catalogue
from etl.conform.councils import Councils, load_councils
from etl.returns.intake import Intake, inspect
from tests.made_up_homes import Row, make_rows, to_text

ROOT = Path(__file__).resolve().parents[4]
DAY = dt.date(2020, 8, 24)


@pytest.fixture(scope="session")
def declared() -> Catalogue:
    """The catalogue of the repository."""
    return load_catalogue()


@pytest.fixture(scope="session")
def layout(declared: Catalogue) -> Return:
    """The layout of care homes."""
    return next(layout for layout in declared.returns if layout.id == "capacity_tracker_care_homes")


@pytest.fixture(scope="session")
def councils(areas: pd.DataFrame) -> Councils:
    """The spellings of councils that the repository carries."""
    return load_councils(ROOT / "data" / "lookups" / "councils.csv", areas)


@pytest.fixture
def make_row() -> Callable[..., Row]:
    """A function that makes one sound row of the day, given by what it changes; `number` makes it another home."""

    def make(number: int = 0, *, date: dt.date = DAY, **changes: str) -> Row:
        row = make_rows(date, homes=1)[0]
        moment = f"{date} 09:31:00"
        row |= {"CQC_ID": f"1-{900_000_000 + number}", "Location": f"Home {number}", "Overall_Status": "Open"}
        row |= {"Last_Updated_UTC": moment}
        if "CHSP_Last_Updated_UTC" in row:
            row["CHSP_Last_Updated_UTC"] = moment
        return row | changes

    return make


@pytest.fixture
def take(tmp_path: Path, declared: Catalogue, councils: Councils) -> Callable[..., Intake]:
    """A function that takes in rows as one extract, by default of care homes."""

    def run(rows: Sequence[Row], *, date: dt.date = DAY, layout_id: str = "capacity_tracker_care_homes") -> Intake:
        layout = next(layout for layout in declared.returns if layout.id == layout_id)
        file = tmp_path / layout.file.replace("{date}", date.isoformat())
        file.write_text(to_text(rows), encoding="utf-8")
        return inspect(file, layout=layout, rulebook=declared.return_rules, councils=councils, date=date)

    return run
