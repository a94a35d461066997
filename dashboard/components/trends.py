"""The trend cards that regions and authorities share: deaths, outbreaks, turnover, each beside the wider areas."""

from __future__ import annotations

import pandas as pd
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.focus import focus_list
from dashboard.figures.bars import draw_weekly_bars
from dashboard.figures.trend import draw_trend
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text import summarise_trend, title_peak, title_turnover

NOTHING_HELD = "The source holds no figure for this area."


def deaths_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return weekly death rates; a region's councils stand in grey behind."""
    trend = views.show_deaths(snapshot, selection)
    if not _has_own(trend):
        return empty_card("card-deaths", title="Deaths in care homes", text=NOTHING_HELD)
    behind = views.show_local_deaths(snapshot, selection) if _is_region(snapshot, selection) else None
    grey = " Councils in grey." if behind is not None else ""
    card = Card(
        view="deaths",
        title=title_peak(trend, what="COVID-19 deaths in care homes"),
        subtitle=f"Notified to CQC each week, per 1,000 people aged 65 and over.{grey} Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(trend, series="area_name", background=behind),
        legend=focus_list(behind),
    )
    return chart_card(card, snapshot, selection)


def outbreaks_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return weekly outbreaks: a region's as a share of homes, an authority's as counts."""
    trend = views.show_outbreaks(snapshot, selection)
    if not _has_own(trend):
        return empty_card("card-outbreaks", title="Outbreaks in care homes", text=NOTHING_HELD)
    if _is_region(snapshot, selection):
        subtitle = "New care-home outbreaks each week as a share of care homes. Lower is better."
        picture = draw_trend(trend, series="area_name")
    else:
        subtitle = "Care homes that reported their first outbreak each week, number. Lower is better."
        picture = draw_weekly_bars(trend)
    card = Card(
        view="outbreaks",
        title=title_peak(trend, what="new outbreaks"),
        subtitle=subtitle,
        summary=summarise_trend(trend),
        frame=trend,
        picture=picture,
    )
    return chart_card(card, snapshot, selection)


def turnover_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return turnover by year: an authority's own, or the median of a region's, beside wider medians."""
    trend = views.show_turnover(snapshot, selection)
    if not _has_own(trend):
        return empty_card("card-turnover", title="Staff turnover", text="No year has a figure for this area.")
    is_median = trend["indicator_id"] == "turnover_median_percent"
    named = trend.assign(series=trend["area_name"].where(~is_median, trend["area_name"] + " (median)"))
    card = Card(
        view="turnover",
        title=title_turnover(trend),
        subtitle="Staff who left in the year to March. Medians are of the councils with a figure. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(named, series="series", height=260),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)


def _has_own(trend: pd.DataFrame) -> bool:
    """Tell whether the area itself has a figure, not only those it is set beside."""
    return bool(trend.loc[trend["role"] == "area", "value"].notna().any())


def _is_region(snapshot: Snapshot, selection: Selection) -> bool:
    return bool(snapshot.areas.at[selection.area_code, "kind"] == "region")
