"""The report on one extract, for whoever can put right what is wrong in it."""

from __future__ import annotations

from rich.console import RenderableType

from etl.catalogue.whole import Catalogue
from etl.report.building import describe_refusals
from etl.report.words import MADE_UP, make_table, say_count, say_date
from etl.returns.examine import Examined

SHOWN_ROWS = 20


def describe_examined(examined: Examined, catalogue: Catalogue) -> list[RenderableType]:
    """Return what was read, what is refused and why, what was found, and what a build would do with the file."""
    record = examined.intake.record
    counts = make_table("Rows", "read", "accepted", "refused", numbers=("read", "accepted", "refused"))
    counts.add_row(*(f"{record[f'rows_{name}']:,}" for name in ("read", "accepted", "refused")))
    refused = {(examined.layout.id, rule): rows for rule, rows in record["refused_by_rule"].items()}
    return [
        f"{examined.file}\n{examined.layout.title}, as at the end of {say_date(examined.date)}",
        counts,
        *describe_refusals(refused, catalogue),
        *_describe_rows(examined),
        *_describe_findings(examined, catalogue),
        _describe_origin(examined),
        describe_judgement(examined),
    ]


def describe_judgement(examined: Examined) -> str:
    """Return what a build would do with the file, and what it would look at besides."""
    layout = examined.layout
    if examined.excess:
        return (
            f"A build would refuse the whole file: {examined.excess}.\n"
            "What to do: have the refused rows put right, and ask for the extract again."
        )
    return (
        f"A build would take this file in. At most {layout.most_refused_percent:g}% of rows may be refused.\n"
        f"A build also compares its totals with the extracts before and after it: where they differ by more than "
        f"{layout.most_total_change_percent:g}%, somebody must accept that."
    )


def _describe_rows(examined: Examined) -> list[RenderableType]:
    refused = examined.intake.refused
    if not refused:
        return []
    first = refused[:SHOWN_ROWS]
    title = f"The first {len(first)} of {len(refused):,} refused rows" if len(refused) > len(first) else "Row by row"
    shown = make_table(title, "row", "home", "rule", "reason", numbers=("row", "rule"))
    for row in first:
        shown.add_row(f"{row.row:,}", row.home, str(row.rule.number), row.reason)
    return [shown]


def _describe_findings(examined: Examined, catalogue: Catalogue) -> list[RenderableType]:
    if not examined.findings:
        return []
    columns = ("rule", "homes", "finding", "what to do", "who can")
    shown = make_table("Accepted, with something to put right", *columns, numbers=("rule", "homes"))
    for row in examined.findings:
        number = str(catalogue.rule(row["rule"]).number)
        shown.add_row(number, f"{row['rows']:,}", row["finding"], row["what_to_do"], row["who_can"])
    return [shown]


def _describe_origin(examined: Examined) -> str:
    """Return what vouches for the file and whether it is real."""
    made_up = examined.intake.record["is_illustrative"]
    what = f"It is {MADE_UP} by its own mark." if made_up else "It carries no mark, so it counts as real."
    if examined.vouchers:
        return f"{what}\nIt is what {' and '.join(examined.vouchers)} {_say_verb(len(examined.vouchers))}."
    return (
        f"{what}\nNo checksum and no row count came with it ({examined.file.name}.sha256 or .rows), "
        "so nothing proves that it is whole."
    )


def _say_verb(count: int) -> str:
    return "says" if count == 1 else "say"


def describe_written(rows: int, file: object) -> str:
    """Return where the refused rows were written."""
    return f"Written: {say_count(rows, 'refused row')} to {file}. It names care homes: keep it to those who may see it."
