"""Verdicts in words and marks: titles that say the finding, what chance explains, shapes with words to hear."""

from __future__ import annotations

import pandas as pd
import pytest
from dash import dcc, html
from observed import QUESTION, beside_councils, find, observe, words_of

from dashboard import queries, views
from dashboard.components.links import similar_line
from dashboard.components.matrix import matrix_table
from dashboard.components.profile import profile_table
from dashboard.components.verdict import SHAPES, describe_verdicts, show_marked, show_verdict, verdict_legend
from dashboard.measures import ANSWERING
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.text import verdicts as text

ISOLATE = {"indicator_id": "ipc_1_1_isolate_yes_of_answered_percent", "short_name": "Isolate residents"}
WORSE, BETTER = {"versus_england": "clearly worse"}, {"versus_england": "clearly better"}
SIMILAR = {"versus_england": "similar"}
COVENTRY = {"area_code": "E08000026", "area_name": "Coventry"}
LONG = {"area_code": "E06000058", "area_name": "Bournemouth, Christchurch and Poole"}
IN_ENGLAND = {
    "area_code": ENGLAND, "area_name": "England", "area_kind": "country", "role": "comparator", "value": 87.0,
}  # fmt: skip
REGION = {"area_code": "E12000006", "area_name": "East of England", "area_kind": "region", "role": "comparator"}


def ask(*rows: dict) -> pd.DataFrame:
    """Return rows about the 13 questions, one for each mapping of what differs, and England's two."""
    return observe(*[QUESTION | row for row in [*rows, IN_ENGLAND, IN_ENGLAND | ISOLATE]])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([SIMILAR, COVENTRY | SIMILAR], "No council stands clearly apart from England"),
        ([{"versus_england": "worse"}], "No council stands clearly apart from England"),
        ([WORSE, ISOLATE | WORSE], "Dudley stands clearly below England on two measures"),
        ([BETTER, COVENTRY | SIMILAR], "Dudley stands clearly above England on one measure"),
        ([WORSE, ISOLATE | BETTER], "Dudley stands clearly apart from England on two measures"),
        ([COVENTRY | WORSE, WORSE], "Coventry and Dudley stand clearly below England"),
        ([COVENTRY | WORSE, WORSE, LONG | WORSE], "Three councils stand clearly below England"),
        ([LONG | WORSE], "One council stands clearly below England on one measure"),
        ([LONG | WORSE, WORSE], "Bournemouth, Christchurch and Poole and Dudley stand clearly below England"),
        ([SIMILAR, REGION | WORSE], "The region stands clearly below England on one measure"),
        ([{"value": None, "status": "c"}, {"value": None, "status": "c"} | REGION], "No council stands clearly apart"),
        ([{"indicator_id": ANSWERING} | WORSE, SIMILAR], "No council stands clearly apart from England"),
    ],
)
def test_says_in_a_title_who_stands_clearly_apart(rows: list[dict], said: str):
    title = text.title_verdicts(ask(*rows))
    assert title.startswith(said)
    assert len(title.split()) <= text.WORDS_OF_A_TITLE


def test_lists_what_is_clear_with_who_answered_and_england_below_first():
    said = text.summarise_verdicts(ask(BETTER | {"value": 99.0}, COVENTRY | WORSE, ISOLATE | SIMILAR))
    first = "Coventry, clinical lead: 73% of the 37 homes that answered, beside 87% in England (clearly worse)."
    assert said.startswith(f"{first} Dudley, clinical lead: 99%")
    assert said.endswith(text.ENQUIRE)
    assert text.summarise_verdicts(ask(SIMILAR, {"versus_england": "worse"})) == ""


def test_counts_what_a_summary_leaves_to_the_table():
    many = [{"area_code": f"E0800000{n}", "area_name": f"Place {n}"} | WORSE for n in range(8)]
    assert f" The table marks {8 - text.NAMED} more. " in text.summarise_verdicts(ask(*many))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([SIMILAR], "No measure stands clearly apart from England"),
        ([WORSE, ISOLATE | SIMILAR], "Clinical lead clearly below England: 73% beside 87%"),
        ([WORSE, ISOLATE | WORSE], "Clearly below England on clinical lead and isolate residents"),
        ([WORSE, ISOLATE | BETTER], "Clearly apart from England on two of 2 measures"),
        ([{"value": None, "status": "c"}], ""),
    ],
)
def test_says_in_a_profiles_title_what_is_clear(rows: list[dict], said: str):
    assert text.title_own_verdicts(ask(*rows)) == said


def test_says_how_many_marks_chance_gives_and_where_limits_are_wider():
    rows = [COVENTRY | SIMILAR | {"is_widened": True}, *[SIMILAR] * 99]
    said = text.describe_chance(ask(*rows))
    assert "about five of the 100 comparisons here, a clear mark to 1 in 500." in said
    assert "Limits are widened for 1 of the 2 measures" in said
    assert "widened" not in text.describe_chance(ask(SIMILAR))


@pytest.mark.parametrize("verdict", list(SHAPES))
def test_says_each_mark_in_shape_and_in_words_to_hear(verdict: str):
    shape, figure, heard = show_marked("66", verdict=verdict)
    assert (words_of(shape), words_of(figure)) == (SHAPES[verdict], "66")
    assert getattr(shape, "aria-hidden") == "true"
    assert (words_of(heard).strip(), heard.className) == (f"{verdict} than England", "hidden")
    assert words_of(show_verdict(verdict)) == f"{SHAPES[verdict]} {verdict}"


def test_marks_nothing_that_is_similar_or_not_compared():
    assert show_marked("66", verdict="similar") == show_marked("66", verdict="") == ["66"]
    assert show_verdict("similar") == ["similar"]
    assert show_verdict("") == ["not compared"]
    assert verdict_legend(ask({})) is None
    assert describe_verdicts(ask({})) is None


def test_explains_every_mark_of_the_matrix_below_it(made_up: Snapshot):
    matrix = views.show_matrix(made_up, Selection(area_code="E12000007", measure="deaths"))
    table = matrix_table(matrix, snapshot=made_up, here="E12000007", caption="x")
    legend = words_of(verdict_legend(matrix))
    used = {words_of(shape) for shape in find(table, html.Span, having="shape")}
    assert used
    assert all(shape in legend for shape in used)
    assert f"of the {text.count_comparisons(matrix)} comparisons here" in legend


def test_gives_the_reason_below_a_profile_for_what_is_not_compared():
    reason = "The figure is hidden to protect homes and people, so it is compared with nothing."
    profile = beside_councils(ask({"value": None, "status": "c", "verdict_reason": reason}, ISOLATE | WORSE))
    cells = find(profile_table(profile, caption="x"), html.Td, having="verdict")
    assert [words_of(cell) for cell in cells] == ["not compared", "▼ clearly worse"]
    assert f"Not compared: {reason}" in words_of(describe_verdicts(profile))
    assert text.ENQUIRE in words_of(describe_verdicts(profile))
    assert "benchmark itself" not in words_of(describe_verdicts(ask(SIMILAR)))


def test_carries_the_snapshots_verdicts_through_its_frames(made_up: Snapshot):
    names = [ISOLATE["indicator_id"]]
    keys = ["area_code", "date"]
    columns = ["versus_england", "versus_region", "p_england", "is_widened", "verdict_reason"]
    held = made_up.by_indicator[names[0]].set_index(keys)[columns].sort_index()
    shown = queries.select(made_up, indicators=names).set_index(keys)[columns].sort_index()
    pd.testing.assert_frame_equal(shown, held)
    assert (held["versus_england"] != "").any()


def test_gives_an_area_without_figures_no_verdict(snapshot: Snapshot):
    full = queries.add_areas_without_figures(
        snapshot, ask(COVENTRY | WORSE | {"p_england": 0.001}), areas=["E06000017"]
    )
    blank = full[full["area_code"] == "E06000017"].iloc[0]
    assert (blank["versus_england"], blank["verdict_reason"], bool(blank["is_widened"])) == ("", "", False)
    assert pd.isna(blank["p_england"])


def test_leads_to_the_five_nearest_of_the_similar_areas(snapshot: Snapshot):
    held = snapshot.similar_areas[snapshot.similar_areas["area_code"] == "E08000027"]
    nearest = list(held[held["position"] <= 5].sort_values("position")["similar_code"])
    codes = views.similar_areas(snapshot, "E08000027")
    assert codes == nearest
    line = similar_line(snapshot, codes)
    assert [link.href for link in find(line, dcc.Link)] == [f"/area/{code}" for code in nearest]
    assert words_of(line).endswith("(by people, age, density, care homes and kind of council)")
    assert similar_line(snapshot, []) is None
