"""About (`/about`): what the dashboard is, its sources, definitions and limits."""

from __future__ import annotations

import dash
import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.components.banner import ILLUSTRATIVE
from dashboard.format import Row, describe_polarity, format_date
from dashboard.measures import DEFAULT_MEASURE, RETURNED
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import ENGLAND, Selection, read_selection
from dashboard.store import Snapshot
from dashboard.views import show_findings

LICENCES = {"OGL-3.0": "Open Government Licence v3.0", "CC-BY-4.0": "Creative Commons Attribution 4.0"}


def register() -> None:
    """Register the page at /about."""
    dash.register_page(
        __name__,
        path="/about",
        title="About the data: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, **query: str) -> Component:
    """Return the page; it takes no query."""
    read_selection(snapshot, query, page="about")
    sections = [entry for entry in SECTIONS if entry[0] != "illustrative" or snapshot.is_illustrative]
    sources = snapshot.sources.to_dict("records")
    found = show_findings(snapshot, Selection(area_code=ENGLAND, measure=DEFAULT_MEASURE))
    found = found[found["source_id"].isin(_list_return_sources(snapshot))]
    return page(
        title="About the data",
        lead="This dashboard brings published figures on COVID-19 and adult social care in England together, "
        "for England, its nine regions and its 151 councils with social care duties in 2020.",
        children=[
            html.Nav(
                [html.Ul([html.Li(html.A(name, href=f"#{anchor}")) for anchor, name in sections])],
                className="contents",
                **{"aria-label": "On this page"},
            ),
            html.H2("How to read it", id="how-to-read"),
            html.Ul([html.Li(line) for line in HOW_TO_READ], className="prose"),
            *_describe_illustrative(snapshot),
            html.H2("Sources", id="sources"),
            *[_describe_source(row, found[found["source_id"] == row["id"]]) for row in sources],
            html.H2("Definitions", id="definitions"),
            *[_describe_group(group, rows) for group, rows in snapshot.indicators.groupby("group", sort=False)],
            html.H2("Breaks in the series", id="breaks"),
            html.P("No line, limit or test may run across these changes of the questions.", className="prose"),
            _list_breaks(snapshot.breaks),
            html.H2("Areas", id="areas"),
            html.P(
                "Councils are the 151 upper-tier authorities of 10 August 2020. Buckinghamshire's figures stand under "
                "its code of April 2020, whichever code the source used. Councils that began in 2021 and 2023, and "
                "those that ended in 2019, have pages of their own with the figures that sources give for them.",
                className="prose",
            ),
        ],
    )


SECTIONS = (
    ("how-to-read", "How to read it"),
    ("illustrative", "Illustrative figures"),
    ("sources", "Sources"),
    ("definitions", "Definitions"),
    ("breaks", "Breaks in the series"),
    ("areas", "Areas"),
)
HOW_TO_READ = (
    "Every figure has its own date. Sources end on different days, so do not read two figures as if taken together.",
    "Figures from the Capacity Tracker are what care homes reported of themselves.",
    'Shares change by percentage points. From 66% to 94% is 28 points, written "+28 points".',
    "A 95% interval shows how far chance alone could move a figure: wide for small areas, narrow for large ones.",
    '"Not available" means the source has no figure. "Not applicable" means there can be none. Neither is zero.',
    '"Provisional" figures may still be revised. "Low reliability" figures are for asking questions, not for ranking.',
)


def _list_return_sources(snapshot: Snapshot) -> set[str]:
    """Return the sources of figures counted from home-level returns."""
    held = [snapshot.by_indicator[name]["source_id"] for name in RETURNED.values() if name in snapshot.by_indicator]
    return {source for ids in held for source in ids.unique()}


def _describe_illustrative(snapshot: Snapshot) -> list[Component]:
    """Return the statement on figures that are made up; nothing where none is."""
    if not snapshot.is_illustrative:
        return []
    return [
        html.H2("Illustrative figures", id="illustrative"),
        html.P(ILLUSTRATIVE, className="prose"),
        html.Ul([html.Li(line) for line in HOW_ILLUSTRATIVE_IS_SHOWN], className="prose"),
    ]


HOW_ILLUSTRATIVE_IS_SHOWN = (
    "Real councils' names stand beside answers that no care home gave. Do not quote them as facts about a council.",
    'A chart of them has "Illustrative" in its title and across its picture, and so has the picture when downloaded.',
    'Their downloads are named "illustrative-" and say so in every row, in the columns is_illustrative and note.',
    "They are compared with each other only: an illustrative council with illustrative England, never with the "
    "published figures.",
    "Real returns, once loaded, take the place of all of them.",
)


def _describe_source(row: Row, found: pd.DataFrame) -> html.Section:
    facts = [
        ("Publisher", row["publisher"]),
        ("Edition", f"{row['edition']} (published: {row['published']})"),
        ("Figures", f"{format_date(row['data_from'])} to {format_date(row['data_to'])}"),
        ("Next edition", row["next_expected"]),
        ("Licence", LICENCES.get(row["licence"], row["licence"])),
        ("File", row["file"]),
        (
            "Rows",
            f"{row['rows_read']:,} read, {row['rows_accepted']:,} accepted, {row['rows_refused']:,} refused by rule",
        ),
    ]
    return html.Section(
        [
            html.H3(row["title"]),
            html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))]),
            html.Ul([html.Li(line) for line in row["notes"].split("\n") if line], className="prose"),
            *_list_found(found),
        ],
        className="source-entry",
    )


def _list_found(found: pd.DataFrame) -> list[Component]:
    """Return what the rules refused or found in a source's files, each with what to do and who can."""
    if found.empty:
        return []
    lines = [f"{row['finding']} {row['what_to_do']} Who can: {row['who_can']}." for row in found.to_dict("records")]
    return [
        html.P("What the rules refused or found in the files:"),
        html.Ul([html.Li(line.replace("..", ".")) for line in lines], className="prose"),
    ]


def _describe_group(group: str, rows: pd.DataFrame) -> html.Section:
    entries = []
    for row in rows.to_dict("records"):
        caveats = [html.Li(line) for line in row["caveats"].split("\n") if line]
        entries.append(
            html.Details(
                [
                    html.Summary(row["name"]),
                    html.P(row["definition"]),
                    html.P(describe_polarity(row["polarity"])),
                    html.P(f"Numerator: {row['numerator']}. Denominator: {row['denominator']}."),
                    html.P(f"Method: {row['method']}"),
                    html.Ul(caveats) if caveats else None,
                    html.P(f"Written by: {row['author']}. Reviewed on {format_date(row['reviewed_on'])}."),
                ]
            )
        )
    return html.Section([html.H3(group), *entries], className="definitions")


def _list_breaks(breaks: pd.DataFrame) -> html.Div:
    rows = [
        html.Tr([html.Th(row.date_text, scope="row"), html.Td(row.what), html.Td(row.effect)])
        for row in breaks.itertuples()
    ]
    head = html.Tr([html.Th(name, scope="col") for name in ("When", "What changed", "What not to do across it")])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="data-table words")
    return html.Div(
        table,
        className="scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": "Breaks in the series"},
    )
