"""Every signal of a snapshot worked out again from the numbers shown with it, by formulas written out here."""

from __future__ import annotations

import json
import math

import pytest
from scipy.stats import betabinom, binom

from dashboard.store import Snapshot

P = pytest.approx


def tails(chances, count):
    return min(1.0, 2 * min(chances.cdf(count), chances.sf(count - 1)))


def check_below_england(seen, row):
    share = seen["england_yes"] / seen["england_homes"]
    p = tails(binom(seen["homes"], share), seen["yes"])
    if seen["tau_squared"]:
        together = share * (1 - share) / seen["tau_squared"] - 1
        p = max(p, tails(betabinom(seen["homes"], share * together, (1 - share) * together), seen["yes"]))
    assert seen["p"] == P(p, rel=1e-4)
    assert p < (0.0001 if row["strength"] == "strong" else 0.002)


def check_special_cause(seen, row):
    p = tails(binom(seen["homes"], seen["centre"] / 100), seen["yes"])
    assert seen["p"] == P(p, rel=1e-4)
    assert p < (0.0001 if row["strength"] == "strong" else 0.002)
    assert seen["centre"] - seen["value"] - seen["england_fall"] >= 3


def check_sudden_fall(seen, row):
    chance = 1 - (1 - seen["rate"] / 100) ** (seen["days"] / 7)
    assert seen["p"] == P(binom.sf(seen["lost"] - 1, seen["both"], chance), rel=1e-4)
    assert seen["p"] < 0.001
    assert seen["rate"] == P(max(1.0, seen["england_rate"] or 0) if row["area_code"] != "E92000001" else 1.0)
    net = seen["lost"] - seen["gained"]
    assert net >= 3
    assert seen["points"] == P(100 * net / seen["both"])
    assert seen["points"] >= (15 if row["strength"] == "strong" else 5)


def check_answering(seen, row):
    assert seen["value"] == P(100 * seen["answering"] / seen["homes"])
    assert seen["silent"] == seen["homes"] - seen["answering"] >= 3
    assert seen["value"] < 90 or seen["before"] - seen["value"] >= 10
    assert (row["strength"] == "strong") == (seen["value"] < 75)


def check_rise(seen, row):
    assert seen["p"] == P(binom.sf(seen["recent"] - 1, seen["recent"] + seen["earlier"], 0.5), rel=1e-4)
    assert seen["p"] < 0.002


def check_outbreaks_rising(seen, row):
    check_rise(seen, row)
    assert seen["recent"] >= 5


def check_protective_gap(seen, row):
    check_rise(seen, row)
    assert seen["recent"] >= max(10, 1.5 * seen["earlier"])
    assert seen["rate"] > seen["england_rate"]
    assert seen["value"] == P(100 * seen["yes"] / seen["homes"])
    assert seen["value"] < seen["england"]
    assert seen["p_england"] < (0.002 if row["strength"] == "strong" else 0.05)


def check_absence(seen, row):
    high = seen["fence"] is not None and seen["value"] > seen["fence"]
    rising = seen["centre"] is not None and seen["value"] - seen["centre"] >= 2
    assert high or rising
    if high:
        width = seen["upper_quartile"] - seen["lower_quartile"]
        assert seen["fence"] == P(seen["upper_quartile"] + 1.5 * width)


def check_clinical_lead(seen, row):
    assert seen["short"] == seen["homes"] - seen["yes"] >= 5
    assert 100 * seen["yes"] / seen["homes"] < (60 if row["strength"] == "strong" else 75)


def check_stale_data(seen, row):
    assert seen["age"] > (14 if row["indicator_id"] == "homes_answering_percent" else 28)


def test_can_be_worked_out_again_from_what_is_shown(made_up: Snapshot):
    assert len(made_up.signals) > 5
    for row in made_up.signals.to_dict("records"):
        seen = json.loads(row["evidence"])
        globals()[f"check_{row['rule']}"](seen, row)
        assert row["sentence"]
        assert not math.isnan(row["recommendation"])


def test_covers_every_rule(made_up: Snapshot):
    assert all(f"check_{rule}" in globals() for rule in made_up.signal_rules.index)
