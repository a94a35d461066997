"""What both peers show: a region's trend beside England, and the ranking of its councils."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

ENGLAND = "E92000001"


def load() -> dict[str, pd.DataFrame]:
    """Return the tables of the live snapshot."""
    snapshots = Path(os.environ["ASC_DATA_DIR"]) / "snapshots"
    folder = snapshots / (snapshots / "CURRENT").read_text(encoding="utf-8").strip()
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("observations", "indicators", "areas")}


def list_regions(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return the regions' names by code."""
    areas = tables["areas"]
    held = areas[areas["kind"] == "region"]
    return dict(zip(held["code"], held["name"], strict=True))


def list_indicators(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return the names of the indicators that councils have, by id."""
    areas, observations = tables["areas"], tables["observations"]
    councils = areas.loc[areas["kind"] == "authority", "code"]
    held = set(observations.loc[observations["area_code"].isin(councils), "indicator_id"])
    names = tables["indicators"].set_index("id")["short_name"]
    return {name: names[name] for name in names.index if name in held}


def draw_trend(tables: dict[str, pd.DataFrame], region: str, indicator: str) -> go.Figure:
    """Return the lines of a region and of England."""
    rows = tables["observations"]
    rows = rows[(rows["indicator_id"] == indicator) & rows["area_code"].isin([region, ENGLAND])].sort_values("date")
    lines = [go.Scatter(x=held["date"], y=held["value"], name=code) for code, held in rows.groupby("area_code")]
    return go.Figure(lines, layout={"height": 320})


def pick_ranking(tables: dict[str, pd.DataFrame], region: str, indicator: str) -> pd.DataFrame:
    """Return the newest figure of each council of a region, the highest first."""
    areas = tables["areas"]
    councils = areas[areas["region_code"] == region].set_index("code")["name"]
    rows = tables["observations"]
    rows = rows[(rows["indicator_id"] == indicator) & rows["area_code"].isin(councils.index)]
    newest = rows.sort_values("date").groupby("area_code").tail(1).sort_values("value")
    return newest.assign(name=newest["area_code"].map(councils))


def draw_ranking(tables: dict[str, pd.DataFrame], region: str, indicator: str) -> go.Figure:
    """Return the bars of the region's councils."""
    rows = pick_ranking(tables, region, indicator)
    return go.Figure(go.Bar(x=rows["value"], y=rows["name"], orientation="h"), layout={"height": 480})
