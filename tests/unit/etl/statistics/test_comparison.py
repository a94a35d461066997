"""Verdicts: every count of up to 60 homes by hand, scipy's tails, the edges, and the shortcuts that go wrong."""

from __future__ import annotations

from math import comb, exp, factorial

import numpy as np
import pytest
from scipy.stats import binomtest

from etl.statistics.comparison import (
    ITSELF,
    NO_BENCHMARK,
    NO_COUNT,
    NONE_EXPECTED,
    NOTHING_COUNTED,
    TOO_FEW,
    compare_counts,
    compare_shares,
    count_tails,
    judge,
    share_tails,
    two_sided,
)
from etl.statistics.intervals import wilson

UP, DOWN, NEITHER = "higher is better", "lower is better", "neither is better"


def list_tails(trials, share):
    """Both tails of each count, added up outcome by outcome."""
    chances = [comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(trials + 1)]
    return [(sum(chances[: x + 1]), sum(chances[x:])) for x in range(trials + 1)]


def say(fewer, more, *, below="worse", above="better"):
    side, smaller = (below, fewer) if fewer < more else (above, more)
    return f"clearly {side}" if 2 * smaller < 0.002 else side if 2 * smaller < 0.05 else "similar"


@pytest.mark.parametrize("benchmark", [0.05, 0.34, 0.5, 0.68, 0.92, 0.94, 0.99])
def test_judges_every_count_of_up_to_60_as_adding_up_the_outcomes_does(benchmark):
    events, trials = np.array([(x, n) for n in range(1, 61) for x in range(n + 1)]).T
    found = compare_shares(events, trials=trials, benchmark=benchmark, polarity=UP)
    expected = []
    for n in range(1, 61):
        words = [say(*tails) for tails in list_tails(n, benchmark)]
        expected += words if set(words) != {"similar"} else [""] * (n + 1)
    assert found.verdict.tolist() == expected
    assert ((found.reason == TOO_FEW) == (found.verdict == "")).all()


@pytest.mark.parametrize("mean", [0.3, 1, 4.5, 12, 30])
def test_judges_every_count_as_adding_up_poisson_chances_does(mean):
    chances = [exp(-mean) * mean**k / factorial(k) for k in range(61)]
    expected = [
        say(sum(chances[: x + 1]), 1 - sum(chances[:x]), below="better", above="worse") for x in range(len(chances))
    ]
    assert compare_counts(np.arange(61), expected=mean, polarity=DOWN).verdict.tolist() == expected


@pytest.mark.parametrize(
    ("events", "trials", "share"), [(3, 17, 0.34), (60, 94, 0.68), (2950, 2989, 0.99), (0, 5, 0.3)]
)
def test_has_the_tails_of_scipys_one_sided_tests(events, trials, share):
    fewer, more = share_tails(events, trials=trials, benchmark=share)
    assert fewer == pytest.approx(binomtest(events, trials, share, alternative="less").pvalue, rel=1e-12)
    assert more == pytest.approx(binomtest(events, trials, share, alternative="greater").pvalue, rel=1e-12)


def test_gives_worked_values():
    # 0.92^5 = 0.6590815; 80 of 94 at 94 %; 25 deaths with 15 expected.
    assert share_tails(5, trials=5, benchmark=0.92)[1] == pytest.approx(0.6590815232, rel=1e-12)
    assert compare_shares(80, trials=94, benchmark=0.94, polarity=UP).p_value == pytest.approx(0.00288383, abs=5e-9)
    assert count_tails(25, expected=15)[1] == pytest.approx(0.0111648, abs=5e-8)
    assert count_tails(0, expected=3)[0] == pytest.approx(exp(-3), rel=1e-12)


def test_never_lets_a_count_further_out_have_a_larger_p_value():
    for share in (0.34, 0.68, 0.94):
        p = two_sided(*share_tails(np.arange(61), trials=60, benchmark=share)[:1], more=1.0)
        assert (np.diff(p) >= 0).all()
        found = compare_shares(np.arange(61), trials=60, benchmark=share, polarity=UP)
        assert (np.diff(found.p_value[found.is_above]) <= 0).all()
        assert (np.diff(found.p_value[~found.is_above & (found.p_value < 1)]) >= 0).all()


@pytest.mark.parametrize("benchmark", [0.34, 0.68, 0.94, 0.99])
def test_stands_on_the_side_of_the_benchmark_on_which_the_share_lies(benchmark):
    events, trials = np.array([(x, n) for n in range(1, 61) for x in range(n + 1)]).T
    found = compare_shares(events, trials=trials, benchmark=benchmark, polarity=NEITHER)
    differs = np.isin(found.verdict, ["higher", "lower", "clearly higher", "clearly lower"])
    assert differs.any()
    assert (found.is_above == (events / trials > benchmark))[differs].all()


def test_does_not_call_5_of_5_better_than_92_percent_as_a_shortcut_does():
    # The shortcut: Wilson's interval round the benchmark, with the area's number of homes.
    assert wilson(0.92 * 5, trials=5, confidence=0.95)[1] < 1
    assert compare_shares(5, trials=5, benchmark=0.92, polarity=UP).verdict == "similar"
    assert share_tails(5, trials=5, benchmark=0.92)[1] == pytest.approx(0.66, abs=0.005)


def test_does_not_call_37_of_40_clearly_worse_than_99_percent_as_wilsons_interval_does():
    # Chance alone gives 36 or fewer 7 times in 10,000, and 37 or fewer 75 times: only the first is below 0.001.
    assert wilson(37, trials=40, confidence=0.998)[1] < 0.99
    found = compare_shares([36, 37], trials=40, benchmark=0.99, polarity=UP)
    assert found.verdict.tolist() == ["clearly worse", "worse"]


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        (UP, ["clearly worse", "worse", "similar", "better", "clearly better"]),
        (DOWN, ["clearly better", "better", "similar", "worse", "clearly worse"]),
        (NEITHER, ["clearly lower", "lower", "similar", "higher", "clearly higher"]),
    ],
)
def test_says_what_the_polarity_declares(polarity, words):
    p, is_above = [0.0019, 0.049, 0.05, 0.002, 0.0001], [False, False, True, True, True]
    assert judge(p, is_above=is_above, polarity=polarity).tolist() == words
    assert judge(np.nan, is_above=True, polarity=polarity) == ""


def test_takes_a_polarity_for_each_row():
    found = compare_shares([20, 20, 20], trials=60, benchmark=0.68, polarity=[UP, DOWN, NEITHER])
    assert found.verdict.tolist() == ["clearly worse", "clearly better", "clearly lower"]


def test_gives_a_reason_where_it_gives_no_verdict():
    found = compare_shares(
        [9_000, np.nan, 4, 0, 5, 0],
        trials=[10_000, 10, np.nan, 0, 9, 1],
        benchmark=[0.9, 0.9, 0.9, 0.9, np.nan, 0.92],
        is_itself=[True, False, False, False, False, False],
        polarity=UP,
    )
    assert found.reason.tolist() == [ITSELF, NO_COUNT, NO_COUNT, NOTHING_COUNTED, NO_BENCHMARK, TOO_FEW]
    assert found.verdict.tolist() == [""] * 6
    assert np.isnan(found.p_value).all()
    assert not found.is_above.any()


def test_gives_a_reason_where_no_rate_can_be_compared():
    found = compare_counts(
        [3, np.nan, 3, 0, 2],
        expected=[3, 3, np.nan, 0, 0],
        is_itself=[True, False, False, False, False],
        polarity=DOWN,
    )
    assert found.reason.tolist() == [ITSELF, NO_COUNT, NO_BENCHMARK, NONE_EXPECTED, NONE_EXPECTED]
    assert found.verdict.tolist() == [""] * 5


def test_says_similar_where_everybody_is_the_same():
    # The benchmark holds the area, so at 100 % every home of it answers yes.
    found = compare_shares([7, 0], trials=[7, 7], benchmark=[1.0, 0.0], polarity=UP)
    assert found.verdict.tolist() == ["similar", "similar"]
    assert found.p_value.tolist() == [1, 1]


def test_can_never_call_a_small_area_better_than_99_percent():
    found = compare_shares([300, 368], trials=[300, 368], benchmark=0.99, polarity=UP)
    assert found.verdict.tolist() == ["similar", "better"]


def test_takes_no_rows_and_one():
    assert compare_shares([], trials=[], benchmark=0.9, polarity=UP).verdict.shape == (0,)
    assert compare_counts([], expected=[], polarity=UP).reason.shape == (0,)
    assert compare_shares(12, trials=40, benchmark=0.68, polarity=UP).verdict == "clearly worse"


@pytest.mark.parametrize(("events", "trials"), [(-1, 10), (11, 10), (2.5, 10), (2, 10.5), (1, -1)])
def test_refuses_a_count_that_cannot_be(events, trials):
    with pytest.raises(ValueError, match="whole numbers"):
        compare_shares([1, events], trials=[2, trials], benchmark=0.5, polarity=UP)


@pytest.mark.parametrize("benchmark", [-0.1, 94])
def test_refuses_a_benchmark_that_is_no_share(benchmark):
    with pytest.raises(ValueError, match=r"0\.94, not 94"):
        compare_shares(1, trials=2, benchmark=benchmark, polarity=UP)


@pytest.mark.parametrize(("events", "expected", "words"), [(-1, 2, "whole"), (1.5, 2, "whole"), (1, -2, "expected")])
def test_refuses_a_rate_that_cannot_be(events, expected, words):
    with pytest.raises(ValueError, match=words):
        compare_counts(events, expected=expected, polarity=DOWN)


def test_refuses_a_polarity_that_nobody_declared():
    with pytest.raises(ValueError, match=r"'up'.*higher is better"):
        judge([0.5, 0.5], is_above=True, polarity=[UP, "up"])
