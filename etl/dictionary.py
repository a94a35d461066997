"""The data dictionary: docs/data-dictionary.md, made from the catalogue and the tables' declarations."""

from __future__ import annotations

from pathlib import Path

from etl.catalogue.whole import Catalogue
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
        "## Home-level returns",
        *(_describe_return(layout) for layout in catalogue.returns),
        *(_describe_register(register) for register in catalogue.registers),
        "### Rules for home-level returns",
        "A row is refused by the first row rule that fits. Findings leave it accepted. File rules refuse a file.",
        _make_table(
            ("number", "rule", "effect", "what is wrong", "what to do", "who can"),
            [
                (str(rule.number), f"`{rule.id}`", rule.effect, rule.what, rule.what_to_do, rule.who_can)
                for rule in catalogue.return_rules
            ],
        ),
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


def _describe_return(layout: object) -> str:
    notes = "\n".join(f"- {note}" for note in layout.notes)
    columns = [
        (f"`{c.name}`", ", ".join(f"`{heading}`" for heading in c.headings), c.kind, "yes" if c.is_required else "no")
        for c in layout.column
    ]
    answers = [
        f"- Answers of kind {declared.kind}: "
        + "; ".join(f"{name} ({', '.join(words)})" for name, words in declared.meanings.items())
        + "."
        for declared in layout.answers
    ]
    limits = (
        f"- Answers count as current for {layout.current_days} days, and as late from {layout.late_days}.\n"
        f"- A file with more than {layout.most_refused_percent:g}% of its rows refused is refused whole.\n"
        f"- Totals that differ from the extract before by more than {layout.most_total_change_percent:g}% are refused "
        "until somebody accepts them."
    )
    table = _make_table(("our name", "headings", "kind", "required"), columns)
    name = layout.file.replace("{date}", "2020-08-10")
    return (
        f"### {layout.title}\n\n`{layout.id}` · one row a {layout.place} · `{layout.folder}/{name}`\n\n{notes}\n"
        + "\n".join(answers)
        + f"\n{limits}\n\n{table}"
    )


def _describe_register(register: object) -> str:
    notes = "\n".join(f"- {note}" for note in register.notes)
    name = register.file.replace("{date}", "2020-08-01")
    endings = " or ".join(f"`.{ending}`" for ending in register.endings)
    return f"### {register.title}\n\n`{register.id}` · `{register.folder}/{name}`, {endings}\n\n{notes}"


def _make_table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
