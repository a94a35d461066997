"""The data dictionary: every table, indicator, source and break in Markdown."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.catalogue.model import Break
from etl.dictionary import make_dictionary, write_dictionary
from etl.schema import TABLES

BREAK = Break(
    id="fund_ended",
    date=dt.date(2022, 4, 1),
    date_text="April 2022",
    source="tracker",
    what="Fewer answered.",
    effect="Do not join.",
    indicators=(),
)


@pytest.fixture
def catalogue(make_catalogue, make_indicator):
    return make_catalogue(indicators=(make_indicator(caveats=("A caveat.", "Two.")),), breaks=(BREAK,))


def test_describes_every_table_and_column(catalogue):
    text = make_dictionary(catalogue)
    assert "Made from `etl/catalogue` and `etl/schema.py` by `python -m etl dictionary`." in text
    for name, (row, columns) in TABLES.items():
        assert f"### {name}.parquet\n\nOne row is {row}." in text
        for column, kind, meaning in columns:
            assert f"| `{column}` | {kind} | {meaning} |" in text


def test_describes_an_indicator_with_its_caveats(catalogue):
    text = make_dictionary(catalogue)
    assert "### Deaths\n\n`deaths_count` · Deaths · count · lower is better\n\nDeaths." in text
    assert "- Numerator: Deaths.\n" in text
    assert "- Source: `made_up`, measure `deaths`.\n" in text
    assert "- Reviewed on 1 June 2020 by: A. Nalyst." in text
    assert "- A caveat.\n- Two." in text


def test_describes_sources_and_breaks(catalogue):
    text = make_dictionary(catalogue)
    assert "### Made up\n\n`made_up` · The publisher · OGL-3.0 · First" in text
    assert "Next expected: none.\n\n- A note.\n- Another." in text
    assert "| April 2022 | `tracker` | Fewer answered. | Do not join. |" in text


def test_breaks_no_table_and_ends_in_one_line_end(catalogue):
    text = make_dictionary(catalogue)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) == len(TABLES) + 2, "the tables, the rules for returns, the breaks"
    for lines in tables:
        assert len({line.count("|") for line in lines}) == 1


def test_writes_the_file_and_the_folders_above_it(catalogue, tmp_path):
    file = write_dictionary(catalogue, file=tmp_path / "docs" / "data-dictionary.md")
    assert file.read_text(encoding="utf-8") == make_dictionary(catalogue)
