"""England (`/`): where things stand, the 13 measures, regions that lead and lag, what else is held, what changed."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.components.banner import illustrative_banner
from dashboard.components.card import Card, chart_card, empty_card, graph
from dashboard.components.changed import changed_card, changed_line
from dashboard.components.community import cases_card, vaccination_card
from dashboard.components.dumbbell import dumbbell_table
from dashboard.components.headline import headline_row
from dashboard.components.home_care import home_care_card
from dashboard.components.leads import write_lead
from dashboard.components.links import briefing_line
from dashboard.components.measure_picker import measure_picker
from dashboard.components.national import answers_card, later_card, resident_deaths_card
from dashboard.components.places import map_card, ranking_card
from dashboard.components.returns import matrix_card
from dashboard.components.signal_card import first_card
from dashboard.components.table import date_table
from dashboard.figures.panels import draw_panels
from dashboard.figures.trend import draw_trend
from dashboard.format import describe_polarity, format_date
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import ENGLAND, Selection, read_selection
from dashboard.store import Snapshot
from dashboard.text import summarise_plan, summarise_trend, title_peak, title_plan, title_regions
from dashboard.text.national import describe_completion

RESPONSE_NOTE = (
    'The report prints a column headed "Response rate from care homes, 10 Aug". It repeats the 10 August share in '
    "every row, so it cannot be the response rate. It is not shown and not used."
)


def register() -> None:
    """Register the page at /."""
    dash.register_page(
        __name__,
        path="/",
        title="England: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page for the measure in the query."""
    selection = read_selection(snapshot, query, page="country")
    headlines = views.show_headlines(snapshot, selection)
    has_returns = views.has_returns(snapshot)
    return page(
        title="England",
        lead=write_lead(snapshot, selection),
        children=[
            briefing_line(snapshot, ENGLAND),
            headline_row(headlines),
            changed_line(snapshot),
            illustrative_banner() if snapshot.is_illustrative else None,
            html.Div(
                [
                    plan_card(snapshot, selection),
                    html.Div(
                        [
                            measure_picker(snapshot, page="country", chosen=selection.measure),
                            map_card(snapshot, selection),
                        ]
                    ),
                ],
                className="two-columns",
            ),
            first_card(snapshot, selection),
            *(
                [matrix_card(snapshot, selection), answers_card(snapshot, selection)]
                if has_returns
                else [no_regions_card()]
            ),
            regions_card(snapshot, selection),
            html.Div(
                [deaths_card(snapshot, selection), resident_deaths_card(snapshot, selection)],
                className="two-columns even",
            ),
            html.Div(
                [cases_card(snapshot, selection), vaccination_card(snapshot, selection)], className="two-columns even"
            ),
            home_care_card(snapshot, selection),
            later_card(snapshot, selection),
            ranking_card(snapshot, selection),
            changed_card(snapshot),
        ],
    )


def plan_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the 13 measures as published."""
    plan = views.VIEWS["measures"](snapshot, selection)
    first, last = format_date(plan["date"].min()), format_date(plan["date"].max())
    completion = queries.select(snapshot, indicators=["tracker_completion_percent"], areas=[ENGLAND])
    card = Card(
        view="measures",
        title=title_plan(plan),
        subtitle=f"Share of care homes that reported each measure in place. ○ {first} ● {last}. "
        + describe_polarity(plan["polarity"].iloc[0]),
        summary="Published for England only, and at two dates only: no series, so no trend can be drawn. No figure for "
        "a region or a council has been published.",
        frame=plan,
        picture=dumbbell_table(plan, caption=summarise_plan(plan)),
        notes=(*describe_completion(completion), RESPONSE_NOTE),
    )
    return chart_card(card, snapshot, selection)


def no_regions_card() -> Component:
    """Return what is not held where there are no returns: which regions lead and lag on the 13 measures."""
    text = (
        "The 13 measures were published for England only, so no region can be said to lead or to lag on them. "
        "Outbreaks and deaths are held by region: see below."
    )
    return empty_card("card-matrix", title="No region's answers are held", text=text)


def regions_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return a small chart of outbreaks for each region."""
    trend = views.show_region_outbreaks(snapshot, selection)
    panels = draw_panels(trend)
    own = trend[trend["role"] == "area"]
    picture = html.Div(
        [
            html.Div(
                [
                    html.H3(name),
                    graph(f"panel-{place}", figure, alt=summarise_trend(own[own["area_name"] == name])),
                ],
                className="panel",
            )
            for place, (name, figure) in enumerate(panels.items())
        ],
        className="panels",
    )
    card = Card(
        view="outbreaks-by-region",
        title=title_regions(trend),
        subtitle="New outbreaks each week as a share of care homes. Region in blue, England in grey. Lower is better.",
        summary=summarise_trend(trend[trend["role"] == "comparator"].assign(role="area")),
        frame=trend,
        picture=picture,
        table=date_table(trend, columns="area_name", caption="New outbreaks each week, % of care homes"),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)


def deaths_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return weekly deaths in care homes by cause."""
    trend = views.show_deaths(snapshot, selection)
    covid = trend[trend["indicator_id"] == "deaths_covid_week_count"]
    labelled = trend.assign(
        series=trend["indicator_id"].map({"deaths_covid_week_count": "COVID-19", "deaths_all_week_count": "All causes"})
    )
    card = Card(
        view="deaths",
        title=title_peak(covid, what="COVID-19 deaths in care homes"),
        subtitle="Deaths in care homes notified to CQC each week, Saturday to Friday. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(labelled, series="series", height=320),
    )
    return chart_card(card, snapshot, selection)
