from __future__ import annotations

import io

import pandas as pd
import pytest
from flask.testing import FlaskClient
from observed import observe

from dashboard import views
from dashboard.export.csv import COLUMNS, disarm, write_csv
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot


def read(text: str) -> pd.DataFrame:
    """Return a CSV as a spreadsheet reads it, every cell as text."""
    return pd.read_csv(io.StringIO(text.removeprefix("\ufeff")), dtype=str, keep_default_na=False)


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_disarms_what_a_spreadsheet_would_run(risky: str):
    assert disarm(risky) == "'" + risky


@pytest.mark.parametrize("plain", ["Dudley", "", "a=b", "10-4"])
def test_leaves_other_words_alone(plain: str):
    assert disarm(plain) == plain


def test_disarms_names_but_not_negative_numbers(snapshot: Snapshot):
    frame = observe({"area_name": "=HYPERLINK(0)", "date_text": "@x", "indicator_name": "+x", "value": -1.5})
    row = read(write_csv(frame, snapshot)).iloc[0]
    assert row["area_name"] == "'=HYPERLINK(0)"
    assert row["date_text"] == "'@x"
    assert row["indicator_name"] == "'+x"
    assert row["value"] == "-1.5"


def test_begins_with_a_mark_for_excel_and_ends_lines_as_the_standard_says(snapshot: Snapshot):
    text = write_csv(observe({}), snapshot)
    assert text.startswith("\ufeffindicator_id,")
    assert text.count("\r\n") == text.count("\n") == 2


def test_carries_status_and_quality_and_leaves_the_value_empty(snapshot: Snapshot):
    frame = observe(*[{"value": None, "status": status, "quality": "u"} for status in ("c", "x", "z", "")])
    table = read(write_csv(frame, snapshot))
    assert list(table["status"]) == ["c", "x", "z", ""]
    assert set(table["quality"]) == {"u"}
    assert set(table["value"]) == {""}


def test_keeps_zero_a_zero(snapshot: Snapshot):
    assert float(read(write_csv(observe({"value": 0.0}), snapshot))["value"].iloc[0]) == 0


def test_names_source_licence_and_snapshot_in_every_row(snapshot: Snapshot):
    frame = views.show_ranking(snapshot, Selection(area_code=ENGLAND, measure="vacancies"))
    table = read(write_csv(frame, snapshot))
    assert set(COLUMNS) | {"source", "licence", "snapshot"} == set(table.columns)
    assert set(table["snapshot"]) == {snapshot.id}
    assert set(table["licence"]) == {"CC-BY-4.0"}
    assert (table["source"].str.len() > 20).all()


def test_gives_every_value_in_full(snapshot: Snapshot):
    frame = views.show_deaths(snapshot, Selection(area_code="E08000027", measure="deaths"))
    values = pd.to_numeric(read(write_csv(frame, snapshot))["value"])
    assert list(values) == pytest.approx(list(frame["value"]), rel=1e-12)


@pytest.mark.parametrize("view", list(views.VIEWS))
def test_answers_every_view_for_a_country_a_region_and_an_authority(client: FlaskClient, view: str):
    for code in ("E92000001", "E12000005", "E08000027", "E09000001"):
        reply = client.get(f"/download/{view}.csv?area={code}")
        assert reply.status_code == 200, (view, code)
        assert reply.mimetype == "text/csv"
        assert f"{view}-{code}-" in reply.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/download/x.csv?area=E92000001", 404, "download"),
        ("/download/map.csv?area=x", 404, "area"),
        ("/download/map.csv", 404, "area"),
        ("/download/map.csv?area=E92000001&measure=x", 400, "measure"),
    ],
)
def test_explains_what_it_cannot_give(client: FlaskClient, path: str, status: int, said: str):
    reply = client.get(path)
    assert reply.status_code == status
    assert said in reply.text
