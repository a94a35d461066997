"""The snapshot's tables: declared columns, types and order, whatever order the rows came in."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl import schema, tables
from etl.catalogue.model import Break, Recommendation, Spotlight
from etl.extract.frame import Refusal

DAY = dt.date(2020, 5, 29)
ASK = {"summary": "Ask.", "owner": "DHSC", "organisations": ["DHSC"], "section": "S", "evidence": "It tells."}


def make_observations(count):
    """Some observations in order, with an unknown value and no limits."""
    rows = {"indicator_id": ["b_count"] * count, "area_code": [f"E0600000{n}" for n in range(count)], "date": DAY}
    words = {"date_text": "", "period": "day", "status": "", "quality": "p", "source_id": "made_up"}
    numbers = dict.fromkeys(["numerator", "denominator", "lower_95", "upper_95", "lower_998", "upper_998"])
    frame = pd.DataFrame(rows | words | numbers).assign(value=[float(n) for n in range(count)])
    frame.loc[0, ["value", "status"]] = [None, "x"]
    return tables.make_observations(frame)


def list_bytes(table):
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def test_gives_the_declared_columns_and_types_in_their_order():
    table = schema.to_arrow("observations", make_observations(3).assign(extra="left out"))
    _, declared = schema.TABLES["observations"]
    assert table.schema == pa.schema([(name, kind) for name, kind, _ in declared])
    assert table.schema.metadata == {b"meaning": b"One row is an indicator in an area on a date."}  # and no pandas
    assert table.schema.field("value").metadata[b"meaning"].startswith(b"The figure in the indicator's unit")


def test_writes_null_where_there_is_no_value():
    row = schema.to_arrow("observations", make_observations(2)).to_pylist()[0]
    assert (row["value"], row["lower_95"], row["not_answered"], row["status"]) == (None, None, None, "x")


def test_marks_nothing_published_as_illustrative():
    table = schema.to_arrow("observations", make_observations(2))
    assert table["is_illustrative"].to_pylist() == [False, False]


@pytest.mark.parametrize("seed", range(5))
def test_repeats_its_bytes_whatever_the_row_order(seed):
    frame = make_observations(9)
    shuffled = frame.sample(frac=1, random_state=seed)
    assert list_bytes(schema.to_arrow("observations", shuffled)) == list_bytes(schema.to_arrow("observations", frame))


def test_keeps_whole_numbers_whole_beside_a_missing_one(areas):
    table = schema.to_arrow("areas", tables.make_areas(areas, is_current=areas["code"] != ""))
    people = dict(zip(table["code"].to_pylist(), table["population"].to_pylist(), strict=True))
    assert people["E06000028"] is None  # Bournemouth, before it was merged
    assert people["E92000001"] == 56_550_138
    assert table.schema.field("population").type == pa.int64()


def test_refuses_a_text_where_a_number_is_declared():
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        schema.to_arrow("observations", make_observations(2).astype({"value": object}).assign(value="3"))


def test_gives_an_indicator_the_numbers_of_its_recommendations(make_catalogue, make_indicator):
    asks = [(3, ["deaths_count"]), (1, ["homes_percent", "deaths_count"]), (2, [])]
    entries = tuple(
        Recommendation(number=n, indicators=ids, data_held="aim" if ids else "none", **ASK) for n, ids in asks
    )
    frame = tables.make_indicators(make_catalogue(recommendations=entries), sources={"made_up"})
    assert frame[["id", "position", "recommendations"]].to_numpy().tolist() == [
        ["deaths_count", 0, "3 1"],
        ["homes_percent", 1, "1"],
    ]
    named = tables.make_recommendations(make_catalogue(recommendations=entries), indicators=list(frame["id"]))
    shown = schema.to_arrow("recommendations", named)
    assert shown["indicators"].to_pylist() == ["deaths_count", "deaths_count homes_percent", ""]


def test_leaves_out_indicators_whose_source_the_snapshot_lacks(make_catalogue):
    assert tables.make_indicators(make_catalogue(), sources=set()).empty


def test_names_every_indicator_that_a_star_stands_for(make_catalogue):
    entry = Recommendation(number=1, indicators=["deaths_*"], data_held="direct", **ASK)
    named = tables.make_recommendations(
        make_catalogue(recommendations=(entry,)), indicators=["deaths_count", "homes_percent", "deaths_per_1000"]
    )
    assert named["indicators"].tolist() == ["deaths_count deaths_per_1000"]
    assert named["data_held"].tolist() == ["direct"]


def test_says_that_no_data_are_held_where_the_snapshot_lacks_every_indicator(make_catalogue):
    entry = Recommendation(number=1, indicators=["deaths_*"], data_held="direct", **ASK)
    named = tables.make_recommendations(make_catalogue(recommendations=(entry,)), indicators=["homes_percent"])
    assert named[["data_held", "indicators"]].to_numpy().tolist() == [["none", ""]]


def test_gives_an_example_its_indicators_and_recommendations(make_catalogue):
    words = {"title": "T", "place": "P", "area_code": "E06000001", "section": "S", "summary": "Done."}
    entry = Spotlight(id="one", indicators=["deaths_*"], recommendations=[3, 12], **words)
    frame = tables.make_spotlights(make_catalogue(spotlights=(entry,)), indicators=["deaths_count", "homes_percent"])
    row = schema.to_arrow("spotlights", frame).to_pylist()[0]
    assert (row["indicators"], row["recommendations"], row["is_spotlight"]) == ("deaths_count", "3 12", True)
    assert schema.to_arrow("spotlights", tables.make_spotlights(make_catalogue(), indicators=[])).num_rows == 0


def test_puts_figures_from_returns_where_their_id_belongs():
    published = make_observations(2)
    returned = {name: published.assign(indicator_id=name, is_illustrative=True) for name in ("a_percent", "c_percent")}
    table = tables.join_observations({"b_count": published} | returned)
    assert table["indicator_id"].to_pylist() == ["a_percent"] * 2 + ["b_count"] * 2 + ["c_percent"] * 2
    assert table["is_illustrative"].to_pylist() == [True, True, False, False, True, True]


def test_accounts_for_every_row_read(make_catalogue, make_extract):
    refusals = (Refusal("a", "One.", 2), Refusal("b", "Two.", 1))
    extract = make_extract(file=Path("published/made_up.csv"), origin="deaths.csv", rows_read=10, refusals=refusals)
    spans = {"made_up": (DAY - dt.timedelta(days=9), DAY)}
    frame = tables.make_sources(make_catalogue(), extracts={"made_up": extract}, spans=spans)
    (row,) = schema.to_arrow("sources", frame).to_pylist()
    assert (row["rows_read"], row["rows_accepted"], row["rows_refused"]) == (10, 7, 3)
    assert (row["data_from"], row["data_to"], row["file"]) == (dt.date(2020, 5, 20), DAY, "deaths.csv")
    assert row["notes"] == "A note.\nAnother."


def test_lists_findings_and_every_rule_that_set_rows_aside(make_extract):
    finding = {"source_id": "made_up", "area_code": "E1", "rule": "r", "severity": "warning", "rows": 1}
    finding |= {"finding": "Differs.", "what_to_do": "Ask.", "who_can": "They"}
    extract = make_extract(refusals=(Refusal("a", "One.", 2), Refusal("none", "Never.", 0)))
    frame = tables.make_quality([finding], extracts={"made_up": extract}, area_code="E92000001")
    assert frame[["rule", "severity", "rows", "area_code"]].to_numpy().tolist() == [
        ["r", "warning", 1, "E1"],
        ["a", "information", 2, "E92000001"],
    ]


def test_makes_an_empty_table_of_findings(make_extract):
    frame = tables.make_quality([], extracts={"made_up": make_extract()}, area_code="E92000001")
    assert schema.to_arrow("quality", frame).num_rows == 0


def test_lists_breaks_oldest_first(make_catalogue):
    common = {"source": "tracker", "what": "W.", "effect": "E.", "indicators": ["ipc_*"]}
    days = {"later": dt.date(2022, 4, 1), "sooner": dt.date(2020, 8, 10)}
    entries = tuple(Break(id=name, date=day, date_text=str(day), **common) for name, day in days.items())
    table = schema.to_arrow("breaks", tables.make_breaks(make_catalogue(breaks=entries)))
    assert table["id"].to_pylist() == ["sooner", "later"]
    assert table["indicators"].to_pylist() == ["ipc_*", "ipc_*"]


@pytest.mark.parametrize("name", schema.TABLES)
def test_explains_every_column(name):
    row, columns = schema.TABLES[name]
    assert row
    assert [column for column, _, meaning in columns if not meaning.endswith(".")] == []
    assert len({column for column, _, _ in columns}) == len(columns)
    assert set(schema.ORDER.get(name, [])) <= {column for column, _, _ in columns}
