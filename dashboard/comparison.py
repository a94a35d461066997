"""Comparison: from the query of /compare to indicators, areas and dates, and back. A bad query explains itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard import queries
from dashboard.measures import DEFAULT_MEASURE, MEASURES, QUESTIONS
from dashboard.selection import ENGLAND, SelectionError
from dashboard.store import Snapshot

PATH = "/compare"
CHARTS = {
    "trend": "Trend",
    "ranking": "Ranking",
    "heatmap": "Heat map",
    "funnel": "Funnel",
    "scatter": "Scatter",
    "map": "Map",
    "table": "Table",
}
"""The kinds of chart by the word in the address, each with its name."""

OVER_TIME = ("trend", "table")
"""Charts of a span of dates; the others show one date."""

MOST_INDICATORS, MOST_AREAS = 16, 200
LINES_A_PANEL = 4
"""Lines that one chart over time has at most, England's not counted."""
NONE = "none"
"""What stands in the address where nothing is chosen."""

KEYS = ("chart", "indicator", "area", "from", "to", "on")
FIRST_QUESTION = QUESTIONS["full-wages"]


@dataclass(frozen=True)
class Comparison:
    """One comparison: a kind of chart, indicators and areas in the order chosen, and dates where they are chosen."""

    chart: str
    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    first: dt.date | None = None
    last: dt.date | None = None
    on: dt.date | None = None


def read_comparison(snapshot: Snapshot, query: Mapping[str, str]) -> Comparison:
    """Return the comparison that the query asks for, the default for what it leaves out; SelectionError otherwise."""
    unknown = sorted(set(query) - set(KEYS))
    if unknown:
        known = ", ".join(KEYS)
        raise SelectionError(
            f"The address asks for {unknown[0][:20]!r}, which this page does not know. It has: {known}."
        )
    chart = query.get("chart", "trend")
    if chart not in CHARTS:
        raise SelectionError(f"There is no chart {chart[:20]!r}. There are: {', '.join(CHARTS)}.")
    indicators = _read_list(query.get("indicator"), default=default_indicators(snapshot), most=MOST_INDICATORS)
    areas = _read_list(query.get("area"), default=default_areas(snapshot), most=MOST_AREAS)
    for name in indicators:
        if name not in snapshot.by_indicator:
            raise SelectionError(f"No indicator {name[:40]!r} is held. Choose one from the list on {PATH}.")
    for code in areas:
        _check_area(snapshot, code)
    dates = list_dates(snapshot, indicators)
    first, last, on = (_read_date(query, key, dates=dates) for key in ("from", "to", "on"))
    if first and last and first > last:
        raise SelectionError(f"The dates run backwards: from {first} to {last}. Exchange them.")
    if on and on not in dates:
        near = min(dates, key=lambda day: abs(day - on))
        raise SelectionError(f"No figure chosen here is dated {on}. The nearest date is {near}.")
    return Comparison(chart=chart, indicators=indicators, areas=areas, first=first, last=last, on=on)


def write_query(snapshot: Snapshot, comparison: Comparison) -> str:
    """Return the query of a comparison with its "?": defaults leave no trace, so that a view has one address."""
    words = {
        "chart": "" if comparison.chart == "trend" else comparison.chart,
        "indicator": _write_list(comparison.indicators, default=default_indicators(snapshot)),
        "area": _write_list(comparison.areas, default=default_areas(snapshot)),
        "from": comparison.first or "",
        "to": comparison.last or "",
        "on": comparison.on or "",
    }
    kept = {key: word for key, word in words.items() if word}
    return "?" + urlencode(kept, safe=",") if kept else ""


def compare_path(*, indicators: Sequence[str], areas: Sequence[str], chart: str = "trend") -> str:
    """Return the address that compares these indicators in these areas, for links from other pages."""
    words = {"chart": chart, "indicator": ",".join(indicators) or NONE, "area": ",".join(areas) or NONE}
    return f"{PATH}?{urlencode(words, safe=',')}"


def default_indicators(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the indicator that the page opens on: a question where returns are held, otherwise deaths."""
    held = FIRST_QUESTION in snapshot.by_indicator
    return (FIRST_QUESTION if held else MEASURES[DEFAULT_MEASURE],)


def default_areas(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the areas that the page opens on: the nine regions, and England behind them."""
    return (*queries.list_regions(snapshot), ENGLAND)


def list_dates(snapshot: Snapshot, indicators: Sequence[str]) -> list[dt.date]:
    """Return every date on which one of the indicators has a figure anywhere, by date."""
    return sorted({day for name in indicators for day in snapshot.by_indicator[name]["date"].unique()})


def _read_list(words: str | None, *, default: tuple[str, ...], most: int) -> tuple[str, ...]:
    if words is None:
        return default
    if words == NONE:
        return ()
    chosen = tuple(words.split(","))
    if "" in chosen:
        raise SelectionError(f"A list in the address is empty or has two commas in a row. Write {NONE!r} for none.")
    twice = [word for word in chosen if chosen.count(word) > 1] if len(chosen) <= most else []
    if twice:
        raise SelectionError(f"The address asks for {twice[0][:40]!r} twice. Once is enough.")
    if len(chosen) > most:
        raise SelectionError(f"The address asks for {len(chosen)} in one list; at most {most} can be compared.")
    return chosen


def _write_list(chosen: tuple[str, ...], *, default: tuple[str, ...]) -> str:
    return "" if chosen == default else ",".join(chosen) or NONE


def _check_area(snapshot: Snapshot, code: str) -> None:
    if code not in snapshot.areas.index:
        raise SelectionError(f"There is no area with the code {code[:20]!r}. Give an ONS code, such as E08000027.")
    shown = snapshot.areas.at[code, "shown_as"]
    if shown != code:
        raise SelectionError(f"The figures of {code} stand under the code {shown}. Ask for that one.")


def _read_date(query: Mapping[str, str], key: str, *, dates: list[dt.date]) -> dt.date | None:
    word = query.get(key)
    if word is None:
        return None
    try:
        day = dt.datetime.strptime(word, "%Y-%m-%d").date()
    except ValueError:
        day = None
    if day is None or day.isoformat() != word:
        raise SelectionError(f"{key}={word[:20]!r} is not a date. Write it as 2020-08-10.")
    if not dates:
        raise SelectionError(f"No indicator is chosen, so there is no date to choose. Take {key}= out of the address.")
    if not dates[0] <= day <= dates[-1]:
        raise SelectionError(f"{key}={word} is outside what is held here: {dates[0]} to {dates[-1]}.")
    return day
