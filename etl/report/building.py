"""The summary of a build: what was read, which extracts were corrected, what is live."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from rich.table import Table

from etl.catalogue.whole import Catalogue
from etl.pipeline import Outcome, Prepared
from etl.report.words import MADE_UP, make_table, say_count, say_date, say_difference
from etl.returns.prepare import Prepared as Returned

COUNTS = ("read", "accepted", "refused")
COMPARED = {"rows_read": "rows read", "rows_accepted": "rows accepted", "rows_refused": "rows refused"}
TOTALS = {"open": "open", "answering": "with a current answer"}


def describe_inputs(prepared: Prepared) -> list[RenderableType]:
    """Return what was read: the sources, the extracts, their refused rows, corrections, and whether all is real."""
    shown: list[RenderableType] = [_describe_sources(prepared)]
    returned = prepared.returns
    if returned.sources:
        shown.append(_describe_extracts(returned))
        shown += describe_refusals(_sum_refusals(returned), prepared.catalogue)
        for before, after in returned.ingested.replaced:
            shown += _describe_correction(before, after, prepared.catalogue)
        shown.append(_describe_truth(returned))
    return shown


def describe_outcome(outcome: Outcome) -> list[RenderableType]:
    """Return the tables of the snapshot and whether the live one has changed."""
    made = make_table("Tables", "table", "rows", numbers=("rows",))
    for name, table in outcome.prepared.tables.items():
        made.add_row(name, f"{table.num_rows:,}")
    news = "is live" if outcome.is_new else "was live already: nothing has changed"
    return [made, f"Snapshot {outcome.snapshot_id} {news}."]


def describe_refusals(refused: dict[tuple[str, str], int], catalogue: Catalogue) -> list[RenderableType]:
    """Return a table of refused rows by source and rule, in order of the rules; nothing where none is refused."""
    if not refused:
        return []
    columns = ("source", "rule", "what is wrong", "rows", "what to do", "who can")
    shown = make_table("Refused rows", *columns, numbers=("rows",))
    rules = {rule.id: rule for rule in catalogue.return_rules}
    for (source_id, rule_id), rows in sorted(refused.items(), key=lambda item: (item[0][0], rules[item[0][1]].number)):
        rule = rules[rule_id]
        shown.add_row(source_id, str(rule.number), rule.what, f"{rows:,}", rule.what_to_do, rule.who_can)
    return [shown]


def _describe_sources(prepared: Prepared) -> Table:
    shown = make_table("Sources", "source", "file", "read from", *COUNTS, numbers=COUNTS)
    for source_id, read in prepared.extracts.items():
        kept = read.rows_read - read.rows_refused
        origin = "carried table" if read.is_carried else "original"
        shown.add_row(source_id, read.origin, origin, f"{read.rows_read:,}", f"{kept:,}", f"{read.rows_refused:,}")
    return shown


def _describe_extracts(returned: Returned) -> Table:
    numbers = ("extracts", "read now", *COUNTS)
    shown = make_table("Extracts", "source", "extracts", "newest file", "read now", *COUNTS, numbers=numbers)
    for source in returned.sources:
        counts = [f"{source[f'rows_{name}']:,}" for name in COUNTS]
        held = f"{len(returned.ingested.records[source['id']]):,}"
        now = f"{returned.ingested.read_now.get(source['id'], 0):,}"
        shown.add_row(source["id"], held, source["file"], now, *counts)
    return shown


def _sum_refusals(returned: Returned) -> dict[tuple[str, str], int]:
    refused: dict[tuple[str, str], int] = {}
    for source_id, records in returned.ingested.records.items():
        for record in records:
            for rule_id, rows in record["refused_by_rule"].items():
                refused[source_id, rule_id] = refused.get((source_id, rule_id), 0) + rows
    return refused


def _describe_correction(
    before: dict[str, Any], after: dict[str, Any], catalogue: Catalogue
) -> tuple[RenderableType, ...]:
    places = {layout.id: f"{layout.place}s" for layout in catalogue.returns}
    place = places.get(after["source_id"], "registered care homes")
    names = f"{after['file']} replaces {before['file']}"
    if after["file"] == before["file"]:
        names = f"{after['file']} came again with other content"
    shown = make_table("", "figure", "before", "now", "change", numbers=("before", "now", "change"))
    for name, words in COMPARED.items():
        _add_comparison(shown, words, before[name], after[name])
    for name, words in TOTALS.items():
        _add_comparison(shown, f"{place} {words}", before["totals"][name], after["totals"][name])
    return f"Corrected extract of {say_date(after['date'])}: {names}.", shown


def _add_comparison(shown: Table, words: str, before: int, after: int) -> None:
    shown.add_row(words, f"{before:,}", f"{after:,}", say_difference(before, after))


def _describe_truth(returned: Returned) -> str:
    count = say_count(sum(map(len, returned.ingested.records.values())), "extract")
    if returned.is_illustrative:
        return f"The figures from {count} are {MADE_UP}: no home gave these answers."
    return f"The figures from {count} are real: none is made up."
