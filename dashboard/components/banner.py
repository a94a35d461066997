"""Banners: what a reader must know before reading a page, said once, in words."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html

from dashboard.format import format_date
from dashboard.measures import list_questions
from dashboard.selection import area_path
from dashboard.store import Snapshot

ILLUSTRATIVE = (
    "No council's or region's answers to the 13 questions were ever published. Figures marked “Illustrative” are made "
    "up so that England matches the published totals; they show how the dashboard works. All others are as published."
)


def plan_banner() -> html.P:
    """Return the note that the 13 measures are published for England only."""
    return html.P(
        [
            html.Strong("The 13 infection-control measures are published for England only. "),
            "No figure for a region or a council has been published. ",
            dcc.Link("See them on the England page", href="/"),
            ".",
        ],
        className="banner",
    )


def returns_banner(snapshot: Snapshot, *, is_shown: bool) -> html.P | None:
    """Return what to know of figures from returns: that there are none, or that the page's are made up; None if real.

    `is_shown` tells whether the page shows any.
    """
    if not list_questions(snapshot):
        return plan_banner()
    if not is_shown:
        return html.P("The Capacity Tracker returns count no open care home here.", className="banner")
    return illustrative_banner() if snapshot.is_illustrative else None


def illustrative_banner() -> html.P:
    """Return the note that figures counted from returns are made up."""
    return html.P([html.Strong("Illustrative figures. "), ILLUSTRATIVE], className="banner made-up")


def history_banner(snapshot: Snapshot, code: str) -> html.P | None:
    """Return what became of an authority that later split, merged or changed its code, or came of one, or None."""
    area, areas = snapshot.areas.loc[code], snapshot.areas
    parts: list[object] = []
    others = [other for other in area["successors"].split() if other in areas.index]
    if others and area["successor_kind"] != "same outline":
        verb = {"split": "was split", "merged": "was merged", "boundary moved": "was divided anew"}[
            area["successor_kind"]
        ]
        parts += [
            f"This council {verb} after {format_date(area['valid_to'])}. Now: ",
            *_link(snapshot, others, beside=code),
            ". ",
        ]
    if others and area["successor_kind"] == "same outline":
        parts.append(
            f"This council has had the code {others[0]} since {format_date(areas.at[others[0], 'valid_from'])}. "
        )
    before = areas[areas["successors"].str.split().map(lambda codes: code in codes)]
    same = before[before["successor_kind"] == "same outline"]
    for old in same.itertuples():
        parts.append(
            f"Up to {format_date(old.valid_to)} this council had the code {old.code}; its figures are shown here. "
        )
    came = before[before["successor_kind"] != "same outline"]
    if len(came):
        parts += [
            f"This council began on {format_date(area['valid_from'])}. Before: ",
            *_link(snapshot, list(came["code"]), beside=code),
            ". Figures up to then stand there.",
        ]
    return html.P(parts, className="banner") if parts else None


def _link(snapshot: Snapshot, codes: list[str], *, beside: str) -> list[object]:
    links: list[object] = []
    for place, code in enumerate(codes):
        links += ([] if not place else ["; "]) + [
            dcc.Link(_name(snapshot, code, beside), href=area_path(snapshot, code))
        ]
    return links


def _name(snapshot: Snapshot, code: str, beside: str) -> str:
    """Return an area's name, with its dates where the area beside it has the same: Dorset, before and after 2019."""
    area = snapshot.areas.loc[code]
    if area["name"] != snapshot.areas.at[beside, "name"]:
        return str(area["name"])
    has_ended = pd.notna(area["valid_to"])
    when = f"up to {format_date(area['valid_to'])}" if has_ended else f"from {format_date(area['valid_from'])}"
    return f"{area['name']} ({when})"
