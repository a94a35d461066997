"""Limits: an XmR chart of every weekly series, with its special causes, each stretch between breaks on its own.

Made from published figures only, so a limit tells nothing that disclosure has hidden. A weekly grid goes back from the
newest date in steps of seven days; other dates (10 August 2020 among the Fridays) stand beside it, and a week without a
figure is a gap that nothing runs across.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from etl.catalogue.model import Break, Indicator
from etl.catalogue.whole import Catalogue
from etl.schema import TABLES
from etl.statistics.trend import chart_series, choose_cause
from etl.weeks import make_grid

FEWEST_WEEKS = 8
"""Shorter series get no chart: seven steps are the shortest run that could mean anything."""


def chart_all(figures: dict[str, pd.DataFrame], *, catalogue: Catalogue) -> pd.DataFrame:
    """Return the limits of every weekly share or rate, in every area, with columns as `etl.schema` declares them."""
    indicators = {indicator.id: indicator for indicator in catalogue.indicators}
    charts = [
        chart_indicator(own, indicator=indicators[name], breaks=catalogue.breaks)
        for name, frame in figures.items()
        for _, own in frame.groupby("source_id", observed=True)
        if is_charted(indicators[name])
    ]
    columns = [column for column, _, _ in TABLES["limits"][1]]
    charts = [chart for chart in charts if len(chart)]
    return pd.concat(charts, ignore_index=True)[columns] if charts else pd.DataFrame(columns=columns)


def is_charted(indicator: Indicator) -> bool:
    """Tell whether an indicator is a weekly share or rate: counts of a week say as much about an area's size."""
    return indicator.unit != "count" and indicator.period in ("week", "point")


def chart_indicator(frame: pd.DataFrame, *, indicator: Indicator, breaks: Sequence[Break]) -> pd.DataFrame:
    """Return the limits of one indicator from one source, a row a figure; empty for fewer than 8 weeks."""
    days = frame["date"].astype(object)
    weeks = make_grid(days.unique())
    if len(weeks) < FEWEST_WEEKS:
        return pd.DataFrame()
    place = days.map({week: number for number, week in enumerate(weeks)})
    on_grid = frame[place.notna()].assign(place=place.dropna().astype(int))
    areas, row = np.unique(on_grid["area_code"].astype(object).astype(str), return_inverse=True)
    values = np.full((len(areas), len(weeks)), np.nan)
    values[row, on_grid["place"]] = on_grid["value"]
    edges = sorted(entry.date for entry in breaks if entry.concerns(indicator.id))
    chart = chart_series(values, breaks=[int(np.searchsorted(weeks, day, side="right")) for day in edges])
    cause, direction, began = choose_cause(chart)
    at = (row, on_grid["place"].to_numpy())
    since = began[at]
    return pd.DataFrame(
        {
            "indicator_id": indicator.id,
            "area_code": areas[row],
            "date": on_grid["date"].astype(object).to_numpy(),
            "centre": chart.centre[at],
            "lower": chart.lower[at],
            "upper": chart.upper[at],
            "points": chart.points[at],
            "is_provisional": chart.is_provisional[at],
            "special_cause": cause[at].astype(object),
            "direction": direction[at].astype(object),
            "since": [weeks[number] if number >= 0 else None for number in since],
            "reason": chart.reason[at].astype(object),
            "is_illustrative": on_grid["is_illustrative"].to_numpy(),
            "source_id": on_grid["source_id"].astype(object).to_numpy(),
        }
    )
