"""The 13 questions of many areas at once: an area a row, a question a column, the wider areas at the foot."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.verdict import name_class, show_marked
from dashboard.format import MISSING, SHORT, Row, format_bare
from dashboard.measures import ANSWERING
from dashboard.selection import area_path
from dashboard.store import Snapshot


def matrix_table(matrix: pd.DataFrame, *, snapshot: Snapshot, here: str, caption: str) -> html.Table:
    """Return a row an area with each question's share in whole per cent and its mark, and how many homes answer.

    Each area's name leads to its page, but not that of the page's own area, `here`.
    The style sheet turns the questions' names upright, and on a narrow screen gives each area's name a line of its own.
    """
    questions = matrix[matrix["indicator_id"] != ANSWERING].drop_duplicates("indicator_id")
    is_first = dict(zip(questions["indicator_id"], ~questions["group"].duplicated(), strict=True))
    rows = {"area": [], "comparator": []}
    for code, cells in matrix.groupby("area_code", sort=False):
        name: Component | str = cells["area_name"].iloc[0]
        name = name if code == here else dcc.Link(name, href=area_path(snapshot, code))
        rows[cells["role"].iloc[0]].append(_make_row(name, cells, is_first=is_first))
    what = "Region" if matrix["area_kind"].iloc[0] == "region" else "Council"
    return html.Table(
        [
            html.Caption(caption, className="hidden"),
            html.Thead(_make_head(questions, what=what)),
            html.Tbody(rows["area"]),
            html.Tbody(rows["comparator"], className="comparators"),
        ],
        className="matrix",
    )


def missing_legend(frame: pd.DataFrame) -> html.P | None:
    """Return what stands for a missing figure of the 13 questions, or None where none is missing."""
    missing = frame[frame["value"].isna() & (frame["indicator_id"] != ANSWERING)]
    reasons = dict.fromkeys(missing["status"])
    parts: list[object] = []
    for status in reasons:
        parts += [*_show_missing(status), f": {LEGEND.get(status, MISSING[status])}. "]
    return html.P(parts, className="missing-legend") if parts else None


LEGEND = {
    "c": "to protect homes (few answered, all said no, or it would give another hidden figure away)",
    "x": "no home gave an answer that counts",
    "": "the returns have no home there",
}


def _make_head(questions: pd.DataFrame, *, what: str) -> list[html.Tr]:
    groups = questions.groupby("group", sort=False).size()
    names = [
        html.Th(html.Span(row["short_name"]), scope="col", className="first" if is_new else "")
        for row, is_new in zip(questions.to_dict("records"), ~questions["group"].duplicated(), strict=True)
    ]
    return [
        html.Tr(
            [
                html.Th(what, scope="col", rowSpan=2, className="what"),
                *[
                    html.Th(name, scope="colgroup", colSpan=int(size), className="group")
                    for name, size in groups.items()
                ],
                html.Th("Homes answering", scope="col", rowSpan=2, className="homes"),
            ],
            className="groups",
        ),
        html.Tr(names, className="names"),
    ]


def _make_row(name: Component | str, cells: pd.DataFrame, *, is_first: dict[str, bool]) -> html.Tr:
    parts: list[Component] = [html.Th(name, scope="row")]
    answering: Row | None = None
    for row in cells.to_dict("records"):
        if row["indicator_id"] == ANSWERING:
            answering = row
            continue
        verdict = row["versus_england"]
        value = format_bare(row)
        shown = show_marked(value, verdict=verdict) if value else _show_missing(row["status"])
        names = ["first"] * is_first[row["indicator_id"]] + [name_class(verdict)] * bool(name_class(verdict))
        parts.append(html.Td(shown, className=" ".join(names)))
    return html.Tr([*parts, html.Td(count_homes(answering), className="homes")])


def count_homes(row: Row | None) -> str:
    """Return how many of the open homes answer: "88 of 96"."""
    if row is None or pd.isna(row["value"]):
        return MISSING[""] if row is None else SHORT[row["status"]][0]
    return f"{row['numerator']:,.0f} of {row['denominator']:,.0f}"


def _show_missing(status: str) -> list[Component]:
    """Return the reason as a word, and as a mark for columns too narrow for one; a screen reader says the word."""
    word, mark = SHORT[status]
    return [html.Span(word, className="word"), html.Span(mark, className="mark", **{"aria-hidden": "true"})]
