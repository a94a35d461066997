"""The same examples in every run, however slow the machine."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from etl.conform.areas import load_areas

ROOT = Path(__file__).resolve().parents[2]

settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=25, database=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def areas() -> pd.DataFrame:
    """The areas that the repository carries."""
    return load_areas(ROOT / "data" / "lookups" / "areas.csv")
