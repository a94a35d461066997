"""The cards of what surrounds care homes: weekly cases in the community, and vaccination. For every kind of area."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.doses import dose_table
from dashboard.components.focus import focus_list
from dashboard.components.table import date_table
from dashboard.figures.trend import draw_trend
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text import summarise_trend
from dashboard.text.community import describe_breaks, summarise_vaccination, title_cases, title_vaccination

BEHIND = {"country": " Regions in grey.", "region": " Councils in grey."}
SEPARATE = "Confirmed cases among all people who live in the area, not only in care homes."


def cases_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return weekly cases per 100,000 people beside the wider areas; the areas inside stand in grey behind."""
    trend = views.show_cases(snapshot, selection)
    own = trend[trend["role"] == "area"]
    if not own["value"].notna().any():
        return empty_card("card-cases", title="Cases in the community", text=_say_nothing(snapshot, selection, "cases"))
    broken = views.find_breaks(snapshot, own["indicator_id"].iloc[0], first=own["date"].min(), last=own["date"].max())
    kind = own["area_kind"].iloc[0]
    behind = views.show_local_cases(snapshot, selection) if kind in BEHIND else None
    card = Card(
        view="cases",
        title=title_cases(trend),
        subtitle=f"New confirmed cases each week per 100,000 people.{BEHIND.get(kind, '')} Lower is better.",
        summary=f"{SEPARATE} {summarise_trend(trend)}",
        frame=trend,
        picture=draw_trend(
            trend,
            series="area_name",
            background=behind,
            breaks={entry["date"]: _label(entry["date"]) for entry in list_rows(broken)},
        ).update_xaxes(dtick="M3"),
        legend=focus_list(behind),
        table=date_table(trend, columns="area_name", caption="Weekly cases per 100,000 people"),
        notes=(describe_breaks(broken),) if len(broken) else (),
    )
    return chart_card(card, snapshot, selection)


def vaccination_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the newest first and second dose shares of each group of people, the area beside England."""
    frame = views.show_vaccination(snapshot, selection)
    if not (frame["role"] == "area").any():
        text = _say_nothing(snapshot, selection, "vaccination of residents and staff")
        return empty_card("card-vaccination", title="Vaccination", text=text)
    mark = "" if selection.area_code == ENGLAND else " | England."
    name = snapshot.areas.at[selection.area_code, "name"]
    card = Card(
        view="vaccination",
        title=title_vaccination(frame),
        subtitle=f"Share of each group reported with a first and a second dose. ● {name}.{mark} Higher is better.",
        summary=_note_missing(frame),
        frame=frame,
        picture=dose_table(frame, caption=summarise_vaccination(frame)),
        is_table=True,
    )
    return chart_card(card, snapshot, selection)


def _note_missing(frame: pd.DataFrame) -> str:
    """Return why a group has no figure, "" where all have one."""
    own = frame[frame["role"] == "area"]
    reasons = {"z": "Not applicable: the area has no such homes.", "x": "Not available: the source gives no figure."}
    return " ".join(reasons[mark] for mark in dict.fromkeys(own.loc[own["value"].isna(), "status"]) if mark in reasons)


def _say_nothing(snapshot: Snapshot, selection: Selection, what: str) -> str:
    name = snapshot.areas.at[selection.area_code, "name"]
    return f"No published source that we hold gives {what} for {name}."


def _label(day: dt.date) -> str:
    return f"{day.day} {day:%b}"
