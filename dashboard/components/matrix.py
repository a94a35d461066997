"""The 13 questions of many areas at once: an area a row, a question a column, the wider areas at the foot."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.matrix_cells import show_cell, show_missing
from dashboard.components.matrix_controls import sort_button
from dashboard.components.verdict import name_class
from dashboard.format import MISSING, SHORT, Row
from dashboard.measures import ANSWERING, QUESTIONS
from dashboard.rows import list_rows
from dashboard.selection import TableView, area_path
from dashboard.store import Snapshot
from dashboard.views.heat_map import count_signals, order_areas, read_keys

USUAL = TableView()


def matrix_table(
    matrix: pd.DataFrame, *, snapshot: Snapshot, here: str, caption: str, view: TableView = USUAL
) -> html.Table:
    """Return a row an area with each question's share in whole per cent and its mark, and how many homes answer.

    Each cell has its verdict and its change too; the style sheet shows one of the three. Each area's name leads to its
    page, but not that of the page's own area, `here`. The areas stand in the order of `view`, the wider ones last.
    The style sheet turns the questions' names upright, and on a narrow screen gives each area's name a line of its own.
    """
    questions = matrix[matrix["indicator_id"] != ANSWERING].drop_duplicates("indicator_id")
    is_first = dict(zip(questions["indicator_id"], ~questions["group"].duplicated(), strict=True))
    rows = {}
    for code, cells in matrix.groupby("area_code", sort=False):
        name: Component | str = cells["area_name"].iloc[0]
        name = name if code == here else dcc.Link(name, href=area_path(snapshot, code))
        rows[code] = _make_row(name, cells, is_first=is_first)
    ordered = order_areas(matrix, view)
    what = "Region" if matrix["area_kind"].iloc[0] == "region" else "Council"
    return html.Table(
        [
            html.Caption(caption, className="hidden"),
            html.Thead(_make_head(questions, what=what, view=view)),
            html.Tbody([rows[code] for code in ordered], className="areas"),
            html.Tbody([row for code, row in rows.items() if code not in ordered], className="comparators"),
        ],
        className="matrix",
    )


def missing_legend(frame: pd.DataFrame) -> html.P | None:
    """Return what stands for a missing figure of the 13 questions, or None where none is missing."""
    missing = frame[frame["value"].isna() & (frame["indicator_id"] != ANSWERING)]
    reasons = dict.fromkeys(missing["status"])
    parts: list[object] = []
    for status in reasons:
        parts += [*show_missing(status), f": {LEGEND.get(status, MISSING[status])}. "]
    return html.P(parts, className="missing-legend") if parts else None


LEGEND = {
    "c": "to protect homes (few answered, all said no, or it would give another hidden figure away)",
    "x": "no home gave an answer that counts",
    "": "the returns have no home there",
}


def _make_head(questions: pd.DataFrame, *, what: str, view: TableView) -> list[html.Tr]:
    words = {name: word for word, name in QUESTIONS.items()}
    groups = questions.groupby("group", sort=False).size()
    names = [
        _make_heading(row["short_name"], word=words[row["indicator_id"]], view=view, name="first" if is_new else "")
        for row, is_new in zip(list_rows(questions), ~questions["group"].duplicated(), strict=True)
    ]
    return [
        html.Tr(
            [
                _make_heading(what, word="name", view=view, name="what", rows=2),
                *[
                    html.Th(name, scope="colgroup", colSpan=int(size), className="group")
                    for name, size in groups.items()
                ],
                _make_heading("Homes answering", word="answering", view=view, name="homes", rows=2),
            ],
            className="groups",
        ),
        html.Tr(names, className="names"),
    ]


def _make_heading(shown: str, *, word: str, view: TableView, name: str, rows: int = 1) -> html.Th:
    """Return a column's heading: a button that sorts by it; aria-sort says so where it does."""
    way = {"asc": "ascending", "desc": "descending"}[view.order]
    return html.Th(
        sort_button(shown, word=word),
        scope="col",
        className=name,
        rowSpan=rows if rows > 1 else None,
        **({"aria-sort": way} if view.sort == word else {}),
    )


def _make_row(name: Component | str, cells: pd.DataFrame, *, is_first: dict[str, bool]) -> html.Tr:
    parts: list[Component] = [html.Th(name, scope="row")]
    answering: Row | None = None
    for row in list_rows(cells):
        if row["indicator_id"] == ANSWERING:
            answering = row
            continue
        verdict = row["versus_england"]
        names = ["first"] * is_first[row["indicator_id"]] + [name_class(verdict)] * bool(name_class(verdict))
        parts.append(html.Td(show_cell(row), className=" ".join(names), **_write_keys(row)))
    homes = html.Td(count_homes(answering), className="homes", **(_write_keys(answering) if answering else {}))
    signals = "{}.{:02}".format(*count_signals(cells))
    return html.Tr([*parts, homes], **{"data-name": cells["area_name"].iloc[0], "data-signals": signals})


def _write_keys(row: Row) -> dict[str, str]:
    """Return the numbers by which the browser sorts a cell, as attributes of it."""
    return {f"data-{name}": f"{number:g}" for name, number in read_keys(row).items() if number is not None}


def count_homes(row: Row | None) -> str:
    """Return how many of the open homes answer: "88 of 96"."""
    if row is None or pd.isna(row["value"]):
        return MISSING[""] if row is None else SHORT[row["status"]][0]
    return f"{row['numerator']:,.0f} of {row['denominator']:,.0f}"
