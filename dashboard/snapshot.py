"""A snapshot in memory: its tables as frames, and what is worked out from them once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.shelf import Shelf


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A published snapshot in memory: its tables as frames, with text ids as index where they have one.

    `release` is its release record: when it was published and what came before it; empty where none was kept.
    """

    id: str
    data_date: dt.date
    observations: pd.DataFrame
    indicators: pd.DataFrame
    areas: pd.DataFrame
    boundaries: pd.DataFrame
    sources: pd.DataFrame
    recommendations: pd.DataFrame
    spotlights: pd.DataFrame
    breaks: pd.DataFrame
    changes: pd.DataFrame
    quality: pd.DataFrame
    limits: pd.DataFrame
    similar_areas: pd.DataFrame
    spread: pd.DataFrame
    funnels: pd.DataFrame
    contributions: pd.DataFrame
    projection: pd.DataFrame
    signals: pd.DataFrame
    signal_rules: pd.DataFrame
    enquiries: pd.DataFrame
    release: Mapping[str, Any]

    @cached_property
    def by_indicator(self) -> dict[str, pd.DataFrame]:
        """Return the observations of each indicator, so that no query scans them all."""
        ids = self.observations["indicator_id"]
        starts = np.flatnonzero((ids != ids.shift()).to_numpy())
        if len(starts) != ids.nunique():
            return dict(tuple(self.observations.groupby("indicator_id", sort=False)))
        # As they are published, each indicator's rows stand together: parts of the one frame, not copies of it.
        ends = [*starts[1:], len(ids)]
        return {ids.iat[start]: self.observations.iloc[start:end] for start, end in zip(starts, ends, strict=True)}

    @cached_property
    def is_illustrative(self) -> bool:
        """Tell whether any figure was made up to show how the dashboard works."""
        return bool(self.observations["is_illustrative"].any())

    @cached_property
    def described(self) -> dict[str, tuple[pd.DataFrame, Mapping[str, np.ndarray]]]:
        """Return the rows that queries have put names to and where each area's are, by indicator: filled by them."""
        return {}

    @cached_property
    def drawn(self) -> dict[Callable[..., Any], Shelf]:
        """Return the pages that were drawn of it, by what draws them. They go when it goes."""
        return {}

    @cached_property
    def worked_out(self) -> dict[Callable[..., Any], pd.DataFrame]:
        """Return the frames that were worked out of the whole of it, by what does that: see `dashboard.once`."""
        return {}

    @cached_property
    def measured(self) -> dict[str, tuple[int, int]]:
        """Return the rows and bytes of indicators' files, filled when they are asked for, once a snapshot."""
        return {}

    @cached_property
    def outlines(self) -> dict[str, list[pd.DataFrame]]:
        """Return each area's rings, the largest first, as frames of easting_m and northing_m."""
        rings: dict[str, list[pd.DataFrame]] = {}
        for (code, _), ring in self.boundaries.groupby(["area_code", "ring"], sort=True):
            rings.setdefault(code, []).append(ring[["easting_m", "northing_m"]])
        return rings
