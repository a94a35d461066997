"""How often chance alone earns a verdict: at the published shares, with the real numbers of homes of 150 authorities.

Areas differ from England by chance alone unless a test says otherwise. Every draw has a seed, so each run is the same.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta, binom, norm

from etl.statistics.comparison import STRENGTHS, compare_shares
from etl.statistics.false_discovery import select_discoveries
from etl.statistics.funnel import assess_shares
from etl.statistics.overdispersion import measure_dispersion, score_shares

NEITHER = "neither is better"
MAY, AUGUST = "2020-05-29", "2020-08-10"
HALVES = [strength / 2 for strength in STRENGTHS]


def count_sides(found, where=True):
    """Verdicts below and above at the first strength, and those at the second."""
    return np.array(
        [
            [np.sum((found.p_value < strength) & (found.is_above == is_above) & where) for is_above in (False, True)]
            for strength in STRENGTHS
        ]
    )


def list_counts(homes):
    """Every count of every area: events and trials, a pair each."""
    return np.concatenate([np.arange(n + 1) for n in homes]), np.repeat(homes, homes + 1)


def test_has_the_real_places_and_shares(authorities, shares):
    assert len(authorities) == 150
    assert (authorities["homes"].min(), authorities["homes"].max()) == (1, 544)
    assert authorities["region_code"].nunique() == 9
    published = np.concatenate([shares[MAY], shares[AUGUST]])
    assert (len(published), published.min(), published.max()) == (26, 0.34, 0.99)


@pytest.mark.parametrize("date", [MAY, AUGUST])
def test_errs_no_more_than_stated_on_either_side_in_any_area(authorities, shares, date):
    homes = authorities["homes"].to_numpy()
    events, trials = list_counts(homes)
    starts = np.cumsum(homes + 1) - homes - 1
    for share in shares[date]:
        found = compare_shares(events, trials=trials, benchmark=share, polarity=NEITHER)
        chance = binom.pmf(events, trials, share)
        for strength, half in zip(STRENGTHS, HALVES, strict=True):
            for is_above in (False, True):
                is_marked = (found.p_value < strength) & (found.is_above == is_above)
                assert np.add.reduceat(np.where(is_marked, chance, 0), starts).max() < half


def test_makes_a_quarter_of_the_false_verdicts_that_the_shortcut_makes(authorities, shares):
    events, trials = list_counts(authorities["homes"].to_numpy())
    z = norm.isf(0.001)
    below = above = exact = 0.0
    for share in shares[AUGUST]:
        chance, reach = binom.pmf(events, trials, share), z * np.sqrt(share * (1 - share) / trials)
        below += chance[events / trials < share - reach].sum()
        above += chance[events / trials > share + reach].sum()
        found = compare_shares(events, trials=trials, benchmark=share, polarity=NEITHER)
        exact += chance[found.p_value < 0.002].sum()
    # Promised: 0.002 x 13 x 150 = 3.9. The shortcut makes about 7, nearly all of them "below".
    assert below + above == pytest.approx(7.1, abs=0.1)
    assert below / (below + above) > 0.95
    assert exact == pytest.approx(1.8, abs=0.1)


@pytest.mark.parametrize("against", ["England", "region"])
def test_errs_no_more_than_stated_against_the_aggregate_that_holds_the_area(authorities, shares, against):
    rng = np.random.default_rng(2020)
    homes = authorities["homes"].to_numpy()
    group = (
        np.zeros(150, dtype=int)
        if against == "England"
        else np.unique(authorities["region_code"], return_inverse=True)[1]
    )
    share = np.concatenate([shares[MAY], shares[AUGUST]])
    yes = rng.binomial(homes, share[:, None], size=(60, 26, 150))
    whole = np.eye(group.max() + 1)[group]
    benchmark = ((yes @ whole) / (homes @ whole))[..., group]
    found = compare_shares(yes, trials=homes, benchmark=benchmark, polarity=NEITHER)
    rates = count_sides(found) / yes.size
    assert (rates <= np.array(HALVES)[:, None]).all()
    # And it still marks: a test that never does would keep any rate.
    assert (rates[0] > 0.008).all()


def answer(rng, homes, share, likeness=0.5):
    """Yes answers by question and area, where the homes that answer one question yes tend to answer the others so."""
    of_home = rng.normal(size=homes.sum()) * np.sqrt(likeness)
    latent = of_home + rng.normal(size=(len(share), homes.sum())) * np.sqrt(1 - likeness)
    limit = norm.ppf(np.repeat(share, homes, axis=-1))
    return np.add.reduceat((latent < limit).astype(int), np.cumsum(homes) - homes, axis=-1)


def test_discovers_nothing_19_times_in_20_where_there_is_nothing(authorities, shares):
    rng = np.random.default_rng(35)
    homes = authorities["homes"].to_numpy()
    share = np.broadcast_to(shares[AUGUST][:, None], (13, 150))
    any_found, at_one_strength = 0, 0
    for _ in range(100):
        yes = answer(rng, homes, share)
        benchmark = yes.sum(axis=1, keepdims=True) / homes.sum()
        found = compare_shares(yes, trials=homes, benchmark=benchmark, polarity=NEITHER)
        any_found += select_discoveries(found.p_value, rate=0.05).any()
        at_one_strength += np.sum(found.p_value < 0.05)
    assert any_found <= 5
    # Without the control some fifty areas of the 1,950 are marked each time.
    assert 40 < at_one_strength / 100 < 98


def test_keeps_the_share_of_false_discoveries_where_some_areas_do_differ(authorities, shares):
    rng = np.random.default_rng(36)
    homes = authorities["homes"].to_numpy()
    false_shares, true_ones = [], 0
    for _ in range(60):
        share, differs = np.repeat(shares[AUGUST][:, None], 150, axis=1), np.zeros((13, 150), dtype=bool)
        for question, england in enumerate(shares[AUGUST]):
            # Some areas lie above and fewer below, so balanced that all others have just the share of England.
            order = rng.permutation(150)
            up, down = order[:24], order[24:32]
            rise = min(0.1, 0.8 * (1 - england))
            fall = rise * homes[up].sum() / homes[down].sum()
            rise *= min(1, 0.6 * england / fall)
            share[question, up] += rise
            share[question, down] -= rise * homes[up].sum() / homes[down].sum()
            differs[question, order[:32]] = True
        yes = answer(rng, homes, share)
        benchmark = yes.sum(axis=1, keepdims=True) / homes.sum()
        found = compare_shares(yes, trials=homes, benchmark=benchmark, polarity=NEITHER)
        selected = select_discoveries(found.p_value, rate=0.05)
        is_true = differs & ((share > shares[AUGUST][:, None]) == found.is_above)
        false_shares.append(np.sum(selected & ~is_true) / max(selected.sum(), 1))
        true_ones += np.sum(selected & is_true)
    assert np.mean(false_shares) <= 0.05
    assert true_ones / 60 > 50


@pytest.mark.parametrize("share", [0.34, 0.68, 0.94, 0.99])
def test_seldom_calls_chance_overdispersed(authorities, share):
    rng = np.random.default_rng(37)
    homes = authorities["homes"].to_numpy()
    called = 0
    for yes in rng.binomial(homes, share, size=(300, 150)):
        z, error = score_shares(yes, trials=homes, benchmark=yes.sum() / homes.sum())
        called += measure_dispersion(z, standard_errors=error).is_overdispersed
    assert called / 300 < 0.075


@pytest.mark.parametrize(("share", "spread"), [(0.34, 0.04), (0.68, 0.04), (0.85, 0.04), (0.94, 0.02)])
def test_brings_verdicts_back_to_the_stated_rate_where_all_areas_vary(authorities, share, spread):
    rng = np.random.default_rng(38)
    homes = authorities["homes"].to_numpy()
    alike = share * (1 - share) / spread**2 - 1
    true = beta(share * alike, (1 - share) * alike).rvs(size=(40, 150), random_state=rng)
    exact, widened = np.zeros((2, 2)), np.zeros((2, 2))
    for yes in rng.binomial(homes, true):
        benchmark = yes.sum() / homes.sum()
        exact += count_sides(compare_shares(yes, trials=homes, benchmark=benchmark, polarity=NEITHER)) / true.size
        found = assess_shares(yes, trials=homes, benchmark=benchmark, polarity=NEITHER).comparison
        widened += count_sides(found) / true.size
    assert exact[0].sum() > 0.08
    assert exact[1].sum() > 5 * 0.002
    assert widened[0].sum() <= 0.05
    assert widened[1].sum() <= 0.003
