"""Figures for a made-up country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from country import AUTHORITIES, DAY, NORTH, OTHERS, REGIONS, SOUTH

from etl.conform.areas import ENGLAND
from etl.disclosure.places import Places


@pytest.fixture
def places() -> Places:
    """Every authority has more older people than the one before it."""
    return Places(
        regions=REGIONS | {NORTH: NORTH, SOUTH: SOUTH, ENGLAND: ""},
        people={code: 1000 * number for number, code in enumerate(AUTHORITIES, 1)},
    )


@pytest.fixture
def make_frame() -> Callable[..., pd.DataFrame]:
    """A function from counts by authority, above and below the line, to an indicator's figures at all levels.

    A third number is how many homes stand behind the figure, where that is not what is below the line.
    """

    def make(
        named: dict[str, tuple[float, ...]] | None = None, *, indicator_id: str = "i", date: dt.date = DAY
    ) -> pd.DataFrame:
        rows = dict.fromkeys(AUTHORITIES, OTHERS)
        rows |= {code: (*numbers, numbers[1])[:3] for code, numbers in (named or {}).items()}
        own = pd.DataFrame.from_dict(rows, orient="index", columns=["numerator", "denominator", "homes"], dtype=float)
        wider = [own.groupby(REGIONS).sum(), own.groupby(lambda code: ENGLAND).sum()]
        frame = pd.concat([own, *wider]).rename_axis("area_code").reset_index()
        value = 100 * frame["numerator"] / frame["denominator"].where(frame["denominator"] > 0)
        return frame.assign(
            indicator_id=indicator_id,
            date=date,
            date_text="",
            period="point",
            quality="",
            value=value,
            lower_95=value,
            not_answered=5.0,
            not_applicable=1.0,
            status=value.isna().map({True: "x", False: ""}).astype(object),
        )

    return make
