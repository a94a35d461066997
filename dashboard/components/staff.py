"""The card of staff and home care in one area: a row a figure, beside region and England, each with its own date."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.format import Row, describe_period, describe_polarity, format_value
from dashboard.rows import list_rows
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text.staff import title_staff
from dashboard.views.areas import wider_areas
from dashboard.views.staff import HOME_CARE, MEDIAN, PUBLISHED, STAFF

Groups = tuple[tuple[str, tuple[str, ...]], ...]
JOBS: Groups = (("All adult social care", PUBLISHED),)
RETURNS: Groups = (("Care homes", STAFF), ("Home care", HOME_CARE))
NO_WIDER = "not published"
NOT_HELD = "not held"


def jobs_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the published turnover and vacancies of an area, also what is not held of them."""
    frame = views.show_jobs(snapshot, selection)
    if not _has_own(frame):
        text = "The sources hold neither turnover nor vacancies for this area."
        return empty_card("card-jobs", title="Turnover and vacancies", text=text)
    card = Card(
        view="jobs",
        title=title_staff(frame),
        subtitle="Staff who left in a year, and posts unfilled. Each figure has its own year.",
        summary="",
        frame=frame,
        picture=staff_table(frame, JOBS, snapshot=snapshot, areas=_list_areas(snapshot, selection), caption="Jobs"),
        is_wide=True,
        is_table=True,
    )
    return chart_card(card, snapshot, selection)


def staff_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the newest figures of staff in care homes and of home care from returns, also those that are not held."""
    frame = views.show_staff(snapshot, selection)
    if not _has_own(frame):
        text = "No return holds a figure on staff or home care for this area, and no such figure has been published."
        return empty_card("card-staff", title="Staff in care homes, and home care", text=text)
    areas = _list_areas(snapshot, selection)
    card = Card(
        view="staff",
        title=title_staff(frame),
        subtitle="Staff in care homes, and home care: the newest figure of each, as reported in returns.",
        summary="",
        frame=frame,
        picture=staff_table(frame, RETURNS, snapshot=snapshot, areas=areas, caption="Staff and home care"),
        is_wide=True,
        is_table=True,
    )
    return chart_card(card, snapshot, selection)


def _has_own(frame: pd.DataFrame) -> bool:
    """Tell whether the area itself has a figure, or one that is hidden."""
    own = frame[frame["role"] == "area"]
    return bool((own["value"].notna() | (own["status"] == "c")).any())


def _list_areas(snapshot: Snapshot, selection: Selection) -> list[str]:
    return [selection.area_code, *wider_areas(snapshot, selection.area_code)]


def staff_table(
    frame: pd.DataFrame, groups: Groups, *, snapshot: Snapshot, areas: list[str], caption: str
) -> html.Table:
    """Return a row an indicator, in groups, and a column an area."""
    held = {(row["indicator_id"], row["area_code"]): row for row in list_rows(frame)}
    names = [snapshot.areas.at[code, "name"] for code in areas]
    bodies = []
    for group, indicators in groups:
        heading = html.Tr(html.Th(group, colSpan=len(areas) + 2, scope="rowgroup", className="group"))
        rows = [_make_row(name, held, snapshot=snapshot, areas=areas) for name in indicators]
        bodies.append(html.Tbody([heading, *rows]))
    heads = [html.Th(name, scope="col", className="number") for name in names]
    head = html.Tr([html.Th("Figure", scope="col"), *heads, html.Th("When", scope="col")])
    return html.Table([html.Caption(caption, className="hidden"), html.Thead(head), *bodies], className="staff")


def _make_row(indicator: str, held: dict[tuple[str, str], Row], *, snapshot: Snapshot, areas: list[str]) -> html.Tr:
    words = snapshot.indicators.loc[indicator]
    rows = [held.get((indicator, code)) for code in areas]
    named = next((row for row in rows if row is not None), None)
    cells = [_make_cell(rows[0], label=snapshot.areas.at[areas[0], "name"], nothing=NOT_HELD)]
    for code, row in zip(areas[1:], rows[1:], strict=True):
        median = held.get((MEDIAN, code)) if indicator == "turnover_percent" else None
        nothing = NO_WIDER if indicator in PUBLISHED else NOT_HELD
        cells.append(
            _make_cell(row if median is None else median, label=snapshot.areas.at[code, "name"], nothing=nothing)
        )
    name = [html.Span(words["name"]), html.Span(describe_polarity(words["polarity"]), className="polarity")]
    when = "" if named is None else describe_period(named)
    return html.Tr([html.Th(name, scope="row"), *cells, html.Td(when, **{"data-label": "When"})])


def _make_cell(row: Row | None, *, label: str, nothing: str) -> html.Td:
    if row is None:
        return html.Td(nothing, className="number missing", **{"data-label": label})
    shown = format_value(row) + (" (median)" if row["indicator_id"] == MEDIAN else "")
    missing = " missing" if pd.isna(row["value"]) else ""
    return html.Td(shown, className=f"number{missing}", **{"data-label": label})
