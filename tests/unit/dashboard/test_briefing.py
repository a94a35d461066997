"""The briefing pack: the snapshot's figures, six sheets at most, the same twice, plain about what is not held."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pandas as pd
import pytest
from dash import html
from flask.testing import FlaskClient
from observed import find, words_of
from pptx import Presentation

from dashboard.briefing.deck import write_pack
from dashboard.briefing.document import write_document
from dashboard.briefing.pack import make_pack
from dashboard.briefing.part import MOST_SHEETS, Pack, Part
from dashboard.briefing.pdf import Press, print_document, set_clock
from dashboard.briefing.request import CardReference, write_cards
from dashboard.briefing.sheets import draw_pack
from dashboard.briefing.signals import select_signals
from dashboard.briefing.standing import Standing
from dashboard.export.chromium import ChromiumError
from dashboard.export.shown import read_rows
from dashboard.format import format_value
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.text.national import format_tenths
from dashboard.views.earlier import choose_earlier

AREAS = [
    ENGLAND,
    "E12000005",
    "E12000007",
    "E08000027",
    "E09000001",
    "E06000053",
    "E06000017",
    "E10000021",
    "E06000061",
]
"""England, two regions, a council, and councils with little, hidden or no data."""


def find_part(pack: Pack, name: str) -> Part:
    return next(part for part in pack.parts if part.name == name)


def read_figures(table: html.Table) -> list[list[str]]:
    """Return the rows of a table without those that are one heading across it."""
    return [row for row in read_rows(table) if any(row[1:])]


def write_text(snapshot: Snapshot, code: str) -> str:
    return write_document(draw_pack(make_pack(snapshot, code)), title="x", description="", is_file=False)


@pytest.mark.parametrize(
    ("held", "code"),
    [*[("made up", code) for code in AREAS], *[("published", code) for code in (ENGLAND, "E12000005", "E10000021")]],
)
def test_has_every_part_on_six_sheets_at_most(snapshot: Snapshot, made_up: Snapshot, held: str, code: str):
    pack = make_pack(snapshot if held == "published" else made_up, code)
    names = [part.name for part in pack.parts]
    assert {
        "line",
        "cautions",
        "glance",
        "movers",
        "contrary",
        "signals",
        "workforce",
        "quality",
        "definitions",
    } <= set(names)
    assert len(pack.sheets) <= MOST_SHEETS
    drawn = draw_pack(pack)
    assert len(find(drawn, html.Section, having="sheet")) == len(pack.sheets)
    assert all(words_of(part) for part in find(drawn, html.Section, having="part"))


def test_gives_the_figures_of_the_snapshot(made_up: Snapshot):
    glance = find_part(make_pack(made_up, "E12000005"), "glance")
    head, *rows = read_figures(glance.listings[0].table)
    own, england = head.index("West Midlands"), head.index("England")
    profile = glance.listings[0].frame
    for area, column in (("E12000005", own), (ENGLAND, england)):
        held = profile[profile["area_code"] == area].set_index("short_name")
        assert [row[column] for row in rows] == [format_value(held.loc[row[0]]) for row in rows]
    observed = made_up.observations.set_index(["indicator_id", "area_code", "date"])["value"]
    for row in profile.to_dict("records"):
        assert row["value"] == observed.loc[row["indicator_id"], row["area_code"], row["date"]]


def test_lists_the_changes_of_the_snapshot_the_steepest_first(made_up: Snapshot):
    movers = find_part(make_pack(made_up, "E12000005"), "movers")
    rows = read_figures(movers.listings[0].table)[1:]
    changes = made_up.changes[
        (made_up.changes["area_code"] == "E12000005") & made_up.changes["indicator_id"].str.startswith("ipc_")
    ]
    newest = changes[changes["date_to"] == changes["date_to"].max()]
    first = choose_earlier(newest["date_from"], to=newest["date_to"].max())[0]
    points = newest.loc[newest["date_from"] == first, "change_points"]
    falls = [row for row in rows if row[2].startswith("−")]
    assert falls[0][2] == format_tenths(points.min())
    assert next(row[2] for row in rows if row[2].startswith("+")) == format_tenths(points.max())


def test_marks_made_up_parts_and_sheets_and_no_others(snapshot: Snapshot, made_up: Snapshot):
    pack = make_pack(made_up, "E08000027")
    drawn = draw_pack(pack)
    for sheet, parts in zip(find(drawn, html.Section, having="sheet"), pack.sheets, strict=True):
        is_made_up = any(part.is_illustrative for part in parts)
        assert bool(find(sheet, html.Div, having="across")) == is_made_up
    assert "Illustrative: " in words_of(drawn)
    assert not find_part(pack, "workforce").is_illustrative
    assert not make_pack(snapshot, "E08000027").is_illustrative
    assert "Illustrative:" not in words_of(draw_pack(make_pack(snapshot, "E08000027")))


def test_is_the_same_twice_and_names_its_snapshot_but_no_clock(made_up: Snapshot):
    first, second = (write_text(made_up, "E12000005") for _ in range(2))
    assert first == second
    assert made_up.id in first
    assert not re.search(
        r"printed|generated|today", words_of(draw_pack(make_pack(made_up, "E12000005"))), re.IGNORECASE
    )


def test_says_that_no_local_answers_are_held_without_returns(snapshot: Snapshot):
    words = words_of(draw_pack(make_pack(snapshot, "E12000005")))
    assert "For West Midlands no answer to these questions is held" in words


def test_hides_what_the_snapshot_hides(made_up: Snapshot):
    glance = find_part(make_pack(made_up, "E06000017"), "glance")
    own = glance.listings[0].frame
    hidden = set(own.loc[(own["area_code"] == "E06000017") & (own["status"] == "c"), "short_name"])
    assert hidden
    assert {row[0] for row in read_figures(glance.listings[0].table)[1:] if row[1] == "hidden"} == hidden


@pytest.mark.parametrize("code", [ENGLAND, "E12000005", "E08000027"])
def test_writes_slides_with_native_charts_notes_and_text_alternatives(made_up: Snapshot, code: str):
    pack = make_pack(made_up, code)
    deck = Presentation(io.BytesIO(write_pack(pack, made_up, address="/briefing")))
    drawn = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert sum(shape.has_chart for shape in drawn) == sum(len(part.charts) for part in pack.parts)
    assert all(shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in drawn)
    for slide in deck.slides:
        assert made_up.id in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            assert shape.top + shape.height <= deck.slide_height
    chart = next(shape.chart for shape in drawn if shape.has_chart)
    frame = find_part(pack, "trends").charts[0].frame
    series = {one.name: list(one.values) for one in chart.plots[0].series}
    for name, own in frame.groupby("series"):
        assert series[name] == pytest.approx(list(own.sort_values("date")["value"]), nan_ok=True)


def test_writes_and_reads_cards_alike_naming_a_snapshot_once(made_up_client: FlaskClient, made_up: Snapshot):
    cards = tuple(CardReference(made_up.id, view, "/region/E12000005") for view in ("trend", "matrix"))
    text = write_cards(cards)
    assert text == f"{made_up.id}:trend:/region/E12000005|:matrix:/region/E12000005"
    reply = made_up_client.get("/briefing/print", query_string={"cards": text})
    assert reply.status_code == 200
    places = [reply.text.index(f'id="collected-{place}-card-{card.view}"') for place, card in enumerate(cards, start=1)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"area": "E99999999"}, "There is no area with the code"),
        ({"area": "E10000002"}, "stand under E06000060"),
        ({"colour": "blue"}, "which this page does not know"),
        ({"snapshot": "2020-01-01-000000000000"}, "There is no snapshot"),
        ({"snapshot": "../../etc"}, "There is no snapshot"),
        ({"cards": "trend"}, "is not written as snapshot:view:page"),
        ({"cards": "{id}:trend:/briefing"}, "with cards to collect"),
        ({"cards": "{id}:trend://example.org/"}, "with cards to collect"),
        ({"cards": "{id}:trend:/region/E99999999"}, "with cards to collect"),
        ({"cards": "{id}:happiness:/region/E12000005"}, "It has: "),
        ({"cards": "{id}:trend:/", "area": ENGLAND}, "not both"),
        ({"cards": "|".join(["{id}:trend:/"] * 13)}, "12 cards at most"),
    ],
)
@pytest.mark.parametrize("kind", ["print", "pack.pptx"])
def test_refuses_what_is_not_there_and_says_why(
    made_up_client: FlaskClient, made_up: Snapshot, query: dict, said: str, kind: str
):
    asked = {name: word.replace("{id}", made_up.id) for name, word in query.items()}
    reply = made_up_client.get(f"/briefing/{kind}", query_string=asked)
    assert reply.status_code == 404
    assert said in reply.text


def test_says_what_is_missing_without_a_chromium_and_slides_still_work(
    made_up_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(made_up_client.application.extensions, "asc_press", Press("no-such-chromium"))
    reply = made_up_client.get("/briefing/pack.pdf?area=E12000005")
    assert reply.status_code == 503
    assert "A PDF cannot be made" in reply.text
    assert "pptx" in reply.text
    assert made_up_client.get("/briefing/pack.pptx?area=E12000005").status_code == 200


def test_ends_a_browser_that_does_not_end(tmp_path, monkeypatch: pytest.MonkeyPatch):
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    sleeper.chmod(0o700)
    monkeypatch.setattr("dashboard.briefing.pdf.SECONDS", 0.3)
    with pytest.raises(ChromiumError, match="took too long"):
        print_document("<p>x</p>", chromium=str(sleeper), day="2020-10-30")


@pytest.mark.parametrize("printed", ["", "%PDF-1.4 begun, then the disk was full"])
def test_gives_no_file_that_was_cut_short(tmp_path, printed: str):
    printer = tmp_path / "printer"
    writes = f'case "$word" in --print-to-pdf=*) printf "%s" "{printed}" >"${{word#--print-to-pdf=}}";; esac'
    printer.write_text(f'#!/bin/sh\nfor word in "$@"; do {writes}; done\n', encoding="utf-8")
    printer.chmod(0o700)
    with pytest.raises(ChromiumError, match="made no PDF"):
        print_document("<p>x</p>", chromium=str(printer), day="2020-10-30")


def test_puts_the_day_of_the_data_in_place_of_the_clock():
    before = b"<</CreationDate (D:20261124123456+00'00') /ModDate (D:20261124123456+00'00')>>"
    after = set_clock(before, day="2020-10-30")
    assert after == before.replace(b"20261124123456", b"20201030000000")


def test_has_no_figure_twice_with_two_values(made_up: Snapshot):
    """The newest share of each question is the same in the glance, among the areas and in the movers."""
    pack = make_pack(made_up, ENGLAND)
    head, *rows = read_figures(find_part(pack, "glance").listings[0].table)
    newest = {row[0]: row[next(at for at, name in enumerate(head) if name.startswith("Returns"))] for row in rows}
    table = read_figures(find_part(pack, "places").listings[0].table)
    england = dict(zip(table[0][1:], table[-1][1:], strict=True))
    assert {name: value.rstrip("%") for name, value in newest.items()} == england
    movers = read_figures(find_part(pack, "movers").listings[0].table)[1:]
    assert all(newest[row[0]] == row[1] for row in movers if row[0] != "None")
    assert isinstance(find_part(pack, "glance").listings[0].frame, pd.DataFrame)


def test_gives_each_open_signal_with_its_question_recommendation_and_owner(made_up: Snapshot):
    part = find_part(make_pack(made_up, ENGLAND), "signals")
    held = made_up.signals[made_up.signals["state"] != "cleared"]
    rows = read_figures(part.listings[0].table)[1:]
    assert 0 < len(rows) <= len(held)
    by_sentence = held.set_index("sentence")
    for _, found, against, ask, answer in rows:
        signal = by_sentence.loc[[found]].iloc[0]
        assert against == " ".join(signal["contrary"].split()) or (
            not signal["contrary"] and against.startswith("Nothing")
        )
        assert ask == signal["ask"]
        assert answer.startswith(f"{signal['recommendation']}.")
        assert signal["owner"] in answer
    assert [row[1] for row in rows] == list(select_signals(Standing(made_up, ENGLAND))["sentence"].head(len(rows)))
    named = {row[0] for row in read_figures(part.listings[1].table)[1:]}
    assert named == {str(by_sentence.loc[[row[1]]]["recommendation"].iloc[0]) for row in rows}


def test_says_that_no_signal_is_open_or_that_none_was_looked_for(made_up: Snapshot):
    quiet = replace(made_up, signals=made_up.signals.iloc[:0])
    assert find_part(make_pack(quiet, "E08000027"), "signals").title == "No signal is open here"
    older = replace(quiet, signal_rules=made_up.signal_rules.iloc[:0])
    part = find_part(make_pack(older, "E08000027"), "signals")
    assert part.title == "Signals are not held"
    assert not any(point == "Signals" for point, _ in find_part(make_pack(older, "E08000027"), "line").lines)
