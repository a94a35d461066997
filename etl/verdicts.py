"""Verdicts: each authority and region against England, and each authority against its region, date by date.

Only figures that are published enter, so a verdict tells nothing that disclosure has hidden. An indicator is judged
where it has limits: shares of homes by exact binomial tails, rates by exact Poisson tails. Shares of staff and beds
are not: people of one home fall ill together (see docs/methods.md). All rows of a comparison come from one source and
date, so no verdict mixes illustrative with published figures or runs across a break.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue.model import Break, Indicator
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND
from etl.standing import add_positions
from etl.statistics.comparison import Comparison, compare_counts, compare_shares
from etl.statistics.false_discovery import adjust
from etl.statistics.funnel import widen_counts, widen_shares
from etl.statistics.overdispersion import measure_dispersion, score_counts, score_shares
from etl.weeks import make_grid

HIDDEN = "The figure is hidden to protect homes and people, so it is compared with nothing."
ONCE_A_WEEK = "Verdicts are given once a week."
UNJUDGED = ("median of authorities",)
"""Calculations whose numerator counts areas, not events."""


@dataclass(frozen=True)
class Levels:
    """What kind of area each code is, and the region that it lies in."""

    kinds: dict[str, str]
    regions: dict[str, str]


def judge_all(
    figures: dict[str, pd.DataFrame], *, catalogue: Catalogue, areas: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return the figures of all indicators, by id, with verdicts and positions; `adjust_newest` comes last."""
    regions = zip(areas["code"], areas["region_code"], strict=True)
    levels = Levels(
        kinds=dict(zip(areas["code"], areas["kind"], strict=True)),
        regions={code: region or ENGLAND for code, region in regions},
    )
    indicators = {indicator.id: indicator for indicator in catalogue.indicators}
    return {
        name: add_positions(
            judge_chosen_days(frame, indicator=indicators[name], levels=levels, breaks=catalogue.breaks),
            indicator=indicators[name],
            kinds=levels.kinds,
        )
        for name, frame in figures.items()
    }


def judge_chosen_days(
    frame: pd.DataFrame, *, indicator: Indicator, levels: Levels, breaks: Sequence[Break]
) -> pd.DataFrame:
    """Return the figures with verdicts on the days that `choose_days` picks, and the reason on all others."""
    days = frame["date"].astype(object)
    edges = [entry.date for entry in breaks if entry.concerns(indicator.id)]
    chosen = days.isin(choose_days(list(days.unique()), breaks=edges))
    judged = judge_figures(frame[chosen], indicator=indicator, levels=levels)
    if "versus_england" not in judged:
        return frame
    if chosen.all():
        return judged
    words = dict.fromkeys(("versus_england", "versus_region"), "") | {"verdict_reason": ONCE_A_WEEK}
    rest = frame[~chosen].assign(**words, p_england=np.nan, p_region=np.nan, is_widened=False)
    return pd.concat([judged, rest]).loc[frame.index]


def choose_days(days: Sequence[dt.date], *, breaks: Sequence[dt.date]) -> set[dt.date]:
    """Return the days that get verdicts: all of a weekly series; of a daily one every seventh back from the newest.

    Nobody acts on a mark that comes and goes from day to day. The first day, and the last before each break, are
    among them: they are what a change is counted from.
    """
    weeks = set(make_grid(days)) & set(days)
    if not weeks or len(days) < 2 * len(weeks):
        return set(days)
    ends = {max((day for day in days if day <= edge), default=min(days)) for edge in breaks}
    return weeks | ends | {min(days)}


def judge_figures(frame: pd.DataFrame, *, indicator: Indicator, levels: Levels) -> pd.DataFrame:
    """Return one indicator's figures with verdicts, p values and whether they were widened.

    Needs area_code, date, source_id, status, numerator and denominator; adds versus_england, versus_region, p_england,
    p_region, is_widened and verdict_reason. Rows without a count or a benchmark get "" and the reason why.
    """
    if indicator.interval == "none" or indicator.calculation in UNJUDGED or frame.empty:
        return frame
    codes = frame["area_code"].astype(object)
    kind = codes.map(levels.kinds).to_numpy()
    events, trials = (frame[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    occasion = frame.groupby(["source_id", "date"], sort=False, observed=True).ngroup().to_numpy()
    england = _find_benchmark(occasion, kind == "country", occasion, events, trials)
    region_key = codes.map(levels.regions)
    places = pd.Series(list(zip(occasion, region_key, strict=True)), index=frame.index)
    region = _find_benchmark(places, kind == "region", places, events, trials)

    # Authorities are a set of their own, and so are regions: how far the one spread says nothing about the other.
    sets = pd.DataFrame({"occasion": occasion, "kind": kind}).groupby(["occasion", "kind"]).ngroup().to_numpy()
    versus_england = _judge(events, trials, england, sets, indicator, is_judged=kind != "country")
    versus_region = _judge(events, trials, region, sets, indicator, is_judged=kind == "authority")
    return frame.assign(
        versus_england=versus_england[0].verdict.astype(object),
        versus_region=versus_region[0].verdict.astype(object),
        p_england=versus_england[0].p_value,
        p_region=versus_region[0].p_value,
        is_widened=(versus_england[1] > 0) & (versus_england[0].reason == ""),
        verdict_reason=np.where(frame["status"].astype(object) == "c", HIDDEN, versus_england[0].reason).astype(object),
    )


def adjust_newest(figures: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the figures with `q_england`: p values adjusted over all comparisons with England at the newest dates.

    Each indicator's newest date counts; what is illustrative is a table of its own.
    """
    newest = {name: _is_newest(frame) for name, frame in figures.items() if "p_england" in frame}
    judged = {name: frame for name, frame in figures.items() if name in newest}
    table = pd.concat(
        [
            pd.DataFrame({"p": frame["p_england"].where(newest[name]), "made_up": frame["is_illustrative"]})
            for name, frame in judged.items()
        ]
        or [pd.DataFrame({"p": [], "made_up": []})],
        keys=list(judged) or None,
    )
    adjusted = table["p"].astype(float)
    for _, rows in table.groupby("made_up"):
        adjusted.loc[rows.index] = adjust(rows["p"].to_numpy(dtype=float))[0]
    return figures | {name: frame.assign(q_england=adjusted.loc[name].to_numpy()) for name, frame in judged.items()}


def _is_newest(frame: pd.DataFrame) -> pd.Series:
    days = frame["date"].astype(object)
    return days == days.max()


def _find_benchmark(
    keys: pd.Series | NDArray, is_benchmark: NDArray, wanted: pd.Series | NDArray, events: NDArray, trials: NDArray
) -> NDArray[np.float64]:
    """Return, for each row, the benchmark's events over trials on the same occasion; null where there is none."""
    usable = is_benchmark & (trials > 0) & ~np.isnan(events)
    rates = dict(zip(pd.Series(keys)[usable], events[usable] / trials[usable], strict=True))
    return pd.Series(wanted).map(rates).to_numpy(dtype=float)


def _judge(
    events: NDArray, trials: NDArray, rate: NDArray, sets: NDArray, indicator: Indicator, *, is_judged: NDArray
) -> tuple[Comparison, NDArray[np.float64]]:
    """Return the widened verdicts, and the variance between areas of each row's set."""
    polarity, itself = indicator.polarity, ~is_judged
    if indicator.interval == "wilson":
        exact = compare_shares(events, trials=trials, benchmark=rate, polarity=polarity, is_itself=itself)
        scores, errors = score_shares(events, trials=trials, benchmark=rate)
        tau = _measure_sets(np.where(exact.reason == "", scores, np.nan), errors, sets)
        widened = widen_shares(exact, events, trials=trials, benchmark=rate, tau_squared=tau, polarity=polarity)
    else:
        expected = rate * trials
        exact = compare_counts(events, expected=expected, polarity=polarity, is_itself=itself)
        scores, errors = score_counts(events, expected=expected)
        tau = _measure_sets(np.where(exact.reason == "", scores, np.nan), errors, sets)
        widened = widen_counts(exact, events, expected=expected, tau_squared=tau, polarity=polarity)
    return widened, tau


def _measure_sets(scores: NDArray, errors: NDArray, sets: NDArray) -> NDArray[np.float64]:
    """Return, for each row, the variance between the areas of its set; 0 where chance explains how they differ."""
    tau = np.zeros(len(scores))
    for rows in pd.Series(np.arange(len(scores))).groupby(sets, sort=False).indices.values():
        tau[rows] = measure_dispersion(scores[rows], standard_errors=errors[rows]).tau_squared
    return tau
