"""The data quality page: what its address asks for, who answers, what became of the rows, and what was found."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from dash import dcc, html
from observed import find, observe, words_of

from dashboard.components.quality_tables import find_shade
from dashboard.measures import ANSWERING
from dashboard.pages import quality
from dashboard.quality import QualityView, quality_path, read_quality
from dashboard.selection import ENGLAND, SelectionError
from dashboard.store import Snapshot
from dashboard.text.quality import describe_age, title_answering
from dashboard.views import LISTS, VIEWS
from dashboard.views.quality import pick_dates

LONDON = "E12000007"


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"measure": "deaths"}, "does not know"),
        ({"region": "E09000001"}, "City of London is not a region"),
        ({"region": "E99999999"}, "no area"),
        ({"severity": "dire"}, "no severity 'dire'"),
        ({"source": "x"}, "no source"),
        ({"who": "The provider"}, "no who"),
    ],
)
def test_refuses_what_it_does_not_know(made_up: Snapshot, query: dict[str, str], problem: str):
    with pytest.raises(SelectionError, match=problem):
        read_quality(made_up, query)


def test_reads_a_region_and_filters(made_up: Snapshot):
    view = read_quality(made_up, {"region": LONDON, "severity": "warning", "who": "the-provider"})
    assert view == QualityView(area_code=LONDON, severity="warning", who="the-provider")
    assert quality_path(ENGLAND) == "/quality"
    assert read_quality(made_up, {"region": quality_path(LONDON).split("=")[1]}).area_code == LONDON


def test_counts_age_from_the_snapshots_date(made_up: Snapshot):
    later = replace(made_up, data_date=made_up.data_date + dt.timedelta(days=10))
    ages = [LISTS["sources"](one, QualityView().selection)["days_before_snapshot"] for one in (made_up, later)]
    assert ((ages[1] - ages[0]) == 10).all()
    assert [describe_age(days) for days in (81, 0, -1)] == ["81 days before", "on the day", "1 day after"]


def test_says_whether_the_rows_of_each_source_add_up(snapshot: Snapshot):
    assert "none is lost" in words_of(quality.layout(snapshot))
    sources = snapshot.sources.copy()
    sources.loc["cqc_deaths", "rows_accepted"] -= 1
    words = words_of(quality.layout(replace(snapshot, sources=sources)))
    assert f"do not add up to those read: {sources.at['cqc_deaths', 'title']}." in words
    assert "none is lost" not in words


def test_says_that_nobodys_answers_are_held_without_returns(snapshot: Snapshot):
    words = words_of(quality.layout(snapshot))
    assert "Homes that answer are counted from returns, and this snapshot holds none." in words


def test_shows_a_regions_councils_and_their_change(made_up: Snapshot):
    selection = QualityView(area_code=LONDON).selection
    now = VIEWS["answering-now"](made_up, selection)
    own = now[now["role"] == "area"]
    assert set(made_up.areas.loc[own["area_code"], "region_code"]) == {LONDON}
    assert set(now.loc[now["role"] == "comparator", "area_code"]) == {LONDON, ENGLAND}
    held = made_up.by_indicator[ANSWERING].set_index(["area_code", "date"])["value"]
    row = own[own["change_points"].notna()].iloc[0]
    before = row["date"] - dt.timedelta(days=28)
    assert row["change_points"] == pytest.approx(row["value"] - held[row["area_code"], before])
    fallen = VIEWS["answering-fell"](made_up, selection)
    lost = own.loc[own["change_points"] < 0, "change_points"].sort_values()
    assert list(fallen["change_points"]) == pytest.approx(list(lost.head(10)))


def test_gives_no_change_across_a_new_duty_to_answer(made_up: Snapshot):
    newest = made_up.by_indicator[ANSWERING]["date"].max()
    breaks = made_up.breaks.copy()
    breaks.loc[breaks["id"] == "completion_mandatory", "date"] = newest - dt.timedelta(days=7)
    now = VIEWS["answering-now"](replace(made_up, breaks=breaks), QualityView().selection)
    assert now["change_points"].isna().all()


def test_names_all_that_tie_as_shown():
    rows = [{"area_name": name, "value": value, "unit": "percent", "decimals": 0} for name, value in
            (("Barnet", 90.4), ("Camden", 89.6), ("Dudley", 95.0))]  # fmt: skip
    assert title_answering(observe(*rows)) == "Barnet and Camden are lowest, with 90% of homes answering"
    assert title_answering(observe(*rows[1:])) == "Camden is lowest, with 90% of homes answering"


def test_shows_few_extracts_all_and_many_a_week_apart():
    days = [dt.date(2021, 6, 1) + dt.timedelta(days=number) for number in range(400)]
    assert pick_dates(days[:20]) == days[:20][::-1]
    shown = pick_dates(days)
    assert shown[0] == days[-1]
    assert len(shown) == 26
    assert {(one - other).days for one, other in pairwise(shown)} == {7}


def test_shades_a_share_as_it_is_shown():
    assert [find_shade(share) for share in (0, 49.4, 49.6, 79.6, 94.4, 95, 100)] == [0, 0, 1, 2, 3, 4, 4]


def test_finds_every_finding_of_the_snapshot_once(made_up: Snapshot):
    selection = QualityView().selection
    by_rule, checks = LISTS["findings-by-rule"](made_up, selection), LISTS["reconciliation"](made_up, selection)
    assert by_rule["rows"].sum() + checks["cases"].sum() == made_up.quality["rows"].sum()
    assert not by_rule.duplicated(["source_id", "rule"]).any()
    row = by_rule[by_rule["councils"] > 1].iloc[0]
    same = made_up.quality[
        (made_up.quality["rule"] == row["rule"]) & (made_up.quality["source_id"] == row["source_id"])
    ]
    assert set(row["area_codes"].split()) == set(same["area_code"])
    page = quality.layout(made_up)
    links = {link.href for link in find(find(page, html.Section), dcc.Link)}
    assert {f"/area/{code}#card-findings" for code in row["area_codes"].split()} <= links


def test_hides_the_findings_that_the_address_leaves_out(made_up: Snapshot):
    page = quality.layout(made_up, severity="warning", who="the-provider")
    rows = [row for row in find(page, html.Tr) if getattr(row, "data-item", None) is not None]
    shown = [row for row in rows if not row.hidden]
    assert 0 < len(shown) < len(rows)
    assert all(words_of(find(row, html.Td)[-1]).strip() == "The provider" for row in shown)
    assert f"{len(shown)} of {len(rows)} findings" in words_of(page)


def test_shows_the_checks_that_do_not_agree(snapshot: Snapshot):
    checks = LISTS["reconciliation"](snapshot, QualityView().selection)
    assert (checks["result"] == "differ").any()
    words = words_of(quality.layout(snapshot))
    agree, differ = ((checks["result"] == result).sum() for result in ("agree", "differ"))
    assert f"{agree} of {len(checks)} checks of totals agree; {differ} differ" in words
    assert "Older residents eligible: England as published differs" in words
