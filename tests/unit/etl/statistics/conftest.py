"""Real numbers of homes and the published shares, for simulations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="session")
def authorities() -> pd.DataFrame:
    """The 150 authorities with care homes: `homes`, as PHE counted them in July 2020, and `region_code`."""
    figures = pd.read_csv(ROOT / "data" / "published" / "phe_outbreaks.csv")
    areas = pd.read_csv(ROOT / "data" / "lookups" / "areas.csv", dtype=str)
    homes = figures[(figures["measure"] == "care_homes") & figures["value"].notna()]
    frame = homes.merge(areas[areas["kind"] == "authority"], left_on="area_code", right_on="code", validate="1:1")
    return frame.assign(homes=frame["value"].astype(int))[["area_code", "region_code", "homes"]]


@pytest.fixture(scope="session")
def shares() -> dict[str, np.ndarray]:
    """The 13 published shares of yes, from 0 to 1, by date; 34 % to 99 % in all."""
    figures = pd.read_csv(ROOT / "data" / "published" / "taskforce_indicators.csv")
    return {date: group["value"].to_numpy() / 100 for date, group in figures.groupby("date")}


@pytest.fixture(scope="session")
def paper() -> list[float]:
    """The 15 p values of the worked example of Benjamini and Hochberg (1995)."""
    first = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    return [*first, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
