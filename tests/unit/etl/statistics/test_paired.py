"""McNemar's test: exact for few moves, chi-squared for many, against scipy's own counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2

from etl.statistics.paired import EXACT_BELOW, mcnemar


@pytest.mark.parametrize(("gained", "lost"), [(5, 0), (0, 5), (12, 12), (20, 4), (1, 0)])
def test_gives_the_exact_binomial_tails_below_25_moves(gained, lost):
    assert mcnemar(gained, lost=lost) == pytest.approx(binomtest(gained, gained + lost, 0.5).pvalue, rel=1e-12)


def test_gives_chi_squared_from_25_moves_on():
    # (20 - 5)^2 / 25 = 9 on one degree of freedom.
    assert mcnemar(20, lost=5) == pytest.approx(0.0026997960632601866, rel=1e-9)
    assert mcnemar(30, lost=10) == pytest.approx(chi2.sf(10.0, 1), rel=1e-12)


def test_finds_nothing_where_nobody_moved():
    assert mcnemar(0, lost=0) == 1


def test_leaves_the_unknown_unknown():
    assert np.isnan(mcnemar([np.nan, 3], lost=[2, np.nan])).all()


def test_refuses_a_negative_count():
    with pytest.raises(ValueError, match="negative"):
        mcnemar(-1, lost=3)


@given(st.integers(0, 60), st.integers(0, 60))
def test_does_not_care_which_way_is_called_gained(one, other):
    p = mcnemar(one, lost=other)
    assert p == mcnemar(other, lost=one)
    assert 0 <= p <= 1


@given(st.integers(0, EXACT_BELOW - 2))
def test_never_calls_one_more_move_the_same_way_less_telling(moves):
    assert mcnemar(moves + 1, lost=0) <= mcnemar(moves, lost=0)
