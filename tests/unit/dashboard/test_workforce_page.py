"""The workforce page: the winter projection, what is held where, areas beside each other, and its address."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from dash import html
from flask.testing import FlaskClient
from observed import find, words_of

from dashboard import views
from dashboard.components.area_columns import area_columns
from dashboard.components.held import held_table
from dashboard.components.workforce import projection_card
from dashboard.figures.projection import draw_projection
from dashboard.format import format_value
from dashboard.pages import workforce
from dashboard.selection import ENGLAND, Selection, SelectionError, read_workforce
from dashboard.store import Snapshot
from dashboard.views.workforce import LEVELS, SUBJECTS, show_held, show_local, show_local_returns, show_projection

WEST_MIDLANDS = "E12000005"
HERE = Selection(area_code=ENGLAND, measure="turnover")
REGION = Selection(area_code=WEST_MIDLANDS, measure="turnover")


def test_shows_the_snapshots_winter_range_in_words_chart_and_table(snapshot: Snapshot):
    held = snapshot.projection.set_index("base")
    frame = show_projection(snapshot, HERE)
    assert list(frame["base"]) == ["counted", "implied"]
    low, high = held.loc["counted", ["lower_percent", "upper_percent"]]
    bar = next(trace for trace in draw_projection(frame).data if set(trace.x) == {2})
    assert list(bar.y) == [low, high]
    words = words_of(projection_card(snapshot, HERE))
    assert f"{low:.1f}% and {high:.1f}%" in words
    for base in held.itertuples():
        assert f"{base.base_posts:,.0f}" in words
        assert f"{base.lower_posts:,.0f} to {base.upper_posts:,.0f} more vacant posts" in words
    assert f"{held['coverage_percent'].iloc[0]:.0f}% of regulated independent providers" in words


def test_says_what_another_projection_says(snapshot: Snapshot):
    other = snapshot.projection.assign(lower_percent=9.0, upper_percent=9.9, base_posts=[123456.0, 234567.0])
    words = words_of(projection_card(replace(snapshot, id="other", projection=other), HERE))
    assert "between 9.0% and 9.9%" in words
    assert "123,456" in words
    assert "234,567" in words
    nothing = replace(snapshot, id="none", projection=snapshot.projection.iloc[:0])
    assert "no vacancy rate to start from" in words_of(projection_card(nothing, HERE))


def test_says_beside_the_vacancy_rate_what_else_the_report_claims(snapshot: Snapshot):
    notes = find(workforce.vacancy_card(snapshot, HERE), html.P, having="note")
    assert any("10% vacancy level" in words_of(note) for note in notes)


def test_finds_what_is_held_where_in_the_snapshot(snapshot: Snapshot, made_up: Snapshot):
    for one in (snapshot, made_up):
        held = show_held(one, HERE)
        assert set(zip(held["subject"], held["level"], strict=True)) == {(s, lv) for s in SUBJECTS for lv in LEVELS}
        for row in held[held["held_indicator_id"] != ""].to_dict("records"):
            seen = one.by_indicator[row["held_indicator_id"]].join(one.areas["kind"], on="area_code")
            seen = seen[(seen["kind"] == row["level"]) & seen["value"].notna()]
            assert (row["date"], row["areas"]) == (seen["date"].max(), (seen["date"] == seen["date"].max()).sum())
    agency = held[(held["subject"] == "Agency staff in care homes") & (held["level"] == "region")]
    assert agency["is_illustrative"].all()


def test_loses_a_cell_with_the_figures_behind_it(snapshot: Snapshot):
    without = snapshot.observations[snapshot.observations["indicator_id"] != "vacancy_local_percent"]
    table = held_table(snapshot, show_held(replace(snapshot, id="less", observations=without), HERE), caption="x")
    row = next(one for one in find(find(table, html.Tbody), html.Tr) if words_of(one).startswith("Vacancies"))
    assert [words_of(cell) == "not held" for cell in find(row, html.Td)] == [False, True, True]


@pytest.mark.parametrize("show", [show_local, show_local_returns])
def test_sets_the_figures_of_the_view_beside_each_other(made_up: Snapshot, show):
    for selection, count in ((HERE, 9), (REGION, 14)):
        frame = show(made_up, selection)
        table = area_columns(frame, snapshot=made_up, measure="turnover", caption="x")
        body = find(find(table, html.Tbody, having="sorted"), html.Tr)
        assert len(body) == count
        for row in body:
            own = frame[frame["area_name"] == words_of(row.children[0])].to_dict("records")
            cells = [words_of(cell) for cell in find(row, html.Td)]
            for held in own:
                assert (
                    held["value"] is None or any(format_value(held) in cell for cell in cells) or pd.isna(held["value"])
                )


@pytest.mark.parametrize("region", ["", "E99999999", "E92000001", "E08000027", "e12000005"])
def test_refuses_a_region_that_is_none(snapshot: Snapshot, client: FlaskClient, region: str):
    with pytest.raises(SelectionError):
        read_workforce(snapshot, {"region": region})
    assert client.get("/workforce", query_string={"region": region}).status_code == 404


def test_takes_a_region_and_a_measure_and_nothing_else(snapshot: Snapshot, client: FlaskClient):
    chosen = read_workforce(snapshot, {"region": WEST_MIDLANDS, "measure": "vacancies"})
    assert chosen == Selection(area_code=WEST_MIDLANDS, measure="vacancies")
    assert client.get(f"/workforce?region={WEST_MIDLANDS}&measure=vacancies").status_code == 200
    assert client.get(f"/workforce?region={WEST_MIDLANDS}&colour=red").status_code == 404
    assert client.get(f"/?region={WEST_MIDLANDS}").status_code == 404


def test_offers_the_projection_and_what_is_held_as_csv(client: FlaskClient, snapshot: Snapshot):
    for name, view in (("projection", show_projection), ("held", show_held)):
        reply = client.get(f"/download/{name}.csv?area={ENGLAND}&measure=turnover")
        assert reply.status_code == 200
        assert len(reply.get_data(as_text=True).splitlines()) == len(view(snapshot, HERE)) + 1
        assert name in views.LISTS
