"""A number is the same on the card, in the chart, in the table and in the CSV of one view."""

from __future__ import annotations

import io
import re

import pandas as pd
import pytest
from dash import dcc, html
from flask.testing import FlaskClient
from observed import find, words_of

from dashboard.components.headline import headline_row
from dashboard.components.ranking import ranking_table
from dashboard.components.returns import changes_card
from dashboard.components.table import data_table
from dashboard.format import format_value
from dashboard.measures import QUESTIONS, list_offered
from dashboard.pages import area, england, region
from dashboard.queries import OBSERVATION
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text.returns import format_points
from dashboard.views import VIEWS

AREAS = ["E92000001", "E12000003", "E12000007", "E08000027", "E06000060", "E09000001", "E06000053", "E10000021"]
BY_MEASURE = ("ranking", "map")


def selections(snapshot: Snapshot, code: str, *, view: str) -> list[Selection]:
    """Return a selection for each measure that the page of the area offers, or its default where none is asked."""
    offered = list_offered(snapshot, page=snapshot.areas.at[code, "kind"])
    return [Selection(area_code=code, measure=name) for name in (offered if view in BY_MEASURE else offered[:1])]


@pytest.mark.parametrize("code", AREAS)
@pytest.mark.parametrize("view", ["measures", "ranking", "map", "outbreaks", "deaths", "turnover", "headlines"])
def test_is_the_same_in_the_table_and_in_the_csv(snapshot: Snapshot, client: FlaskClient, view: str, code: str):
    for selection in selections(snapshot, code, view=view):
        frame = VIEWS[view](snapshot, selection)
        reply = client.get(f"/download/{view}.csv?area={code}&measure={selection.measure}")
        table = pd.read_csv(io.BytesIO(reply.data), encoding="utf-8-sig", keep_default_na=False, dtype=str)
        assert list(pd.to_numeric(table["value"]).fillna(-1)) == pytest.approx(list(frame["value"].fillna(-1)))
        rows = find(find(data_table(frame, caption="x"), html.Tbody), html.Tr)
        shown = [words_of(find(row, html.Td, having="number")[0]) for row in rows]
        assert shown == [format_value(row) for row in frame.to_dict("records")]


@pytest.mark.parametrize("code", AREAS)
def test_is_the_same_on_a_headline_and_in_its_series(snapshot: Snapshot, code: str):
    frame = VIEWS["headlines"](snapshot, Selection(area_code=code, measure="deaths"))
    own = frame[frame["role"] == "area"].groupby("indicator_id", sort=False).last()
    cards = {words_of(find(card, html.H2)): card for card in headline_row(frame).children}
    for _, row in own.iterrows():
        figure = find(cards[row["indicator_name"]], html.P, having="figure")
        held = frame[(frame["indicator_name"] == row["indicator_name"]) & (frame["role"] == "area")].iloc[-1]
        assert words_of(figure) == format_value(held)


@pytest.mark.parametrize("code", AREAS)
def test_is_the_same_in_the_ranking_and_on_the_map(snapshot: Snapshot, code: str):
    for selection in selections(snapshot, code, view="ranking"):
        ranking, drawn = VIEWS["ranking"](snapshot, selection), VIEWS["map"](snapshot, selection)
        both = ranking.merge(drawn, on="area_code", suffixes=("", "_map"))
        assert both["value"].equals(both["value_map"])
        table = ranking_table(ranking, snapshot=snapshot)
        words = {words_of(row.children[1]): words_of(row.children[3]) for row in find(table, html.Tr)[1:]
                 if len(row.children) == 4}  # fmt: skip
        held = {row["area_name"]: format_value(row) for row in ranking.to_dict("records")}
        assert words.items() <= held.items()


@pytest.mark.parametrize(
    ("layout", "code"), [(region.layout, "E12000005"), (area.layout, "E08000027"), (area.layout, "E06000053")]
)
def test_is_the_same_in_a_charts_points_and_in_its_view(snapshot: Snapshot, layout, code: str):
    page = layout(snapshot, code=code)
    charts = {chart.id: chart.figure for chart in find(page, dcc.Graph)}
    for view in ("deaths", "outbreaks", "turnover"):
        figure = charts.get(f"card-{view}-graph")
        if figure is None:  # the area has no figure there, and its card says so
            continue
        frame = VIEWS[view](snapshot, Selection(area_code=code, measure="deaths"))
        own = frame[(frame["role"] == "area") & frame["value"].notna()]
        assert list(figure.data[-1].y) == list(own["value"])
        assert list(figure.data[-1].x) == list(own["date"])


def test_is_what_the_snapshot_holds_and_nothing_else(snapshot: Snapshot, made_up: Snapshot):
    keys = ["indicator_id", "area_code", "date", "date_text"]
    for one, measure in ((snapshot, "deaths"), (made_up, "deaths"), (made_up, "isolate")):
        held = dict(
            zip(one.observations[keys].itertuples(index=False, name=None), one.observations["value"], strict=True)
        )
        for code in AREAS:
            for name, view in VIEWS.items():
                frame = view(one, Selection(area_code=code, measure=measure))
                known = frame[frame["value"].notna()]
                rows = known[keys].itertuples(index=False, name=None)
                assert list(known["value"]) == [held[row] for row in rows], (name, code)
        assert set(OBSERVATION) <= set(one.observations.columns)


def read_values(client: FlaskClient, view: str, code: str) -> pd.Series:
    """Return the values of a view's CSV by indicator and area."""
    reply = client.get(f"/download/{view}.csv?area={code}&measure=isolate")
    table = pd.read_csv(io.BytesIO(reply.data), encoding="utf-8-sig", keep_default_na=False, dtype=str)
    return pd.to_numeric(table.set_index(["indicator_id", "area_name"])["value"])


def read_cell(cell: html.Td, shown: str) -> str:
    """Return what a cell of the matrix says while it shows its value, verdict or change; why, where it has none."""
    return words_of(find(cell, html.Span, having=f"as-{shown}") or cell)


def strip_mark(cell: str) -> str:
    """Return a cell's value without its mark and the mark's words."""
    return re.sub(r"^[▼▽▲△] (\d+) .*$", r"\1", cell)


def read_matrix(client: FlaskClient, code: str) -> pd.DataFrame:
    """Return the 13 questions in the matrix's CSV, by area and indicator."""
    reply = client.get(f"/download/matrix.csv?area={code}")
    table = pd.read_csv(io.BytesIO(reply.data), encoding="utf-8-sig", keep_default_na=False, dtype=str)
    return table[table["indicator_id"].isin(QUESTIONS.values())].set_index(["area_name", "indicator_id"])


@pytest.mark.parametrize("code", ["E12000005", "E12000007"])
def test_marks_in_the_matrix_what_its_csv_calls_apart_from_england(
    made_up: Snapshot, made_up_client: FlaskClient, code: str
):
    held = read_matrix(made_up_client, code)
    assert set(held["versus_england"]) - {"", "similar"}
    card = find(region.layout(made_up, code=code), html.Table, having="matrix")[0]
    for row in find(find(card, html.Tbody), html.Tr):
        name, *cells = row.children
        said = [
            f"{word} than England" if word not in ("", "similar") else ""
            for word in held.loc[words_of(name)]["versus_england"]
        ]
        for shown in ("value", "verdict"):
            parts = [find(cell, html.Span, having=f"as-{shown}") for cell in cells[:13]]
            heard = [
                words_of(find(part, html.Span, having="hidden")).strip().replace("not compared", "") for part in parts
            ]
            assert heard == said, words_of(name)


@pytest.mark.parametrize("code", ["E12000005", "E12000007"])
def test_shows_the_change_that_the_csv_of_the_matrix_has(made_up: Snapshot, made_up_client: FlaskClient, code: str):
    held = read_matrix(made_up_client, code)
    assert len(set(held["changed_since"]) - {""}) == 1
    card = find(region.layout(made_up, code=code), html.Table, having="matrix")[0]
    for row in find(find(card, html.Tbody), html.Tr):
        name, *cells = row.children
        rows = held.loc[words_of(name)]
        for cell, (_, own) in zip(cells[:13], rows.iterrows(), strict=True):
            if own["value"] == "":
                continue
            points = own["change_points"]
            shown = read_cell(cell, "change")
            assert shown == (
                f"{round(float(points)):+d}".replace("+0", "0").replace("-", "−") if points else "hidden [c]"
            )


@pytest.mark.parametrize("code", ["E12000005", "E12000007"])
def test_is_the_same_in_the_matrix_and_in_its_csv(made_up: Snapshot, made_up_client: FlaskClient, code: str):
    held = read_values(made_up_client, "matrix", code)
    card = find(region.layout(made_up, code=code), html.Table, having="matrix")[0]
    for row in find(find(card, html.Tbody), html.Tr):
        name, *cells = words_of(row.children[0]), *[read_cell(cell, "value") for cell in row.children[1:]]
        values = held.xs(name, level="area_name")
        shown = ["hidden [c]" if pd.isna(value) else f"{value:.0f}" for value in values.loc[list(QUESTIONS.values())]]
        bare = [strip_mark(cell).replace("none [x]", "hidden [c]") for cell in cells[:13]]
        assert bare == shown, name


def test_is_the_same_in_the_profile_and_in_its_csv(made_up: Snapshot, made_up_client: FlaskClient):
    held = read_values(made_up_client, "profile", "E08000027")
    card = find(area.layout(made_up, code="E08000027"), html.Table, having="profile")[0]
    rows = [row for row in find(find(card, html.Tbody), html.Tr) if len(row.children) > 1]
    for row, name in zip(rows, QUESTIONS.values(), strict=True):
        shown = [words_of(cell) for cell in find(row, html.Td, having="number")[:3]]
        values = held.xs(name, level="indicator_id")
        assert shown == [f"{values[place]:.0f}%" for place in ("Dudley", "West Midlands", "England")]


@pytest.mark.parametrize(("layout", "code"), [(region.layout, "E12000005"), (area.layout, "E08000027")])
@pytest.mark.parametrize("measure", ["isolate", "absence"])
def test_is_the_same_on_the_trend_in_its_table_and_in_its_view(made_up: Snapshot, layout, code: str, measure: str):
    page = layout(made_up, code=code, measure=measure)
    frame = VIEWS["trend"](made_up, Selection(area_code=code, measure=measure))
    own = frame[frame["role"] == "area"]
    figure = next(chart.figure for chart in find(page, dcc.Graph) if chart.id == "card-trend-graph")
    assert [value for value in figure.data[-1].y if value is not None] == list(own["value"].dropna())
    card = next(one for one in find(page, html.Section, having="card") if one.id == "card-trend")
    rows = find(find(find(card, html.Table), html.Tbody), html.Tr)
    assert [words_of(row.children[1]) for row in rows] == [format_value(row) for row in own.to_dict("records")]
    assert format_value(own.iloc[-1]) in words_of(find(card, html.H2))


def test_is_the_same_among_the_questions_in_their_table_and_in_the_regions_matrix(made_up: Snapshot):
    page = england.layout(made_up, measure="isolate")
    card = next(one for one in find(page, html.Section, having="card") if one.id == "card-answers")
    row = find(find(find(card, html.Table, having="questions"), html.Tbody), html.Tr)[1]
    last = find(find(find(card, html.Table, having="data-table"), html.Tbody), html.Tr)[-1]
    beside = next(one for one in find(page, html.Section, having="card") if one.id == "card-matrix")
    compared = find(find(beside, html.Tbody, having="comparators"), html.Tr)[0]
    shown = words_of(find(compared.children[1], html.Span, having="as-value"))
    assert words_of(find(row, html.Strong)) == words_of(last.children[1]) == f"{shown}%"


def test_is_the_same_in_the_changes_and_in_their_csv(made_up: Snapshot, made_up_client: FlaskClient):
    reply = made_up_client.get("/download/changes.csv?area=E12000005")
    table = pd.read_csv(io.BytesIO(reply.data), encoding="utf-8-sig")
    body = find(find(area_card(made_up, "E12000005"), html.Tbody), html.Tr)
    shown = [words_of(find(cell, html.Strong)) for row in body for cell in find(row, html.Td)]
    assert [text.lower() for text in shown] == [format_points(value) for value in table["change_points"]]


def area_card(snapshot: Snapshot, code: str) -> html.Section:
    """Return the card of an area's changes."""
    return changes_card(snapshot, Selection(area_code=code, measure="deaths"))
