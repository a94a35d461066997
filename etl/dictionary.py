"""The data dictionary: docs/data-dictionary.md, made from the catalogue and the tables' declarations."""

from __future__ import annotations

from pathlib import Path

from etl.catalogue.model import Catalogue
from etl.schema import TABLES


def write_dictionary(catalogue: Catalogue, *, file: Path) -> Path:
    """Write the dictionary and return its file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(make_dictionary(catalogue), encoding="utf-8")
    return file


def make_dictionary(catalogue: Catalogue) -> str:
    """Return the dictionary as Markdown: the tables of a snapshot, the indicators, the sources, the breaks."""
    parts = [
        "# Data dictionary",
        "Made from `etl/catalogue` and `etl/schema.py` by `python -m etl dictionary`. Do not edit it by hand: "
        "a test compares it with what they say.",
        "## Tables of a snapshot",
        *(_describe_table(name) for name in TABLES),
        "## Indicators",
        *(_describe_indicator(indicator) for indicator in catalogue.indicators),
        "## Sources",
        *(_describe_source(source) for source in catalogue.sources),
        "## Breaks in the series",
        _make_table(
            ("when", "series", "what changed", "what not to do across it"),
            [(entry.date_text, f"`{entry.source}`", entry.what, entry.effect) for entry in catalogue.breaks],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_table(name: str) -> str:
    row, columns = TABLES[name]
    table = _make_table(("column", "type", "meaning"), [(f"`{c}`", str(kind), text) for c, kind, text in columns])
    return f"### {name}.parquet\n\nOne row is {row}.\n\n{table}"


def _describe_indicator(indicator: object) -> str:
    sources = " and ".join(f"`{source_id}`" for source_id in indicator.sources)
    lines = [
        f"### {indicator.name}",
        f"`{indicator.id}` · {indicator.group} · {indicator.unit} · {indicator.polarity}",
        indicator.definition,
        f"- Numerator: {indicator.numerator}.\n- Denominator: {indicator.denominator}.\n"
        f"- Method: {indicator.method}\n- Source: {sources}, measure `{indicator.measure}`.\n"
        f"- Reviewed on {indicator.reviewed_on.day} {indicator.reviewed_on:%B %Y} by: {indicator.author}.",
    ]
    if indicator.caveats:
        lines.append("\n".join(f"- {caveat}" for caveat in indicator.caveats))
    return "\n\n".join(lines)


def _describe_source(source: object) -> str:
    notes = "\n".join(f"- {note}" for note in source.notes)
    return (
        f"### {source.title}\n\n`{source.id}` · {source.publisher} · {source.licence} · {source.edition}\n\n"
        f"Next expected: {source.next_expected}.\n\n{notes}"
    )


def _make_table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
