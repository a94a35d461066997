"""The cards of the workforce page: the winter projection, what is held where, and areas side by side."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.area_columns import area_columns
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.held import held_table
from dashboard.components.verdict import SHAPES
from dashboard.figures.projection import draw_projection
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.workforce import (
    describe_base,
    list_projection_notes,
    summarise_held,
    summarise_projection,
    title_held,
    title_local,
    title_projection,
)
from dashboard.views.workforce import show_held, show_local, show_local_returns, show_projection

PARTS = {
    "workforce-areas": (show_local, "As published"),
    "workforce-areas-returns": (show_local_returns, "Counted from returns"),
}

MARKS = "▲ clearly better, △ better, ▽ worse, ▼ clearly worse than England. No mark: similar, or not compared."


def projection_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the winter range of the vacancy rate, with the posts it stands for on each base."""
    frame = show_projection(snapshot, selection)
    if frame.empty:
        return empty_card(
            "card-projection", title="No winter projection", text="There is no vacancy rate to start from."
        )
    source = snapshot.sources.loc[frame["source_id"].iloc[0]]
    card = Card(
        view="projection",
        title=title_projection(frame),
        subtitle="Vacancy rate in adult social care, England, % of jobs. Lower is better.",
        summary=summarise_projection(frame),
        frame=frame,
        picture=draw_projection(frame),
        notes=list_projection_notes(frame),
        table=projection_table(frame, caption=title_projection(frame)),
        source=f"Source: {source['publisher']}: {source['title']} ({source['edition']}); projected from its figures.",
    )
    return chart_card(card, snapshot, selection)


def projection_table(frame: object, *, caption: str) -> html.Table:
    """Return a row a base: its size, the rates, and the further vacant posts at each end."""
    heads = ["Base", "Rate now", "Winter, lower", "Winter, upper", "More posts, lower", "More posts, upper"]
    rows = []
    for row in list_rows(frame):
        rates = [f"{row[name]:.1f}%" for name in ("current_percent", "lower_percent", "upper_percent")]
        posts = [f"{row[name]:,.0f}" for name in ("lower_posts", "upper_posts")]
        cells = [html.Td(text, className="number") for text in [*rates, *posts]]
        rows.append(html.Tr([html.Th(describe_base(row), scope="row"), *cells]))
    head = [html.Th(name, scope="col", className="number" if place else "") for place, name in enumerate(heads)]
    return html.Table([html.Caption(caption), html.Thead(html.Tr(head)), html.Tbody(rows)], className="data-table")


def held_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return which workforce measures are held for England, regions and councils, and how new they are."""
    held = show_held(snapshot, selection)
    sources = dict.fromkeys(snapshot.sources.at[name, "publisher"] for name in held["source_id"] if name)
    card = Card(
        view="held",
        title=title_held(held),
        subtitle="The newest date of each measure, and how many areas have a figure then.",
        summary=summarise_held(held),
        # It says where figures are, and each cell which of them are made up; it shows none itself.
        frame=held.assign(is_illustrative=False),
        picture=held_table(snapshot, held, caption="Workforce measures by level"),
        is_wide=True,
        is_table=True,
        source=f"Source: {'; '.join(sources)}.",
    )
    return chart_card(card, snapshot, selection)


def area_cards(snapshot: Snapshot, selection: Selection) -> list[Component]:
    """Return the regions, or a region's councils, beside each other: published figures, then those from returns."""
    name = snapshot.areas.at[selection.area_code, "name"]
    what = "Regions of England" if selection.area_code == ENGLAND else f"Councils in {name}"
    cards = []
    for view, (show, how) in PARTS.items():
        frame = show(snapshot, selection)
        if frame.empty:
            continue
        has_marks = frame["versus_england"].isin(list(SHAPES)).any()
        hidden = " Hidden: to protect homes." if (frame["status"] == "c").any() else ""
        card = Card(
            view=view,
            title=title_local(frame),
            subtitle=f"{what}. {how}, each at its newest date. Press a heading to sort.",
            summary="",
            frame=frame,
            picture=html.Div(
                area_columns(frame, snapshot=snapshot, measure=selection.measure, caption=what),
                className="scroll whole",
                tabIndex=0,
                role="region",
                **{"aria-label": f"Table: {what}. {how}"},
            ),
            legend=html.P(f"{MARKS if has_marks else ''}{hidden}", className="verdict-legend")
            if has_marks or hidden
            else None,
            is_wide=True,
            is_table=True,
        )
        cards.append(chart_card(card, snapshot, selection))
    return cards


def region_links(snapshot: Snapshot, selection: Selection) -> html.Nav:
    """Return links that set the tables, the ranking and the map to England or to one region."""
    codes = [ENGLAND, *queries.list_regions(snapshot)]
    items = []
    for code in codes:
        name = snapshot.areas.at[code, "name"]
        if code == selection.area_code:
            items.append(html.Li(html.Span(name, **{"aria-current": "true"})))
        else:
            items.append(html.Li(dcc.Link(name, href=workforce_path(code, measure=selection.measure))))
    return html.Nav([html.Ul(items)], className="regions", **{"aria-label": "Workforce by region"})


def workforce_path(code: str, *, measure: str) -> str:
    """Return the address of this page for a region, or for England."""
    region = "" if code == ENGLAND else f"&region={code}"
    return f"/workforce?measure={measure}{region}"
