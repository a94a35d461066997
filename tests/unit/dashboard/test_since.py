"""What changed in an area since a day or an older snapshot, and the one thing to watch there."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
import pytest
from flask.testing import FlaskClient
from observed import find, words_of

from dashboard import views
from dashboard.components.since import since_card
from dashboard.measures import DEFAULT_MEASURE, QUESTIONS
from dashboard.selection import Selection, SelectionError
from dashboard.since import find_since, list_days, read_area_view
from dashboard.store import Snapshot
from dashboard.views.since import judge_by_day, judge_by_snapshot, pick_kind
from dashboard.views.watch import find_watch, list_near

BIRMINGHAM, WEST_MIDLANDS = "E08000025", "E12000005"


def choose(code: str, since: str = "") -> Selection:
    return Selection(area_code=code, measure=DEFAULT_MEASURE, since=since)


def test_tells_of_a_week_unless_the_address_says_otherwise(made_up: Snapshot, snapshot: Snapshot):
    assert find_since(made_up, "").day == made_up.data_date - dt.timedelta(days=7)
    first = list_days(made_up)[-1]
    assert find_since(made_up, first.isoformat()).day == first
    assert find_since(snapshot, "").day <= snapshot.data_date - dt.timedelta(days=7)


@pytest.mark.parametrize("word", ["2020-01-01", "yesterday", "2020-13-45", "../../etc"])
def test_explains_a_since_that_is_not_there(made_up: Snapshot, word: str):
    with pytest.raises(SelectionError, match="Days with figures: "):
        read_area_view(made_up, {"since": word}, page="authority", area=BIRMINGHAM)


def test_answers_with_a_page_that_explains_a_bad_since(made_up_client: FlaskClient, made_up: Snapshot):
    day = list_days(made_up)[1]
    assert made_up_client.get(f"/area/{BIRMINGHAM}?since={day}").status_code == 200
    for word in ("2020-01-01", made_up.id, "2020-10-30-000000000000"):
        assert made_up_client.get(f"/region/{WEST_MIDLANDS}?since={word}").status_code == 404, word
    assert made_up_client.get("/?since=2020-01-01").status_code == 404
    rows = made_up_client.get(f"/download/since.csv?area={BIRMINGHAM}&since={day}")
    assert rows.status_code == 200
    assert made_up_client.get(f"/download/since.csv?area={BIRMINGHAM}&since=nonsense").status_code == 400


def test_tells_the_figures_that_moved_with_the_test_of_the_same_homes(made_up: Snapshot):
    day = list_days(made_up)[0]
    frame = views.LISTS["since"](made_up, choose(BIRMINGHAM, day.isoformat()))
    figures = pick_kind(frame, "figure")
    held = made_up.observations.set_index(["indicator_id", "area_code", "date"])["value"]
    told = figures["indicator_id"].isin(QUESTIONS.values())
    assert told.any()
    for row in figures.to_dict("records"):
        now, was = (held[row["indicator_id"], BIRMINGHAM, row[name]] for name in ("date_to", "date_from"))
        assert row["change"] == pytest.approx(now - was)
        assert abs(row["change"]) >= 10.0 ** -row["decimals"] - 1e-9
    pairs = made_up.changes.set_index(["indicator_id", "area_code", "date_from", "date_to"]).sort_index()
    tested = figures[figures["p_value"].notna()]
    for row in tested.to_dict("records"):
        pair = pairs.loc[(row["indicator_id"], BIRMINGHAM, row["date_from"], row["date_to"])]
        assert (row["n_both"], row["p_value"]) == (pair["n_both"], pair["p_value"])
        assert f"Of {pair['n_both']:,.0f} homes" in row["how_sure"]
    untested = figures[figures["p_value"].isna()]
    assert untested["how_sure"].str.startswith("No test").all()
    # Nothing that moved is left out.
    other = [name for name in QUESTIONS.values() if name not in set(figures["indicator_id"])]
    assert all(
        abs(held[name, BIRMINGHAM, made_up.data_date] - held[name, BIRMINGHAM, day]) < 1 + 1e-9 for name in other
    )


def test_says_plainly_that_nothing_changed(made_up: Snapshot):
    day = made_up.data_date - dt.timedelta(days=7)
    still = replace(
        made_up,
        observations=made_up.observations[made_up.observations["date"] <= day],
        signals=made_up.signals.head(0),
    )
    card = since_card(still, choose(BIRMINGHAM))
    assert words_of(find(card, type(card.children[0]))[0]).startswith("Nothing moved since")
    assert "no verdict against England changed" in words_of(card)


def signals(*rows: dict) -> pd.DataFrame:
    day = dt.date(2020, 10, 30)
    base = {"signal_id": "a", "state": "continuing", "strength": "clear", "since": dt.date(2020, 9, 4), "date": day}
    return pd.DataFrame([base | {"cleared_on": None} | row for row in rows])


def test_tells_new_grown_and_cleared_signals_by_day_and_by_snapshot(made_up: Snapshot):
    day = dt.date(2020, 10, 23)
    now = signals(
        {"signal_id": "old"}, {"signal_id": "came", "since": dt.date(2020, 10, 30), "state": "new"},
        {"signal_id": "grew", "state": "stronger", "strength": "strong"},
        {"signal_id": "went", "state": "cleared", "cleared_on": dt.date(2020, 10, 30)},
        {"signal_id": "long gone", "state": "cleared", "cleared_on": dt.date(2020, 10, 16)},
    )  # fmt: skip
    assert judge_by_day(now, day) == ["", "new", "stronger", "cleared", ""]
    before = signals({"signal_id": "old"}, {"signal_id": "grew"}, {"signal_id": "went"})
    assert judge_by_snapshot(now, replace(made_up, signals=before)) == ["", "new", "stronger", "cleared", ""]


def test_watches_the_figure_that_is_nearest_to_its_rule(made_up: Snapshot):
    name = "absence_care_workers_percent"
    spread = made_up.spread[(made_up.spread["indicator_id"] == name) & (made_up.spread["date"] == made_up.data_date)]
    row = spread.iloc[0]
    fence = row["upper_quartile"] + 1.5 * (row["upper_quartile"] - row["lower_quartile"])
    value = row["median"] + 0.95 * (fence - row["median"])
    is_it = (made_up.observations["indicator_id"] == name) & (made_up.observations["area_code"] == BIRMINGHAM)
    observations = made_up.observations.copy()
    observations.loc[is_it & (observations["date"] == made_up.data_date), "value"] = value
    near = replace(made_up, observations=observations, signals=made_up.signals.head(0))
    assert json.loads(made_up.signal_rules.at["absence", "thresholds"])["fence"] == 1.5
    found = list_near(near, [BIRMINGHAM]).set_index("rule").loc[["absence"]].iloc[0]
    assert (found["bar"], found["way"]) == (pytest.approx(fence), pytest.approx(0.95))
    watch = find_watch(near, BIRMINGHAM)
    assert watch.text == f"Watch care workers absent: {value:.1f}%, and a signal above {fence:.1f}%."
    assert watch.is_illustrative
    far = replace(near, signal_rules=made_up.signal_rules.drop(columns="thresholds"))
    assert find_watch(far, BIRMINGHAM) is None
