"""Basis: what the rules read, all of it as published, so that a signal tells nothing that disclosure has hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from etl.catalogue.model import Indicator
from etl.catalogue.signal_model import Signal
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.weeks import make_grid

WEEKS = 13
"""How far back the rules look for the week in which a signal began."""
FRESH_DAYS = 28
"""A series whose newest figure is older than this at the data date tells nothing about now."""


class Untested(Exception):
    """A rule cannot be tried; the message says why, in words for a reader."""


@dataclass(frozen=True)
class Basis:
    """The tables that rules read, and the day on which the snapshot stands."""

    figures: dict[str, pd.DataFrame]
    limits: pd.DataFrame
    changes: pd.DataFrame
    spread: pd.DataFrame
    kinds: dict[str, str]
    regions: dict[str, str]
    catalogue: Catalogue
    data_date: dt.date

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The catalogue's indicators by id."""
        return {indicator.id: indicator for indicator in self.catalogue.indicators}

    def list_for(self, rule: Signal) -> list[str]:
        """Return the indicators that the rule is tried on and that have figures, in the catalogue's order."""
        return [i for i in self.indicators if rule.concerns(i) and i in self.figures]

    def read_weeks(self, indicator_id: str) -> pd.DataFrame:
        """Return the figures of an indicator on its newest weeks up to the data date, oldest first, as plain columns.

        Raises Untested where there is none, or the newest is more than 28 days older than the data date.
        """
        frame = self.figures.get(indicator_id)
        name = self.indicators[indicator_id].short_name
        if frame is None or frame.empty:
            raise Untested(f"{name}: no figures are held.")
        days = frame["date"].astype(object)
        past = sorted({day for day in days.unique() if day <= self.data_date})
        if not past or (self.data_date - past[-1]).days > FRESH_DAYS:
            newest = f"the newest are of {say_day(past[-1])}" if past else "all are later than the newest return"
            raise Untested(f"{name}: {newest}, too far from {say_day(self.data_date)} to tell about it.")
        weeks = (make_grid(past) or past[-1:])[-WEEKS:]
        own = frame[days.isin(weeks)]
        plain = {name: own[name].astype(object) for name in own.columns if own[name].dtype == "category"}
        own = own.assign(**plain | {"date": days[own.index]}).sort_values(["date", "area_code"], kind="stable")
        return own.assign(kind=own["area_code"].map(self.kinds)).reset_index(drop=True)


def add_england(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the rows of an indicator with England's columns of the same date beside them, as england_<column>."""
    england = frame.loc[frame["area_code"] == ENGLAND, ["date", *columns]]
    return frame.merge(england.rename(columns={name: f"england_{name}" for name in columns}), on="date", how="left")


def say_day(day: dt.date) -> str:
    """Return a date as a reader would say it."""
    return f"{day.day} {day:%B %Y}"


def join_reasons(reasons: Iterable[str]) -> str:
    """Return the reasons of several indicators as one text, each once."""
    return " ".join(dict.fromkeys(reasons))
