"""The parts of the shell and of a card that need no browser: aliases, citations, sizes, footer."""

from __future__ import annotations

import pytest
from dash import html
from observed import find, words_of

from dashboard import __version__, queries
from dashboard.aliases import ALIASES
from dashboard.components.area_picker import make_picker
from dashboard.components.footer import make_footer
from dashboard.export.csv import estimate_size, write_csv
from dashboard.format import format_size
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text.citation import cite
from dashboard.views import LISTS, VIEWS


def test_gives_other_names_to_areas_that_there_are_and_that_lack_them(snapshot: Snapshot):
    shown = snapshot.areas[snapshot.areas["shown_as"] == snapshot.areas["code"]]
    for code, names in ALIASES.items():
        assert code in shown.index, code
        for name in names:
            assert name.lower() not in shown.at[code, "name"].lower(), f"{name} is found without an entry"


def test_offers_each_area_by_its_code_and_other_names(snapshot: Snapshot):
    picker = make_picker(snapshot).children.children[0]
    offered = {one["label"]: one["known"] for group in picker.data for one in group["items"]}
    assert offered["Bournemouth, Christchurch and Poole"] == ["E06000058", "BCP"]
    assert len(offered["Dudley"]) == 1
    assert len(offered) > len(queries.list_authorities(snapshot))


def test_cites_title_source_dashboard_and_snapshot(snapshot: Snapshot):
    frame = VIEWS["ranking"](snapshot, Selection(area_code=ENGLAND, measure="deaths"))
    said = cite(snapshot, frame, title="Deaths rose")
    source = snapshot.sources.loc[frame["source_id"].iloc[0]]
    for part in ("“Deaths rose”", source["publisher"], source["title"], "COVID-19 dashboard", snapshot.id):
        assert part in said
    assert "illustrative" not in said.lower().replace(source["title"].lower(), "")


def test_cites_what_is_made_up_as_made_up(made_up: Snapshot):
    frame = VIEWS["matrix"](made_up, Selection(area_code="E12000005", measure="full-wages"))
    assert "illustrative figures that are made up" in cite(made_up, frame, title="x")


@pytest.mark.parametrize("view", ["ranking", "deaths", "outbreaks", "held"])
def test_estimates_the_size_of_a_download_within_a_tenth(snapshot: Snapshot, view: str):
    frame = (VIEWS | LISTS)[view](snapshot, Selection(area_code=ENGLAND, measure="deaths"))
    assert len(frame)
    assert estimate_size(frame, snapshot) == pytest.approx(len(write_csv(frame, snapshot).encode()), rel=0.1)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "1 kB"), (999, "1 kB"), (8_115, "8 kB"), (20_246, "20 kB"), (122_650, "120 kB"), (1_260_000, "1.3 MB")],
)
def test_says_a_size_in_round_numbers(count: int, said: str):
    assert format_size(count) == said


def test_names_version_snapshot_and_help_in_the_footer(snapshot: Snapshot, made_up: Snapshot):
    footer = make_footer(snapshot)
    words = words_of(footer)
    assert snapshot.id in words
    assert __version__ in words
    assert "illustrative" not in words.lower()
    assert "illustrative figures" in words_of(make_footer(made_up)).lower()


def test_leads_to_feedback_where_an_address_is_set(snapshot: Snapshot):
    told = make_footer(snapshot, feedback="mailto:team@example.org")
    assert [link.href for link in find(told, html.A)] == ["mailto:team@example.org"]
    assert "Report an error" in words_of(make_footer(snapshot))
