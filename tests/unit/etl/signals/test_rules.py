"""Each rule finds what it is for, and every verdict can be worked out again from the numbers shown with it."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from scipy.stats import betabinom, binom

from etl.conform.areas import ENGLAND
from etl.signals.stage import find_signals
from tests.unit.etl.signals.conftest import COUNCILS, LEAD, MOVES, NEWEST, WEEKS

HERE = COUNCILS[0]


def find(world, rule=None):
    tables = find_signals(world.make(), enquiries=())
    rows = tables["signals"].to_dict("records")
    return [row | {"numbers": json.loads(row["evidence"])} for row in rows if rule in (None, row["rule"])]


def two_sided(x, n, p):
    return min(1, 2 * min(binom.cdf(x, n, p), binom.sf(x - 1, n, p)))


def test_finds_nothing_where_all_is_quiet(world):
    world.change(area_code=HERE, n_both=100.0, yes_to_no=1.0, no_to_yes=1.0)
    world.change(area_code=ENGLAND, n_both=1000.0, yes_to_no=10.0, no_to_yes=10.0)
    world.limit(special_cause="", direction="")
    assert find(world) == []


def test_finds_a_share_clearly_below_england(world):
    world.yes[MOVES][HERE] = 70.0
    [row] = find(world, "below_england")
    seen = row["numbers"]
    england = seen["england_yes"] / seen["england_homes"]
    assert (seen["yes"], seen["homes"], seen["tau_squared"]) == (70, 100, 0)
    assert seen["p"] == pytest.approx(two_sided(70, 100, england), rel=1e-6)
    assert seen["p"] < 0.0001
    assert row["strength"] == "strong"
    needed = next(more for more in range(1, 31) if two_sided(70 + more, 100, england) >= 0.002)
    assert row["to_clear"] == needed
    assert f"when {needed} more of these homes report yes" in row["clears"]
    assert row["homes_short"] == np.ceil(england * 100 - 70)


def test_clears_by_the_widened_verdict_where_authorities_differ_by_more_than_chance(world):
    world.yes[MOVES].loc[:, :] = [40.0, *np.tile([97.0, 80.0, 88.0], 3)]
    [row] = [row for row in find(world, "below_england") if row["area_code"] == HERE]
    seen = row["numbers"]
    share = seen["england_yes"] / seen["england_homes"]
    assert seen["tau_squared"] > 0
    together = share * (1 - share) / seen["tau_squared"] - 1
    wide = betabinom(100, share * together, (1 - share) * together)
    needed = next(more for more in range(1, 61) if 2 * wide.cdf(40 + more) >= 0.002)
    alone = next(more for more in range(1, 61) if two_sided(40 + more, 100, share) >= 0.002)
    assert row["to_clear"] == needed < alone


def test_finds_a_lasting_fall_only_where_chance_at_the_mean_cannot_explain_it(world):
    world.limit()
    assert find(world, "special_cause") == []  # marked on the chart, and 90 of 100 are the mean itself
    world.yes[MOVES].loc[NEWEST, HERE] = 76.0
    [row] = find(world, "special_cause")
    seen = row["numbers"]
    assert seen["p"] == pytest.approx(two_sided(76, 100, seen["centre"] / 100), rel=1e-6)
    assert seen["p"] < 0.002
    assert seen["centre"] - seen["value"] - seen["england_fall"] >= 3
    needed = next(more for more in range(1, 25) if two_sided(76 + more, 100, seen["centre"] / 100) >= 0.002)
    assert row["to_clear"] == needed


def test_leaves_a_fall_of_all_england_to_england(world):
    world.yes[MOVES].loc[NEWEST] = 76.0
    world.limit()
    world.limit(area_code=ENGLAND)
    assert {row["area_code"] for row in find(world, "special_cause")} == {ENGLAND}


@pytest.mark.parametrize(("england_lost", "where"), [(10.0, HERE), (80.0, ENGLAND)])
def test_finds_a_sudden_fall_beyond_the_ordinary_rate(world, england_lost, where):
    world.change(area_code=HERE, n_both=50.0, yes_to_no=6.0, no_to_yes=0.0)
    world.change(area_code=ENGLAND, n_both=1000.0, yes_to_no=england_lost, no_to_yes=10.0)
    rows = find(world, "sudden_fall")
    assert [row["area_code"] for row in rows] == [where]
    for row in rows:
        seen = row["numbers"]
        chance = 1 - (1 - seen["rate"] / 100) ** (seen["days"] / 7)
        assert seen["p"] == pytest.approx(binom.sf(seen["lost"] - 1, seen["both"], chance), rel=1e-6)
        assert seen["points"] == pytest.approx(100 * (seen["lost"] - seen["gained"]) / seen["both"])
        assert seen["expected"] == pytest.approx(seen["both"] * chance)
        if where == HERE:
            assert row["to_clear"] == 2  # with 4 turned chance at 1% explains it


def test_says_nothing_of_two_homes_that_turn(world):
    world.change(area_code=HERE, n_both=10.0, yes_to_no=2.0, no_to_yes=0.0)
    world.change(area_code=ENGLAND, n_both=1000.0, yes_to_no=2.0, no_to_yes=0.0)
    assert find(world, "sudden_fall") == []


def test_finds_few_homes_answering_and_fewer_than_before(world):
    world.answering.loc[NEWEST, HERE] = 88.0
    [row] = find(world, "answering")
    seen = row["numbers"]
    assert 100 * seen["answering"] / seen["homes"] == seen["value"] < 90
    assert seen["before"] - seen["value"] >= 10
    assert row["to_clear"] == 2
    assert row["command"] == f"python -m etl homes --area {HERE} --indicator answering --answer none"


def test_finds_rising_outbreaks(world):
    world.outbreaks.loc[WEEKS[-2] :, HERE] = 8.0
    [row] = find(world, "outbreaks_rising")
    seen = row["numbers"]
    assert (seen["recent"], seen["earlier"]) == (16, 2)
    assert seen["p"] == pytest.approx(binom.sf(15, 18, 0.5))


def test_finds_weak_protection_only_where_risk_rises(world):
    world.yes[MOVES][HERE] = 82.0
    assert find(world, "protective_gap") == []
    world.cases.loc[WEEKS[-2] :, HERE] = 120.0
    [row] = find(world, "protective_gap")
    seen = row["numbers"]
    assert seen["p_england"] < 0.05
    assert seen["recent"] >= 1.5 * seen["earlier"]
    assert seen["rate"] > seen["england_rate"]
    assert seen["p"] == pytest.approx(binom.sf(seen["recent"] - 1, seen["recent"] + seen["earlier"], 0.5), rel=1e-6)


def test_finds_absence_beyond_nearly_all(world):
    world.absence.loc[NEWEST, HERE] = 14.0
    [row] = find(world, "absence")
    seen = row["numbers"]
    fence = seen["upper_quartile"] + 1.5 * (seen["upper_quartile"] - seen["lower_quartile"])
    assert seen["value"] == 14 > fence
    assert f"below {fence:.1f}%" in row["clears"]


def test_finds_homes_without_a_clinical_lead(world):
    world.yes[LEAD][HERE] = 70.0
    [row] = find(world, "clinical_lead")
    seen = row["numbers"]
    assert seen["short"] == seen["homes"] - seen["yes"] == 30
    assert row["to_clear"] == 5
    assert (row["recommendation"], row["owner"]) == (26, "NHSE / CCGs / Primary care networks")


def test_finds_old_answers_and_says_why_a_rule_was_not_tried(world):
    world.age[HERE] = 18.0
    world.newest_outbreak = NEWEST - dt.timedelta(days=35)
    rules = find_signals(world.make(), enquiries=())["signal_rules"].set_index("id")
    assert "too far from 30 October 2020" in rules.at["outbreaks_rising", "reason"]
    assert {(row["area_code"], row["numbers"]["age"]) for row in find(world, "stale_data")} == {
        (HERE, 18),
        (ENGLAND, 35),
    }


def test_says_how_many_figures_each_rule_was_tried_on(world):
    rules = find_signals(world.make(), enquiries=())["signal_rules"].set_index("id")
    assert rules.at["below_england", "tested"] == 2 * len(COUNCILS)
    assert rules.at["clinical_lead", "tested"] == len(COUNCILS) + 1


def test_tells_what_speaks_against_a_signal(world):
    world.yes[MOVES][HERE] = 76.0
    [row] = find(world, "below_england")
    assert "It is similar to its region." in row["contrary"].split("\n")


def test_hides_nothing_that_is_hidden(world):
    world.yes[MOVES].loc[NEWEST, HERE] = np.nan
    assert [row for row in find(world) if row["area_code"] == HERE and row["state"] != "cleared"] == []
