"""Downloads (`/downloads`): everything in a snapshot, to take away: tables, indicators, areas, checksums, older ones.

Query: `snapshot`, the id of an older one; without it, the live one.
"""

from __future__ import annotations

from collections.abc import Iterable

import dash
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.archive import LATEST, ArchiveError, Holding, Record, TableFile, current_archive, read_meaning
from dashboard.components.banner import illustrative_banner
from dashboard.components.data_links import describe_size, link_file, scroll_table
from dashboard.export.open_data import count_part, list_parts, measure_csv
from dashboard.format import format_date
from dashboard.pages.page import drawn_from_address, page
from dashboard.selection import SelectionError, read_snapshot_id
from dashboard.store import Snapshot

OLDER = 12
"""Older snapshots that the page names; the API lists all."""


def register() -> None:
    """Register the page at /downloads."""
    dash.register_page(
        __name__,
        path="/downloads",
        title="Downloads: adult social care COVID-19 dashboard",
        layout=drawn_from_address(layout),
    )


def layout(snapshot: Snapshot, /, **query: str) -> Component:
    """Return the page of the snapshot that the query asks for."""
    try:
        holding = current_archive().hold(read_snapshot_id(snapshot, query))
    except ArchiveError as error:
        raise SelectionError(str(error)) from error
    is_live = holding.id == snapshot.id
    day = format_date(holding.record.manifest_date)
    which = "the snapshot that the dashboard shows" if is_live else "an older snapshot"
    return page(
        title="Downloads",
        lead=f"Everything in {which}: figures up to {day}, with definitions, areas and sources.",
        children=[
            illustrative_banner() if holding.record.is_illustrative else None,
            None if is_live else _warn_of_age(holding),
            html.Nav(
                [html.Ul([html.Li(html.A(name, href=f"#{anchor}")) for anchor, name in SECTIONS])],
                className="contents",
                **{"aria-label": "On this page"},
            ),
            *_list_tables(holding),
            *_list_indicators(holding),
            *_list_areas(holding),
            *_describe_addresses(holding),
            *_list_snapshots(holding, live=snapshot.id),
        ],
    )


SECTIONS = (
    ("tables", "Whole tables"),
    ("indicators", "One indicator"),
    ("areas", "One area"),
    ("addresses", "Addresses, API and feeds"),
    ("snapshots", "Older snapshots"),
)


def _warn_of_age(holding: Holding) -> html.P:
    return html.P(
        [
            html.Strong(f"This is snapshot {holding.id}, not the newest. "),
            "It stays as it was published. ",
            dcc.Link("Go to the newest", href="/downloads"),
            ".",
        ],
        className="banner",
    )


def _list_tables(holding: Holding) -> list[Component]:
    rows = [_describe_table(holding, table) for table in holding.tables.values()]
    return [
        html.H2("Whole tables", id="tables"),
        html.P(
            "CSV opens in any spreadsheet: words are disarmed, so that no cell runs as a formula. Parquet keeps types, "
            "for pandas, R or DuckDB. Both carry status, quality and is_illustrative beside each figure.",
            className="prose",
        ),
        scroll_table(rows, headings=("Table", "Rows", "CSV", "Parquet"), caption=f"Tables of snapshot {holding.id}"),
        html.Ul(
            [
                html.Li([link_file(holding, "csv-metadata.json"), ": what each column is (CSV on the Web)"]),
                html.Li([link_file(holding, "SHA256SUMS"), ": checksums of all files in this table"]),
                html.Li([link_file(holding, "manifest.json"), ": what the snapshot was made from"]),
            ],
            className="prose",
        ),
    ]


def _describe_table(holding: Holding, table: TableFile) -> html.Tr:
    size = measure_csv(table)[0]
    columns = [html.Li([html.Code(field.name), f": {read_meaning(field)}"]) for field in table.schema]
    has_words = any(read_meaning(field) for field in table.schema)
    meaning = html.Details([html.Summary("Columns"), html.Ul(columns)]) if has_words else None
    return html.Tr(
        [
            html.Th([table.name, html.P(table.meaning), meaning], scope="row"),
            html.Td(f"{table.rows:,}", className="number"),
            html.Td(link_file(holding, f"{table.name}.csv", text=describe_size(size)), className="number"),
            html.Td(link_file(holding, f"{table.name}.parquet", text=describe_size(table.size)), className="number"),
        ]
    )


def _list_indicators(holding: Holding) -> list[Component]:
    counted = count_part(holding, "indicators")
    rows = list_parts(holding, "indicators", columns=("id", "name", "group"))
    groups: dict[str, list[Component]] = {}
    for row in rows:
        link = link_file(holding, f"indicators/{row['id']}.csv", text=row["name"])
        count = counted.get(row["id"], 0)
        groups.setdefault(row["group"], []).append(html.Li([link, f" ({count:,} rows)"]))
    return [
        html.H2("One indicator", id="indicators"),
        html.P("Every figure of an indicator, in all areas and at all dates, as CSV.", className="prose"),
        *[_fold(f"{group} ({len(items)})", items) for group, items in groups.items()],
    ]


def _list_areas(holding: Holding) -> list[Component]:
    counted = count_part(holding, "areas")
    rows = [row for row in list_parts(holding, "areas", columns=("code", "name", "kind")) if counted.get(row["code"])]
    parts: list[Component] = []
    for kind, name in (("country", "England"), ("region", "Regions"), ("authority", "Councils")):
        same = sorted((row for row in rows if row["kind"] == kind), key=lambda row: row["name"])
        items = [
            html.Li(
                [
                    link_file(holding, f"areas/{row['code']}.csv", text=row["name"]),
                    f" ({counted[row['code']]:,} rows) ",
                    html.A("feed", href=f"/feeds/areas/{row['code']}.atom", **{"aria-label": f"Feed: {row['name']}"}),
                ]
            )
            for row in same
        ]
        parts.append(_fold(f"{name} ({len(items)})", items))
    return [
        html.H2("One area", id="areas"),
        html.P("Every figure of an area, as CSV, and a feed of the releases that concern it.", className="prose"),
        *parts,
    ]


def _fold(summary: str, items: Iterable[Component]) -> html.Details:
    return html.Details([html.Summary(summary), html.Ul(list(items), className="file-list")], className="files")


def _describe_addresses(holding: Holding) -> list[Component]:
    return [
        html.H2("Addresses, API and feeds", id="addresses"),
        html.Ul(
            [
                html.Li(
                    [
                        "An address with a snapshot's id always gives the same file: ",
                        html.Code(f"/downloads/{holding.id}/observations.csv"),
                    ]
                ),
                html.Li(
                    [
                        "The same with ",
                        html.Code(LATEST),
                        " leads to the newest: ",
                        html.A(
                            html.Code("/downloads/latest/observations.csv"), href="/downloads/latest/observations.csv"
                        ),
                    ]
                ),
                html.Li(["Programs choose rows through ", dcc.Link("the API", href="/api"), ", as JSON or CSV."]),
                html.Li([html.A("Feed of all releases", href="/feeds/releases.atom"), " (Atom), for feed readers."]),
            ],
            className="prose",
        ),
    ]


def _list_snapshots(holding: Holding, *, live: str) -> list[Component]:
    others = [record for record in current_archive().list_records() if record.id != holding.id]
    if not others:
        said = "No other snapshot is kept."
        return [html.H2("Older snapshots", id="snapshots"), html.P(said, className="prose")]
    head = ("Snapshot", "Figures up to", "Published", "Observations")
    more = f" The newest {OLDER} of {len(others)} are named here." if len(others) > OLDER else ""
    return [
        html.H2("Older snapshots", id="snapshots"),
        html.P(["A snapshot never changes.", more, " All: ", html.A("/api/v1/snapshots", href="/api/v1/snapshots")]),
        scroll_table(
            [_describe_record(record, live=live) for record in others[:OLDER]], headings=head, caption="Other snapshots"
        ),
    ]


def _describe_record(record: Record, *, live: str) -> html.Tr:
    address = "/downloads" if record.id == live else f"/downloads?snapshot={record.id}"
    published = record.published_at[:16].replace("T", " at ") or "not kept"
    return html.Tr(
        [
            html.Th(dcc.Link(record.id, href=address), scope="row"),
            html.Td(format_date(record.manifest_date)),
            html.Td(published),
            html.Td(f"{record.observations:,}", className="number"),
        ]
    )
