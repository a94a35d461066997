"""Data quality: who answered, what was found in the returns, where series break, and how old each source is."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard import views
from dashboard.briefing.line import list_breaks
from dashboard.briefing.part import Listing, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.briefing.standing import Standing
from dashboard.format import Row, format_short_date, sentence
from dashboard.rows import list_rows
from dashboard.text.quality import describe_age, describe_change, summarise_answering, title_findings, title_lowest
from dashboard.text.returns import describe_break
from dashboard.views import show_findings

MOST_FINDINGS = 3


def make_quality(standing: Standing, *, used: Iterable[str]) -> Part:
    """Return how far to trust the pack: `used` are the ids of the sources whose figures it shows."""
    sources = views.LISTS["sources"](standing.snapshot, standing.selection)
    shown = sources[sources["source_id"].isin(list(used))]
    lines = [*_say_answering(standing), *_say_findings(standing)]
    lines += [("A break", describe_break(row).removeprefix("Break, ")) for row in list_rows(list_breaks(standing))]
    behind = shown["days_before_snapshot"].max()
    refused = int(shown["rows_refused"].sum())
    return Part(
        name="quality",
        heading="How far to trust it",
        title=f"Sources end up to {behind:,.0f} days before the snapshot's date"
        if behind > 0
        else "Every source reaches the snapshot's date",
        subtitle=f"Declared rules set aside {refused:,} of the {shown['rows_read'].sum():,} rows read from the sources "
        "of this pack.",
        lines=tuple(lines),
        listings=(Listing(_list_sources(shown), label="Sources of this pack"),),
    )


def _say_answering(standing: Standing) -> list[tuple[str, str]]:
    if not standing.has_returns:
        return []
    newest = views.VIEWS["answering-now"](standing.snapshot, standing.selection)
    own = newest[newest["area_code"] == standing.code]
    said = []
    if standing.kind == "authority" and len(own):
        row = own.iloc[-1]
        if pd.notna(row["value"]):
            change = describe_change(row)
            since = f"; change since four weeks before: {change}" if change != "none" else ""
            said.append(
                (
                    "Who answered",
                    f"{row['numerator']:,.0f} of {row['denominator']:,.0f} open homes have a current answer "
                    f"({row['value']:.0f}%){since}.",
                )
            )
    else:
        said.append(("Who answered", summarise_answering(newest)))
        lowest = views.VIEWS["answering-lowest"](standing.snapshot, standing.selection)
        if len(lowest):
            said.append(("Fewest answers", f"{title_lowest(lowest)}."))
    return said


def _say_findings(standing: Standing) -> list[tuple[str, str]]:
    if standing.kind != "authority":
        by_rule = views.LISTS["findings-by-rule"](standing.snapshot, standing.selection)
        return [
            ("Checks of the data", f"{title_findings(by_rule)}. The data quality page has each, with who can mend it.")
        ]
    found = show_findings(standing.snapshot, standing.selection).head(MOST_FINDINGS)
    return [
        (
            sentence(row["severity"]),
            " ".join(filter(None, [row["finding"], row["what_to_do"], f"Who can: {row['who_can']}."])),
        )
        for row in list_rows(found)
    ]


def _list_sources(sources: pd.DataFrame) -> object:
    rows = [_list_source(row) for row in list_rows(sources)]
    heads = ("Source", "Edition", "Newest figure", "Before the snapshot's date", "Rows read", "Refused")
    return make_table(heads, [("", rows)], caption="Sources of this pack", numbers=(4, 5), name="sources")


def _list_source(row: Row) -> list[Cell]:
    made_up = " (illustrative)" if row["is_illustrative"] else ""
    return [
        f"{row['publisher']}: {row['title']}{made_up}",
        row["edition"],
        format_short_date(row["data_to"]),
        describe_age(row["days_before_snapshot"]),
        f"{row['rows_read']:,}",
        f"{row['rows_refused']:,}",
    ]
