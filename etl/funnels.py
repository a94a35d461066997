"""Funnels: the lines round England's share between which chance, or chance and ordinary spread, leaves an authority.

One funnel an indicator of homes, at its newest date, at sizes from 1 home to the largest authority: dense where the
lines bend. Widened where areas differ by more than chance, as the verdicts of that date are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.catalogue.model import Indicator
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.schema import TABLES
from etl.statistics.funnel import share_limits
from etl.statistics.overdispersion import measure_dispersion, score_shares

SIZES = 48
OF_HOMES = ("share of answers", "share answering", "register share")


def draw_funnels(figures: dict[str, pd.DataFrame], *, catalogue: Catalogue, kinds: dict[str, str]) -> pd.DataFrame:
    """Return the lines of every share of homes, with columns as `etl.schema` declares them."""
    parts = [
        draw_funnel(figures[indicator.id], indicator=indicator, kinds=kinds)
        for indicator in catalogue.indicators
        if indicator.id in figures and indicator.calculation in OF_HOMES
    ]
    columns = [column for column, _, _ in TABLES["funnels"][1]]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def draw_funnel(frame: pd.DataFrame, *, indicator: Indicator, kinds: dict[str, str]) -> pd.DataFrame:
    """Return one indicator's lines at its newest date; empty without England's figure or with fewer than 5 areas."""
    days = frame["date"].astype(object)
    newest = frame[days == days.max()]
    codes = newest["area_code"].astype(object)
    england = newest[codes == ENGLAND]
    own = newest[(codes.map(kinds) == "authority") & newest["numerator"].notna()]
    if england.empty or england["value"].isna().any():
        return pd.DataFrame()
    benchmark = float(england["numerator"].iloc[0] / england["denominator"].iloc[0])
    scores, errors = score_shares(own["numerator"], trials=own["denominator"], benchmark=benchmark)
    spread = measure_dispersion(scores, standard_errors=errors)
    if spread.reason:
        return pd.DataFrame()
    sizes = choose_sizes(int(own["denominator"].max()))
    lines = {"homes": sizes.astype(float)}
    for name, confidence in (("95", 0.95), ("998", 0.998)):
        lower, upper = share_limits(sizes, benchmark=benchmark, confidence=confidence, tau_squared=spread.tau_squared)
        lines |= {f"lower_{name}": 100 * lower, f"upper_{name}": 100 * upper}
    return pd.DataFrame(lines).assign(
        indicator_id=indicator.id,
        date=days.max(),
        benchmark=100 * benchmark,
        is_widened=spread.is_overdispersed,
        is_illustrative=bool(newest["is_illustrative"].iloc[0]),
    )


def choose_sizes(largest: int) -> np.ndarray:
    """Return whole numbers of homes from 1 to the largest, closer together where they are small."""
    return np.unique(np.round(np.geomspace(1, max(largest, 1), SIZES)).astype(int))
