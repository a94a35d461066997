"""What is held where: a measure a row, a level a column, the newest date of each figure in the cell."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.format import Row, format_short_date, sentence
from dashboard.measures import MEASURES, RETURNED, list_offered
from dashboard.rows import list_rows
from dashboard.store import Snapshot
from dashboard.views.workforce import LEVELS

ON_PAGE = {
    "vacancy_percent": "#card-vacancy",
    "turnover_median_percent": "#card-turnover",
    "vaccination_older_staff_first_dose_percent": "#card-workforce-areas",
    "vaccination_home_care_staff_first_dose_percent": "#home-care",
    "dhsc_home_care_staff_two_doses_percent": "#home-care",
    "home_care_vaccinated_percent": "#home-care",
}
"""Where on the page a measure stands that the ranking and the map do not show."""


def held_table(snapshot: Snapshot, held: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a subject and a column a level; what is held leads to its place on the page."""
    words = {MEASURES[word]: word for word in list_offered(snapshot, page="workforce")}
    heads = [html.Th("Measure", scope="col"), *[html.Th(name, scope="col") for name in LEVELS.values()]]
    rows = []
    for subject, cells in held.groupby("subject", sort=False):
        levels = [
            html.Td(
                [_show_entry(row, words) for row in list_rows(cells[cells["level"] == level])],
                **{"data-label": name},
            )
            for level, name in LEVELS.items()
        ]
        rows.append(html.Tr([html.Th(subject, scope="row"), *levels]))
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(html.Tr(heads)), html.Tbody(rows)], className="held"
    )


def _show_entry(row: Row, words: dict[str, str]) -> Component:
    if not row["held_indicator_id"]:
        return html.Span("not held", className="none")
    when = sentence(row["date_text"]) or format_short_date(row["date"])
    address = _find_address(row, words)
    name = html.Span(f" ({row['indicator_name']})", className="hidden")
    shown = [html.Span(when), name]
    areas = "" if row["level"] == "country" else f", {row['areas']} {LEVELS[row['level']].lower()}"
    how = f"{'illustrative' if row['is_illustrative'] else 'published'}{areas}"
    return html.Div([dcc.Link(shown, href=address) if address else html.Span(shown), html.Span(how, className="how")])


def _find_address(row: Row, words: dict[str, str]) -> str:
    """Return where on this page the measure stands, "" where it stands only in a headline."""
    if row["level"] == "region":
        return (
            "#card-workforce-areas-returns"
            if row["held_indicator_id"] in RETURNED.values()
            else "#card-workforce-areas"
        )
    if row["held_indicator_id"] in words:
        return f"/workforce?measure={words[row['held_indicator_id']]}#card-ranking"
    return ON_PAGE.get(row["held_indicator_id"], "")
