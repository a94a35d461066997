"""A number is the same on the card, in the chart, in the table and in the CSV of one view."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from dash import dcc, html
from flask.testing import FlaskClient
from observed import find, words_of

from dashboard.components.headline import headline_row
from dashboard.components.ranking import ranking_table
from dashboard.components.table import data_table
from dashboard.format import format_value
from dashboard.pages import area, england, region, workforce
from dashboard.queries import OBSERVATION
from dashboard.selection import ENGLAND, OFFERED, Selection
from dashboard.store import Snapshot
from dashboard.views import VIEWS

AREAS = ["E92000001", "E12000003", "E12000007", "E08000027", "E06000060", "E09000001", "E06000053", "E10000021"]
BY_MEASURE = ("ranking", "map")


def selections(snapshot: Snapshot, code: str, *, view: str) -> list[Selection]:
    """Return a selection for each measure that the page of the area offers, or its default where none is asked."""
    offered = OFFERED[snapshot.areas.at[code, "kind"]]
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


def test_is_what_the_snapshot_holds_and_nothing_else(snapshot: Snapshot):
    keys = ["indicator_id", "area_code", "date", "date_text"]
    held = snapshot.observations.set_index(keys)["value"]
    for code in AREAS:
        for name, view in VIEWS.items():
            frame = view(snapshot, Selection(area_code=code, measure="deaths"))
            known = frame[frame["value"].notna()]
            assert list(known["value"]) == list(held.loc[pd.MultiIndex.from_frame(known[keys])]), (name, code)
    assert set(OBSERVATION) <= set(snapshot.observations.columns)


def test_draws_pages_without_programs_words(snapshot: Snapshot):
    pages = [england.layout(snapshot), workforce.layout(snapshot), region.layout(snapshot, code="E12000005")]
    pages += [area.layout(snapshot, code=code) for code in AREAS if snapshot.areas.at[code, "kind"] == "authority"]
    for page in pages:
        words = words_of(page).split()
        assert not {"nan", "NaN", "None", "NaT", "nan%", "<NA>"} & set(words)
        assert ENGLAND not in words
