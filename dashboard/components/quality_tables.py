"""The tables of the data quality page. On a phone each row is a block, and its cells say what they hold."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.format import MISSING, SHORT, Row, format_bare, format_short_date, format_value, sentence
from dashboard.quality import write_word
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND, area_path
from dashboard.store import Snapshot
from dashboard.text.quality import describe_age, describe_change

SHORT_HASH = 12
EDGES = (50, 80, 90, 95)
"""Where the shades of the share of homes answering change: the same for every region, so that shades compare.

The fewer answer, the darker: what the eye goes to is what needs somebody.
"""


def find_shade(share: float) -> int:
    """Return the place of a share's shade, from 0 for the fewest and darkest to 4, by its whole per cents as shown."""
    return sum(round(share) >= edge for edge in EDGES)


def share_key() -> html.Ul:
    """Return the shades with their words."""
    words = [f"under {EDGES[0]}%", *[f"{low} to {high - 1}%" for low, high in pairwise(EDGES)]]
    words.append(f"{EDGES[-1]}% or more")
    swatches = [html.Li([html.Span(className=f"swatch share-{place}"), label]) for place, label in enumerate(words)]
    return html.Ul(swatches, className="legend share-key")


def week_table(frame: pd.DataFrame, *, snapshot: Snapshot, caption: str) -> html.Div:
    """Return a row an area and a column an extract, the newest first; each cell has its share and its shade."""
    dates = sorted(frame["date"].unique(), reverse=True)
    heads = [html.Th(f"{day.day} {day:%b}", scope="col", title=format_short_date(day)) for day in dates]
    rows: dict[str, list[Component]] = {"area": [], "comparator": []}
    named = [(code == ENGLAND, cells["area_name"].iloc[0], code, cells) for code, cells in frame.groupby("area_code")]
    for _, area, code, cells in sorted(named, key=lambda entry: entry[:3]):
        held = {row["date"]: row for row in list_rows(cells)}
        name = dcc.Link(area, href=area_path(snapshot, code))
        shown = [_shade(held.get(day)) for day in dates]
        rows[cells["role"].iloc[0]].append(html.Tr([html.Th(name, scope="row"), *shown]))
    table = html.Table(
        [
            html.Caption(caption, className="hidden"),
            html.Thead(html.Tr([html.Th("Area", scope="col"), *heads])),
            html.Tbody(rows["area"]),
            html.Tbody(rows["comparator"], className="comparators"),
        ],
        className="heat weeks",
    )
    return html.Div(table, className="scroll heat-scroll", tabIndex=0, role="region", **{"aria-label": caption})


def area_table(frame: pd.DataFrame, *, snapshot: Snapshot, caption: str) -> html.Table:
    """Return a row an area: homes answering, their share, its change, and the median age of their answers."""
    heads = ("Share", "Homes answering", "Change in 4 weeks", "Median age")
    bodies: dict[str, list[Component]] = {"area": [], "comparator": []}
    for row in list_rows(frame):
        has_value = pd.notna(row["value"])
        homes = f"{row['numerator']:,.0f} of {row['denominator']:,.0f}" if has_value else SHORT[row["status"]][0]
        age = f"{row['answer_age_days']:.0f} days" if pd.notna(row["answer_age_days"]) else "none"
        texts = [format_value(row), homes, describe_change(row), age]
        bodies[row["role"]].append(_make_row(dcc.Link(row["area_name"], href=area_path(snapshot, row["area_code"])),
                                             heads, texts, number=True))  # fmt: skip
    return _make_table(caption, ("Area", *heads), [bodies["area"], bodies["comparator"]], number=True)


def source_table(frame: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a source: its newest figure, next edition, and the rows read, accepted and refused."""
    heads = ("Figures to", "Beside the snapshot", "Next edition", "Rows read", "Accepted", "Refused")
    rows = []
    for row in list_rows(frame):
        counts = [f"{row[f'rows_{what}']:,}" for what in ("read", "accepted", "refused")]
        texts = [
            format_short_date(row["data_to"]),
            describe_age(row["days_before_snapshot"]),
            row["next_expected"],
            *counts,
        ]
        name = html.A(row["title"], href=f"#source-{row['source_id']}")
        files = [_show_file(file, sha256) for file, sha256 in list_files(row)]
        rows.append(_make_row([name, html.Span(row["publisher"], className="how"), *files], heads, texts))
    return _make_table(caption, ("Source", *heads), [rows])


def check_table(frame: pd.DataFrame, *, snapshot: Snapshot, caption: str) -> html.Table:
    """Return a row a source: how many checks agree, differ or cannot be made, and what those are that do not agree."""
    heads = ("Agree", "Differ", "Cannot be checked", "What does not agree")
    rows = []
    for name, checks in frame.groupby("source_id", sort=False):
        counts = [_count_checks(checks, result) for result in ("agree", "differ", "cannot be checked")]
        odd = checks[checks["result"] != "agree"]
        lines = [sentence(f"{one['figure'].replace('_', ' ')}: {one['said']}") for one in list_rows(odd)]
        told = html.Ul([html.Li(line) for line in lines]) if lines else "Nothing"
        todo = [html.P(text, className="how") for text in dict.fromkeys(odd["what_to_do"])]
        rows.append(_make_row(snapshot.sources.at[name, "title"], heads, [*counts, [told, *todo]]))
    return _make_table(caption, ("Source", *heads), [rows])


def finding_table(frame: pd.DataFrame, *, snapshot: Snapshot, caption: str, chosen: dict[str, str]) -> html.Table:
    """Return a row a finding; those that the chosen words leave out are there and hidden."""
    heads = ("How grave", "Rows or homes", "Councils", "What to do", "Who can")
    rows = []
    for row in list_rows(frame):
        words = {"severity": row["severity"], "source": row["source_id"], "who": write_word(row["who_can"])}
        texts = [
            sentence(row["severity"]),
            f"{row['rows']:,}",
            _list_councils(snapshot, row["area_codes"].split()),
            row["what_to_do"],
            row["who_can"],
        ]
        how = html.Span(snapshot.sources.at[row["source_id"], "title"], className="how")
        made = _make_row([row["finding"], how], heads, texts)
        made.hidden = any(chosen[key] not in ("", word) for key, word in words.items())
        for key, word in {"item": "", **words}.items():
            setattr(made, f"data-{key}", word)
        rows.append(made)
    return _make_table(caption, ("Found", *heads), [rows])


def list_files(row: Row) -> list[tuple[str, str]]:
    """Return the files of a source, each with its sha256."""
    return list(zip(row["file"].split("; "), row["sha256"].split("; "), strict=True))


def _show_file(file: str, sha256: str) -> html.Span:
    return html.Span([file, " ", html.Code(sha256[:SHORT_HASH], title=f"sha256 {sha256}")], className="file how")


def _count_checks(checks: pd.DataFrame, result: str) -> str:
    same = checks[checks["result"] == result]
    if same.empty:
        return "0"
    cases = same["cases"].sum()
    return f"{len(same)} ({cases:,} {'case' if cases == 1 else 'cases'})"


def _list_councils(snapshot: Snapshot, codes: list[str]) -> object:
    if not codes:
        return "The whole file"
    links: list[object] = []
    for code in codes:
        links += [dcc.Link(snapshot.areas.at[code, "name"], href=f"{area_path(snapshot, code)}#card-findings"), ", "]
    what = f"{len(codes)} council" + ("" if len(codes) == 1 else "s")
    return html.Details([html.Summary(what), html.P(links[:-1])])


def _shade(row: Row | None) -> html.Td:
    if row is None or pd.isna(row["value"]):
        status = "" if row is None else row["status"]
        return html.Td(SHORT[status][0], className="none", title=MISSING[status])
    return html.Td(format_bare(row), className=f"share-{find_shade(row['value'])}")


def _make_row(name: object, heads: tuple[str, ...], cells: list, *, number: bool = False) -> html.Tr:
    kind = "number" if number else ""
    made = [html.Td(cell, className=kind, **{"data-label": head}) for head, cell in zip(heads, cells, strict=True)]
    return html.Tr([html.Th(name, scope="row"), *made])


def _make_table(
    caption: str, heads: tuple[str, ...], bodies: list[list[Component]], *, number: bool = False
) -> html.Table:
    head = [html.Th(name, scope="col", className="number" * (number and place > 0)) for place, name in enumerate(heads)]
    parts = [html.Tbody(rows, className="comparators" * (place > 0)) for place, rows in enumerate(bodies) if rows]
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(html.Tr(head)), *parts], className="stacked"
    )
