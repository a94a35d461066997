"""The parts of the support page: who to ask first, signals of wider areas, all signals, and what was tried."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.agenda import PATH, agenda_path
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.filters import choice_field, filter_row
from dashboard.components.signals import SHAPES, area_signals, fits
from dashboard.format import format_short_date
from dashboard.quality import list_words
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, area_path
from dashboard.store import Snapshot
from dashboard.support import FILTERS, OPEN, STATES, STRENGTHS, SupportView, support_path
from dashboard.text import signals as text

GROUPS = {True: "Strong signals", False: "Clear signals"}


def region_choice(snapshot: Snapshot, view: SupportView) -> html.Nav:
    """Return links to the same page for England and for each region."""
    links = [
        html.Strong(snapshot.areas.at[code, "name"], **{"aria-current": "page"})
        if code == view.area_code
        else dcc.Link(snapshot.areas.at[code, "name"], href=support_path(code))
        for code in (ENGLAND, *queries.list_regions(snapshot))
    ]
    if view.area_code == ENGLAND:
        agenda = dcc.Link("Agendas of the regional calls", href=PATH)
    else:
        agenda = dcc.Link("Agenda of this region's call", href=agenda_path(view.area_code))
    items = [html.Li(link) for link in [*links, agenda]]
    return html.Nav(html.Ul(items), className="choices", **{"aria-label": "Region"})


def first_list(snapshot: Snapshot, view: SupportView) -> html.Div:
    """Return the councils to ask first, grouped by strength, with fields that choose among their signals."""
    frame = views.LISTS["signals"](snapshot, view.selection)
    listed = frame[frame["place"].notna()]
    if listed.empty:
        return html.Div(html.P("No council of this area needs asking first this week.", className="empty"))
    chosen = {key: getattr(view, key) for key in FILTERS}
    entries = [list_rows(own) for _, own in listed.groupby(["area_code", "indicator_id"], sort=False)]
    shown = sum(fits(rows, chosen) for rows in entries)
    names = dict(zip(listed["indicator_id"], listed["short_name"], strict=True))
    options = {
        "indicator": ("Indicator", names),
        "owner": ("Who acts", {word: name or "nobody named" for word, name in list_words(listed["owner"]).items()}),
        "state": ("State", {state: STATES[state] for state in OPEN if state in set(listed["state"])}),
    }
    fields = [
        choice_field(key=key, label=label, options=of, chosen=chosen[key]) for key, (label, of) in options.items()
    ]
    total = len(entries)
    said = f"All {total} concerns" if shown == total else f"{shown} of {total} concerns"
    parts: list[Component] = []
    is_strong = listed.groupby("area_code")["strength"].transform(lambda own: (own == "strong").any())
    for strength, heading in GROUPS.items():
        areas = [own for _, own in listed[is_strong == strength].groupby("area_code", sort=False)]
        if areas:
            blocks = [area_signals(snapshot, own, chosen=chosen, level=html.H4) for own in areas]
            parts.append(html.Div([html.H3(heading), *blocks], className="strength-group", **{"data-group": ""}))
    return html.Div(
        [
            filter_row(fields, shown=said, what="concerns", label="Choose concerns"),
            html.P("No concern is like this. Choose All in one of the lists.", className="nothing", hidden=shown > 0),
            *parts,
        ],
        className="filtered",
    )


def wider_list(snapshot: Snapshot, view: SupportView) -> list[Component]:
    """Return the signals of the region or of England as wholes, and of regions."""
    frame = views.LISTS["signals"](snapshot, view.selection)
    wider = frame[(frame["kind"] != "authority") & frame["state"].isin(OPEN)]
    if wider.empty:
        return [html.P("No signal stands for the area as a whole.", className="empty")]
    return [area_signals(snapshot, own) for _, own in wider.groupby("area_code", sort=False)]


def all_card(snapshot: Snapshot, view: SupportView) -> Component:
    """Return every signal in a row each, also those asked about, those off the list and those that cleared."""
    frame = views.LISTS["signals"](snapshot, view.selection)
    if frame.empty:
        return empty_card("card-signals", title="No signal stands", text="No signal cleared within four weeks either.")
    card = Card(
        view="signals",
        title=text.title_list(frame),
        subtitle="Every signal that stands or cleared within four weeks, those to ask about first.",
        summary="",
        frame=frame,
        picture=signal_table(frame, snapshot, caption="All signals"),
        is_wide=True,
        is_table=True,
        source=text.name_sources(snapshot, frame),
    )
    return chart_card(card, snapshot, view.selection)


def signal_table(frame: pd.DataFrame, snapshot: Snapshot, *, caption: str) -> html.Div:
    """Return a row a signal: area, indicator and rule, strength, state, what was found."""
    rows = [
        html.Tr(
            [
                html.Th(dcc.Link(row["area_name"], href=area_path(snapshot, row["area_code"])), scope="row"),
                html.Td([row["short_name"], html.Span(row["rule_name"], className="how")], **{"data-label": "Signal"}),
                html.Td(f"{SHAPES[row['strength']]} {STRENGTHS[row['strength']]}", **{"data-label": "Strength"}),
                html.Td(STATES[row["state"]], **{"data-label": "State"}),
                html.Td(format_short_date(row["since"]), **{"data-label": "Since"}),
                html.Td(row["sentence"], **{"data-label": "Found"}),
            ]
        )
        for row in list_rows(frame)
    ]
    head = html.Tr([html.Th(name, scope="col") for name in ("Area", "Signal", "Strength", "State", "Since", "Found")])
    table = html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(rows)], className="stacked all-signals"
    )
    return html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": caption})


def rule_card(snapshot: Snapshot, view: SupportView) -> Component:
    """Return the rules: what each looks for, when it holds, on how many figures it was tried and what it found."""
    frame = views.LISTS["signal-rules"](snapshot, view.selection)
    rows = [
        html.Tr(
            [
                html.Th([row["name"], html.Span(row["words"], className="how")], scope="row"),
                html.Td(row["threshold"], **{"data-label": "It holds"}),
                html.Td(f"{row['tested']:,}", className="number", **{"data-label": "Tried on"}),
                html.Td(f"{row['found']:,}", className="number", **{"data-label": "Signals"}),
                html.Td(row["reason"] or "Tried in full.", **{"data-label": "Not tried"}),
            ]
        )
        for row in list_rows(frame)
    ]
    head = html.Tr([html.Th(n, scope="col") for n in ("Rule", "It holds", "Tried on", "Signals", "Not tried")])
    table = html.Table(
        [html.Caption("Rules", className="hidden"), html.Thead(head), html.Tbody(rows)], className="stacked rules"
    )
    tried = int(frame["tested"].sum())
    card = Card(
        view="signal-rules",
        title=f"{len(frame)} rules were tried on {tried:,} figures",
        subtitle="Across England, at the newest date.",
        summary=text.describe_limit(frame),
        frame=frame.assign(is_illustrative=False),
        picture=html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": "Rules"}),
        is_wide=True,
        is_table=True,
        source=f"Source: etl/catalogue/signals.toml, as of snapshot {snapshot.id}.",
    )
    return chart_card(card, snapshot, view.selection)
