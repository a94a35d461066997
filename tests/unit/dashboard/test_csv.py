from __future__ import annotations

import io

import pandas as pd
import pytest
from flask.testing import FlaskClient
from observed import QUESTION, observe

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
    assert {*COLUMNS, "source", "licence", "snapshot", "note"} == set(table.columns)
    assert set(table["snapshot"]) == {snapshot.id}
    assert set(table["licence"]) == {"CC-BY-4.0"}
    assert (table["source"].str.len() > 20).all()


def test_gives_every_value_in_full(snapshot: Snapshot):
    frame = views.show_deaths(snapshot, Selection(area_code="E08000027", measure="deaths"))
    values = pd.to_numeric(read(write_csv(frame, snapshot))["value"])
    assert list(values) == pytest.approx(list(frame["value"]), rel=1e-12)


@pytest.mark.parametrize("view", [*views.VIEWS, *views.LISTS])
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


def test_says_in_its_name_and_in_every_row_that_it_is_made_up(made_up_client: FlaskClient):
    for view in ("matrix", "profile", "trend", "answers", "changes", "findings"):
        reply = made_up_client.get(f"/download/{view}.csv?area=E08000027&measure=isolate")
        assert f"filename=illustrative-{view}-E08000027-" in reply.headers["Content-Disposition"]
        table = read(reply.get_data(as_text=True))
        assert len(table) > 0
        assert set(table["is_illustrative"]) == {"True"}
        assert set(table["note"]) == {"Illustrative: made up"}
        assert table["source"].str.startswith("The dashboard team: Illustrative").all()


def test_does_not_call_published_figures_made_up(made_up_client: FlaskClient):
    for view in ("measures", "deaths", "ranking", "map"):
        reply = made_up_client.get(f"/download/{view}.csv?area=E12000005")
        assert f"filename={view}-" in reply.headers["Content-Disposition"]
        assert set(read(reply.get_data(as_text=True))["note"]) == {""}


def test_tells_made_up_rows_from_published_ones_in_one_file(made_up_client: FlaskClient):
    table = read(made_up_client.get("/download/headlines.csv?area=E08000027").get_data(as_text=True))
    assert (table["note"].ne("") == table["is_illustrative"].eq("True")).all()
    assert set(table["is_illustrative"]) == {"True", "False"}


def test_carries_who_answered_and_what_the_others_leave_open(snapshot: Snapshot):
    row = read(write_csv(observe(QUESTION | {"source_id": "cqc_deaths"}), snapshot)).iloc[0]
    assert (row["numerator"], row["denominator"], row["not_answered"]) == ("27.0", "37.0", "7.0")
    assert float(row["lower_bound"]) == pytest.approx(100 * 27 / 44)
    assert float(row["answered_percent"]) == pytest.approx(100 * 37 / 44)


def test_gives_lists_in_columns_of_their_own(made_up_client: FlaskClient):
    findings = read(made_up_client.get("/download/findings.csv?area=E08000027").get_data(as_text=True))
    assert {"finding", "what_to_do", "who_can", "rows", "severity"} <= set(findings.columns)
    changes = read(made_up_client.get("/download/changes.csv?area=E08000027").get_data(as_text=True))
    assert {"change_points", "change_same_homes_points", "change_who_answered_points", "n_both"} <= set(changes.columns)
