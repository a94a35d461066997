"""A region (`/region/<code>`): its headlines, its trends beside England's, its authorities on a map and ranked."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.components.banner import plan_banner
from dashboard.components.card import Card, chart_card
from dashboard.components.headline import headline_row
from dashboard.components.measure_picker import measure_picker
from dashboard.components.places import map_card, ranking_card
from dashboard.figures.trend import draw_trend
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import MEASURES, Selection, read_area, read_measure
from dashboard.store import Snapshot, current_snapshot
from dashboard.text import lead_region, summarise_trend, title_peak


def register() -> None:
    """Register the page at /region/<code>."""
    dash.register_page(__name__, path_template="/region/<code>", title=title, layout=drawn_from_address(layout))


def title(code: str = "", **query: str) -> str:
    """Return the title of the browser's tab."""
    areas = current_snapshot().areas
    name = areas.at[code, "name"] if code in areas.index else "Page not found"
    return f"{name}: adult social care COVID-19 dashboard"


def layout(snapshot: Snapshot, code: str = "", **query: str) -> Component:
    """Return the page of the region for the measure in the query."""
    selection = Selection(
        area_code=read_area(snapshot, code, kind="region"), measure=read_measure(query, page="region")
    )
    name = snapshot.areas.at[code, "name"]
    lead = lead_region(
        name,
        authorities=len(queries.list_authorities(snapshot, region=code)),
        ranking=queries.select_headline(snapshot, MEASURES["deaths"], area=code),
        homes=queries.select_headline(snapshot, "care_homes_count", area=code),
    )
    return page(
        title=name,
        lead=lead,
        children=[
            headline_row(views.show_headlines(snapshot, selection)),
            plan_banner(),
            html.Div(
                [deaths_card(snapshot, selection), outbreaks_card(snapshot, selection)],
                className="two-columns even",
            ),
            measure_picker(snapshot, page="region", chosen=selection.measure),
            html.Div(
                [
                    ranking_card(snapshot, selection),
                    map_card(snapshot, selection, height=420),
                ],
                className="two-columns even",
            ),
            turnover_card(snapshot, selection),
        ],
    )


def deaths_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the region's weekly death rate beside England's, its authorities in grey behind."""
    trend = views.show_deaths(snapshot, selection)
    behind = views.show_local_deaths(snapshot, selection)
    card = Card(
        view="deaths",
        title=title_peak(trend, what="COVID-19 deaths in care homes"),
        subtitle="Notified to CQC each week, per 1,000 people aged 65 and over. Councils in grey. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(trend, series="area_name", background=behind),
    )
    return chart_card(card, snapshot, selection)


def outbreaks_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the region's weekly outbreaks as a share of homes beside England's."""
    trend = views.show_outbreaks(snapshot, selection)
    card = Card(
        view="outbreaks",
        title=title_peak(trend, what="new outbreaks"),
        subtitle="New care-home outbreaks each week as a share of care homes. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(trend, series="area_name"),
    )
    return chart_card(card, snapshot, selection)


def turnover_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the median turnover of the region's authorities by year beside England's."""
    trend = views.show_turnover(snapshot, selection)
    own = trend[(trend["role"] == "area") & trend["value"].notna()]
    last = own.iloc[-1]
    card = Card(
        view="turnover",
        title=f"Staff turnover: {last['value']:.0f}% in the median council, {last['date'].year}",
        subtitle="Staff who left in the year, median of the councils with a figure. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(trend, series="area_name"),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)
