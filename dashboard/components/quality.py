"""The cards of the data quality page, the links to its regions, and an entry for each source."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries, views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.filters import choice_field, filter_row
from dashboard.components.quality_tables import (
    area_table,
    check_table,
    finding_table,
    list_files,
    share_key,
    source_table,
    week_table,
)
from dashboard.format import Row, format_date, sentence
from dashboard.quality import FILTERS, QualityView, list_words, quality_path
from dashboard.rows import list_rows
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.text import quality as text

LICENCES = {"OGL-3.0": "Open Government Licence v3.0", "CC-BY-4.0": "Creative Commons Attribution 4.0"}
SHARE = "Share of open care homes with a current answer in the Capacity Tracker, %. Higher is better."
TABLES = {
    "answering-now": (text.title_now, "Share, homes, change in points and median age of the answers, in days."),
    "answering-lowest": (text.title_lowest, "The councils with the lowest share."),
    "answering-fell": (text.title_fallen, "The councils whose share fell most in four weeks, in points."),
}
"""The tables of areas: how each is titled, and what it lists."""


def source_card(snapshot: Snapshot, view: QualityView) -> Component:
    """Return every source with how fresh it is and what became of its rows."""
    frame = views.LISTS["sources"](snapshot, view.selection)
    card = Card(
        view="sources",
        title=text.title_sources(frame),
        subtitle=f"Ages count from the snapshot's date, {format_date(snapshot.data_date)}, not from today.",
        summary=text.summarise_sources(frame),
        # It says what was read, and names those sources that are made up; it shows no figure of them.
        frame=frame.assign(is_illustrative=False),
        picture=source_table(frame, caption="Sources, their dates and their rows"),
        is_wide=True,
        is_table=True,
        source=f"Source: the files named here, as read for snapshot {snapshot.id}.",
    )
    return chart_card(card, snapshot, view.selection)


def answering_card(snapshot: Snapshot, view: QualityView) -> Component:
    """Return the share of homes answering in every extract, or that none is held."""
    frame = views.VIEWS["answering"](snapshot, view.selection)
    newest = views.VIEWS["answering-now"](snapshot, view.selection)
    what = "regions" if view.area_code == ENGLAND else f"councils in {snapshot.areas.at[view.area_code, 'name']}"
    if frame.empty:
        return empty_card("card-answering", title=text.title_answering(newest), text=text.summarise_answering(newest))
    card = Card(
        view="answering",
        title=text.title_answering(newest),
        subtitle=f"{SHARE} By extract, the newest first: {what}.",
        summary=text.summarise_answering(newest),
        frame=frame,
        picture=week_table(frame, snapshot=snapshot, caption=f"Homes answering by extract, %: {what}"),
        legend=share_key(),
        is_wide=True,
        is_table=True,
    )
    return chart_card(card, snapshot, view.selection)


def area_card(snapshot: Snapshot, view: QualityView, *, name: str) -> Component:
    """Return one of the tables of `TABLES`: areas with their share, its change and the age of their answers."""
    frame = views.VIEWS[name](snapshot, view.selection)
    make_title, what = TABLES[name]
    if frame.empty:
        return empty_card(f"card-{name}", title=make_title(frame), text="There is no council to list here.")
    card = Card(
        view=name,
        title=make_title(frame),
        subtitle=f"{what} {SHARE}",
        summary="",
        frame=frame,
        picture=area_table(frame, snapshot=snapshot, caption=what),
        is_table=True,
    )
    return chart_card(card, snapshot, view.selection)


def check_card(snapshot: Snapshot, view: QualityView) -> Component:
    """Return which published totals equal the sum of their parts and which do not."""
    frame = views.LISTS["reconciliation"](snapshot, view.selection)
    if frame.empty:
        return empty_card("card-reconciliation", title="No totals were checked", text="No source gives both.")
    titles = dict.fromkeys(snapshot.sources.at[name, "publisher"] for name in frame["source_id"])
    card = Card(
        view="reconciliation",
        title=text.title_checks(frame),
        subtitle="Each published total beside the sum of its parts. A case is one figure on one date.",
        summary="Where a total differs, the published one is shown. Figures counted from returns need no such check: "
        "authority, region and England are sums of the same counts of homes. What contradicts itself inside a source "
        "stands in its entry below.",
        frame=frame,
        picture=check_table(frame, snapshot=snapshot, caption="Checks of totals by source"),
        is_wide=True,
        is_table=True,
        source=f"Source: {'; '.join(titles)}; checked for snapshot {snapshot.id}.",
    )
    return chart_card(card, snapshot, view.selection)


def finding_card(snapshot: Snapshot, view: QualityView) -> Component:
    """Return what the rules found, by rule, with fields to filter by."""
    frame = views.LISTS["findings-by-rule"](snapshot, view.selection)
    if frame.empty:
        return empty_card("card-findings-by-rule", title="Nothing was found", text="No rule refused or found anything.")
    chosen = {key: getattr(view, key) for key in FILTERS}
    shown = sum(
        view.severity in ("", row["severity"])
        and view.source in ("", row["source_id"])
        and view.who in ("", next(iter(list_words([row["who_can"]]))))
        for row in list_rows(frame)
    )
    total = len(frame)
    options = {
        "severity": ("How grave", {name: sentence(name) for name in list_words(frame["severity"])}),
        "source": ("Source", {name: snapshot.sources.at[name, "title"] for name in dict.fromkeys(frame["source_id"])}),
        "who": ("Who can mend it", list_words(frame["who_can"])),
    }
    fields = [
        choice_field(key=key, label=label, options=names, chosen=chosen[key]) for key, (label, names) in options.items()
    ]
    said = f"All {total} findings" if shown == total else f"{shown} of {total} findings"
    table = finding_table(frame, snapshot=snapshot, caption="Findings by rule", chosen=chosen)
    nothing = html.P("No finding is like this. Choose All in one of the lists.", className="nothing", hidden=shown > 0)
    card = Card(
        view="findings-by-rule",
        title=text.title_findings(frame),
        subtitle="What the rules refused or found in the files, the gravest first. A council's name leads to its own.",
        summary="",
        frame=frame.assign(is_illustrative=False),
        picture=html.Div(
            [filter_row(fields, shown=said, what="findings", label="Filter the findings"), nothing, table],
            className="filtered",
        ),
        is_wide=True,
        is_table=True,
        source=f"Source: the files named above, as read for snapshot {snapshot.id}.",
    )
    return chart_card(card, snapshot, view.selection)


def region_links(snapshot: Snapshot, view: QualityView) -> html.Nav:
    """Return links that set who answers to England's regions or to one region's councils."""
    items = []
    for code in [ENGLAND, *queries.list_regions(snapshot)]:
        name = snapshot.areas.at[code, "name"]
        is_here = code == view.area_code
        shown = html.Span(name, **{"aria-current": "true"}) if is_here else dcc.Link(
            name, href=f"{quality_path(code)}#answering"
        )  # fmt: skip
        items.append(html.Li(shown))
    return html.Nav([html.Ul(items)], className="regions", **{"aria-label": "Homes answering by region"})


def describe_source(row: Row, found: pd.DataFrame) -> html.Details:
    """Return all that is known of a source: edition, licence, files with their sha256, rows, notes and findings."""
    files = [html.Span([file, html.Br(), html.Code(sha256)], className="file") for file, sha256 in list_files(row)]
    counts = "{:,} read, {:,} accepted, {:,} refused by rule".format(
        *(row[f"rows_{what}"] for what in ("read", "accepted", "refused"))
    )
    facts = [
        ("Publisher", row["publisher"]),
        ("Edition", f"{row['edition']} (published: {row['published']})"),
        ("Received", format_date(row["received"])),
        ("Figures", f"{format_date(row['data_from'])} to {format_date(row['data_to'])}"),
        ("Next edition", row["next_expected"]),
        ("Licence", LICENCES.get(row["licence"], row["licence"])),
        ("File and sha256", files),
        ("Rows", counts),
    ]
    notes = [html.Li(line) for line in row["notes"].split("\n") if line]
    lines = [f"{one['finding']} {one['what_to_do']} Who can: {one['who_can']}." for one in list_rows(found)]
    return html.Details(
        [
            html.Summary(row["title"]),
            html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))]),
            html.Ul(notes, className="prose") if notes else None,
            html.P("What the rules refused or found in the files:") if lines else None,
            html.Ul([html.Li(line.replace("..", ".")) for line in lines], className="prose") if lines else None,
        ],
        id=f"source-{row['source_id']}",
        className="source-entry",
    )
