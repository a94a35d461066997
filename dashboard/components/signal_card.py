"""The card of signals on an area's own page: its own, or of a region those of the councils to ask first."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card
from dashboard.components.signals import area_signals, signal_entry
from dashboard.format import in_sentence
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, Selection, area_path
from dashboard.store import Snapshot
from dashboard.support import OPEN, STANDING, support_path
from dashboard.text import signals as text

SUBTITLE = "What stands out here, what speaks against it, what to ask and who acts."
CONTENTS = "Signals"


def signals_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the signals of an authority, or of a region and the councils in it that should be asked first."""
    code = selection.area_code
    frame = views.LISTS["signals"](snapshot, selection)
    kind = snapshot.areas.at[code, "kind"]
    shown = pick_shown(frame, kind)
    region = snapshot.areas.at[code, "region_code"] or ENGLAND
    where = dcc.Link(
        f"All signals in {text.with_the(snapshot.areas.at[region, 'name'])}, and the rules", href=support_path(region)
    )
    if shown.empty:
        return html.Section(
            [
                html.H2(text.title_area(shown, kind=kind), id="card-signals-title"),
                html.P(text.describe_quiet(frame, snapshot.signal_rules), className="empty"),
                html.P(where),
            ],
            id="card-signals",
            className="card wide",
            **{"aria-labelledby": "card-signals-title"},
        )
    card = Card(
        view="signals",
        title=text.title_area(shown, kind=kind),
        subtitle=SUBTITLE,
        summary="",
        frame=frame,
        picture=html.Div([*_show(snapshot, shown, kind), html.P(where)]),
        is_wide=True,
        is_table=True,
        source=text.name_sources(snapshot, frame),
    )
    return chart_card(card, snapshot, selection)


def pick_shown(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the signals that the page shows: an authority's standing ones; else the wider area's and the listed."""
    if kind == "authority":
        return frame[frame["state"].isin(STANDING)]
    return frame[frame["place"].notna() | ((frame["kind"] == kind) & frame["state"].isin(OPEN))]


def _show(snapshot: Snapshot, shown: pd.DataFrame, kind: str) -> list[Component]:
    if kind != "authority":
        return [area_signals(snapshot, own) for _, own in shown.groupby("area_code", sort=False)]
    groups = [list_rows(own) for _, own in shown.groupby("indicator_id", sort=False)]
    return [html.Ul([signal_entry(snapshot, rows) for rows in groups], className="signals")]


def first_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return, for England's page, the councils that each region asks first, with what stands there."""
    frame = views.LISTS["signals"](snapshot, selection)
    listed = frame[frame["place"].notna()]
    if listed.empty:
        return signals_card(snapshot, selection)
    rows = [
        html.Tr(
            [
                html.Th(dcc.Link(region, href=support_path(own["region_code"].iloc[0])), scope="row"),
                html.Td(_list_councils(snapshot, own), **{"data-label": "Ask first"}),
                html.Td(text.describe_counts(own), **{"data-label": "There"}),
                html.Td(str(int((own["state"] == "new").sum())), className="number", **{"data-label": "New this week"}),
            ]
        )
        for region, own in listed.groupby("region_name")
    ]
    head = html.Tr([html.Th(name, scope="col") for name in ("Region", "Ask first", "There", "New this week")])
    caption = "Councils to ask first, by region"
    table = html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(rows)], className="stacked firsts"
    )
    card = Card(
        view="signals",
        title=text.title_first(listed),
        subtitle="Councils that need a conversation first, at most three a region. A signal is a reason to ask.",
        summary="",
        frame=frame,
        picture=html.Div([table, html.P(dcc.Link("Why these, and what to ask", href=support_path(ENGLAND)))]),
        is_wide=True,
        is_table=True,
        source=text.name_sources(snapshot, frame),
    )
    return chart_card(card, snapshot, selection)


def _list_councils(snapshot: Snapshot, own: pd.DataFrame) -> list[Component]:
    parts: list = []
    for code, signals in own.groupby("area_code", sort=False):
        about = ", ".join(dict.fromkeys(in_sentence(name) for name in signals["short_name"]))
        link = dcc.Link(signals["area_name"].iloc[0], href=area_path(snapshot, code))
        parts.append(html.Div([link, html.Span(f" {about}", className="about")]))
    return parts
