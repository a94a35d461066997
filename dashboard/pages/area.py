"""An authority (`/area/<code>`): its headlines, its trends beside region and England, its place in its region."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.components.banner import history_banner, plan_banner
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.headline import headline_row
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.figures.bars import draw_weekly_bars
from dashboard.figures.trend import draw_trend
from dashboard.pages.page import drawn_from_address, page
from dashboard.pages.region import title
from dashboard.selection import MEASURES, Selection, area_path, read_area, read_measure
from dashboard.store import Snapshot
from dashboard.text import lead_authority, summarise_trend, title_peak


def register() -> None:
    """Register the page at /area/<code>."""
    dash.register_page(__name__, path_template="/area/<code>", title=title, layout=drawn_from_address(layout))


def layout(snapshot: Snapshot, code: str = "", **query: str) -> Component:
    """Return the page of the authority for the measure in the query."""
    selection = Selection(
        area_code=read_area(snapshot, code, kind="authority"), measure=read_measure(query, page="authority")
    )
    area = snapshot.areas.loc[code]
    region = views.region_of(snapshot, code)
    region_name = snapshot.areas.at[region, "name"]
    rate = queries.select_headline(snapshot, MEASURES["deaths"], area=code)
    return page(
        title=area["name"],
        lead=lead_authority(area["name"], region=region_name, rate=rate),
        children=[
            html.P(dcc.Link(f"See all councils in the {region_name}", href=area_path(snapshot, region))),
            history_banner(snapshot, code),
            headline_row(views.show_headlines(snapshot, selection)),
            plan_banner(),
            html.Div(
                [deaths_card(snapshot, selection), outbreaks_card(snapshot, selection)],
                className="two-columns even",
            ),
            measure_picker(snapshot, page="authority", chosen=selection.measure),
            html.Div(
                [
                    ranking_card(snapshot, selection, highlight=code),
                    map_card(snapshot, selection, highlight=code, height=420),
                ],
                className="two-columns even",
            ),
            turnover_card(snapshot, selection),
        ],
    )


def deaths_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the authority's weekly death rate beside its region's and England's."""
    trend = views.show_deaths(snapshot, selection)
    if (trend["role"] == "comparator").all():
        return empty_card(
            "card-deaths", title="Deaths in care homes", text="The source holds no figure for this council."
        )
    card = Card(
        view="deaths",
        title=title_peak(trend, what="COVID-19 deaths in care homes"),
        subtitle="Notified to CQC each week, per 1,000 people aged 65 and over. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(trend, series="area_name"),
    )
    return chart_card(card, snapshot, selection)


def outbreaks_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the authority's weekly outbreaks as bars."""
    trend = views.show_outbreaks(snapshot, selection)
    card = Card(
        view="outbreaks",
        title=title_peak(trend, what="new outbreaks"),
        subtitle="Care homes that reported their first outbreak each week, number. Lower is better.",
        summary=summarise_trend(trend) if len(trend) else "The source holds no figure for this council.",
        frame=trend,
        picture=draw_weekly_bars(trend),
    )
    return chart_card(card, snapshot, selection)


def turnover_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the authority's turnover by year beside the medians of its region and England."""
    trend = views.show_turnover(snapshot, selection)
    own = trend[(trend["role"] == "area") & trend["value"].notna()]
    name = snapshot.areas.at[selection.area_code, "name"]
    if own.empty:
        return empty_card("card-turnover", title="Staff turnover", text=f"No year has a figure for {name}.")
    named = trend.assign(series=trend["area_name"].where(trend["role"] == "area", trend["area_name"] + " (median)"))
    last = own.iloc[-1]
    card = Card(
        view="turnover",
        title=f"Staff turnover: {last['value']:.0f}% in the year to March {last['date'].year}",
        subtitle="Staff who left in the year; region and England: the median council with a figure. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(named, series="series"),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)
