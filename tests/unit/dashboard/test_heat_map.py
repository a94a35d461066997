"""The heat-map: what an address may ask of it, the order of its areas, its changes, and its words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from dash import html
from observed import QUESTION, find, observe, words_of

from dashboard import views
from dashboard.components.matrix import matrix_table
from dashboard.components.matrix_cells import show_cell
from dashboard.measures import QUESTIONS
from dashboard.pages import region
from dashboard.selection import Selection, SelectionError, TableView, list_sorts, read_selection
from dashboard.store import Snapshot
from dashboard.text.heat_map import NO_CHANGE, describe_since
from dashboard.text.region import describe_protection
from dashboard.views.heat_map import count_signals, order_areas

WEST_MIDLANDS, LONDON = "E12000005", "E12000007"
LEAD, PPE = QUESTIONS["clinical-lead"], QUESTIONS["ppe"]


def mark(name: str, verdict: str, value: float | None = 50.0, **more: object) -> dict:
    """Return a figure of one question in a council of this name."""
    return QUESTION | {"area_code": name, "area_name": name, "versus_england": verdict, "value": value} | more


def ask(*rows: dict) -> pd.DataFrame:
    return observe(*rows).assign(
        change_points=[row.get("change_points") for row in rows], change_status="x", changed_since=None
    )


FOUR = ask(
    mark("Ash", "similar", 90.0, change_points=2.0), mark("Elm", "worse", 60.0, change_points=-3.0),
    mark("Fir", "clearly worse", 40.0, change_points=0.0), mark("Oak", "", None),
    mark("Elm", "worse", 70.0, indicator_id=PPE), mark("Ash", "clearly better", 99.0, indicator_id=PPE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (TableView(), "Fir Elm Ash Oak"),
        (TableView(order="asc"), "Ash Oak Elm Fir"),
        (TableView(sort="name", order="asc"), "Ash Elm Fir Oak"),
        (TableView(sort="name", order="desc"), "Oak Fir Elm Ash"),
        (TableView(sort="clinical-lead", order="asc"), "Fir Elm Ash Oak"),
        (TableView(sort="clinical-lead", order="desc"), "Ash Elm Fir Oak"),
        (TableView(sort="clinical-lead", order="asc", show="change"), "Elm Fir Ash Oak"),
        (TableView(sort="clinical-lead", order="desc", show="verdict"), "Ash Elm Fir Oak"),
        (TableView(sort="ppe", order="asc"), "Elm Ash Fir Oak"),
    ],
)
def test_sorts_by_what_is_shown_and_puts_areas_without_it_last(view: TableView, names: str):
    assert order_areas(FOUR, view) == names.split()


def test_counts_a_clear_mark_before_any_number_of_lighter_ones():
    many = [mark("Elm", "worse", indicator_id=name) for name in list(QUESTIONS.values())[:12]]
    frame = ask(*many, mark("Fir", "clearly worse"))
    assert count_signals(frame[frame["area_code"] == "Elm"]) == (0, 12)
    assert order_areas(frame, TableView()) == ["Fir", "Elm"]


def test_takes_each_sort_order_and_content_from_the_address(made_up: Snapshot):
    for sort in list_sorts(made_up):
        query = {"sort": sort, "order": "asc", "show": "change"}
        for page in ("region", "country"):
            view = read_selection(made_up, query, page=page).table
            assert view == TableView(sort=sort, order="asc", show="change")
    assert read_selection(made_up, {}, page="region").table == TableView()
    assert read_selection(made_up, {"sort": "ppe"}, page="region").table.order == "asc"


@pytest.mark.parametrize("query", [{"sort": "deaths"}, {"order": "up"}, {"show": "colour"}, {"sort": ""}])
def test_refuses_a_view_that_the_heat_map_does_not_have(made_up: Snapshot, query: dict):
    with pytest.raises(SelectionError, match=f"no {next(iter(query))}"):
        read_selection(made_up, query, page="region")


def test_knows_the_keys_only_where_there_is_a_heat_map(made_up: Snapshot, snapshot: Snapshot):
    for one, page in ((made_up, "authority"), (made_up, "workforce"), (snapshot, "region"), (snapshot, "country")):
        with pytest.raises(SelectionError, match="does not know"):
            read_selection(one, {"show": "change"}, page=page)


def test_draws_a_shared_address_as_it_was_left(made_up: Snapshot):
    page = region.layout(made_up, code=LONDON, sort="full-wages", order="desc", show="verdict")
    root = find(page, html.Div, having="matrix-view")[0]
    assert (getattr(root, "data-table-sort"), getattr(root, "data-table-show")) == ("full-wages", "verdict")
    sorted_by = [one for one in find(root, html.Th) if hasattr(one, "aria-sort")]
    assert [(words_of(one).strip(), getattr(one, "aria-sort")) for one in sorted_by] == [("Full wages", "descending")]
    pressed = [one for one in find(root, html.Button) if getattr(one, "aria-pressed", "") == "true"]
    assert [words_of(one) for one in pressed] == ["Verdict"]
    chosen = [one for one in find(root, html.Option) if getattr(one, "selected", None)]
    assert [one.value for one in chosen] == ["full-wages"]
    rows = find(root, html.Tbody, having="areas")[0].children
    ranks = [float(getattr(row.children[3], "data-verdict", "-9")) for row in rows]
    assert all(before >= after for before, after in pairwise(ranks))
    foot = find(root, html.Tbody, having="comparators")[0]
    assert [words_of(row.children[0]) for row in foot.children] == ["London", "England"]


def test_takes_the_change_of_four_weeks_before(made_up: Snapshot):
    matrix = views.show_matrix(made_up, Selection(WEST_MIDLANDS, "deaths"))
    since = set(matrix["changed_since"].dropna())
    assert since == {dt.date(2020, 8, 21)}
    assert "21 August 2020" in describe_since(matrix)
    pair = (made_up.changes["date_from"] == dt.date(2020, 8, 21)) & (made_up.changes["date_to"] == matrix["date"].max())
    own = made_up.changes[pair].set_index(["area_code", "indicator_id"])
    valued = matrix[matrix["change_points"].notna()]
    assert len(valued) > 150
    for row in valued.to_dict("records"):
        assert row["change_points"] == own.at[(row["area_code"], row["indicator_id"]), "change_points"]


def test_shows_no_change_where_a_break_leaves_none_and_says_so(made_up: Snapshot):
    earlier = made_up.changes[made_up.changes["date_to"] < dt.date(2020, 9, 18)]
    assert len(earlier)
    matrix = views.show_matrix(replace(made_up, changes=earlier), Selection(WEST_MIDLANDS, "deaths"))
    assert matrix["change_points"].isna().all()
    assert describe_since(matrix) == NO_CHANGE
    table = matrix_table(matrix, snapshot=made_up, here=WEST_MIDLANDS, caption="x")
    assert {words_of(cell) for cell in find(table, html.Span, having="as-change")} == {"none [x]"}


def test_says_a_change_in_the_cell_and_its_part_among_the_same_homes_beside_it():
    row = mark("Ash", "worse", change_points=3.4) | {
        "change_same_homes_points": 1.6, "change_who_answered_points": 1.8, "n_both": 40, "change_status": "",
    }  # fmt: skip
    value, verdict, change = show_cell(row)
    assert words_of(value) == "▽ 50  worse than England"
    assert words_of(verdict) == "▽ worse worse than England"
    assert words_of(change) == "+3"
    assert change.title == "+3 points: +2 among the 40 homes that answered both times, +2 from who answered."


def test_says_in_the_lead_who_stands_clearly_below():
    wide = [mark("Region", "similar", role="comparator"), mark("Region", "worse", role="comparator", indicator_id=PPE)]
    said = describe_protection(pd.concat([FOUR, ask(*wide)]), ordered=["Fir", "Elm", "Ash", "Oak"])
    assert said == (
        "In illustrative returns, reported protection is close to England's on 1 of 2 measures; "
        "Fir (clinical lead) stands clearly below England."
    )
    calm = ask(mark("Ash", "similar"), *wide[:1]).assign(is_illustrative=False)
    assert describe_protection(calm, ordered=["Ash"]).startswith("Reported protection is close to England's on all 1")
    assert describe_protection(calm, ordered=["Ash"]).endswith("no council stands clearly below England.")
    assert describe_protection(FOUR, ordered=["Ash"]) == ""
