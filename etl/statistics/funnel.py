"""Funnels: how far from the benchmark chance can take an area of each size, and verdicts widened where areas vary.

Limits are exact quantiles, interpolated so that the line is smooth, as Spiegelhalter (2005), "Funnel plots for
comparing institutional performance", Statistics in Medicine 24, 1185-1202, does in his appendix. He reads the upper
line off the lower tail, which puts 5 homes of 5 above a 94 % benchmark; here the upper line mirrors the lower one, so
that a point lies outside a line just where the exact verdict says so.

Widened limits keep his additive variance tau^2 between areas. Their tails are those of the beta-binomial (counts: the
negative binomial) with that variance, in place of a normal curve, which runs past 100 % and calls far too many areas
low at the shares of 94 % and 99 % that matter here. Without variance between areas both are the exact ones again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import betabinom, binom, nbinom, poisson

from etl.statistics.comparison import STRENGTHS, Comparison, compare_counts, compare_shares, judge, two_sided
from etl.statistics.overdispersion import Dispersion, measure_dispersion, score_counts, score_shares

WIDENED = "Areas differ by more than chance, so this verdict uses wider limits than chance alone would set."
MOST_OF_ALL = 0.9
"""The largest part of the whole variance p(1 - p) of yes and no that may lie between areas."""
Limits = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Assessment:
    """Verdicts of a set of areas, how the set spreads, and the words beside each verdict that had to be widened."""

    comparison: Comparison
    dispersion: Dispersion
    note: NDArray[np.str_]


def assess_shares(
    events: ArrayLike, *, trials: ArrayLike, benchmark: float, polarity: str, is_itself: ArrayLike = False
) -> Assessment:
    """Return verdicts on the shares of areas of one kind against one benchmark, widened if they are overdispersed.

    One-dimensional arrays, one entry an area, as `compare_shares` takes them; the same errors. A widened p value is
    the larger of the exact one and the beta-binomial one: widening never makes a verdict stronger. Fewer than 5 areas
    are not widened, and `dispersion.reason` says why.
    """
    comparison = compare_shares(events, trials=trials, benchmark=benchmark, polarity=polarity, is_itself=is_itself)
    z, error = score_shares(events, trials=trials, benchmark=benchmark)
    dispersion = measure_dispersion(np.where(comparison.reason == "", z, np.nan), standard_errors=error)
    if not dispersion.is_overdispersed:
        return _leave(comparison, dispersion)
    n = np.asarray(trials, dtype=float)
    return _widen(comparison, dispersion, events, _spread_shares(n, benchmark, dispersion.tau_squared), polarity)


def assess_counts(events: ArrayLike, *, expected: ArrayLike, polarity: str, is_itself: ArrayLike = False) -> Assessment:
    """Return verdicts on the counts of areas of one kind against those expected, widened if they are overdispersed.

    One-dimensional arrays, one entry an area, as `compare_counts` takes them; the same errors. Widened as
    `assess_shares` does, by the negative binomial; tau^2 is the variance of areas' ratios of true to expected count.
    """
    comparison = compare_counts(events, expected=expected, polarity=polarity, is_itself=is_itself)
    z, error = score_counts(events, expected=expected)
    dispersion = measure_dispersion(np.where(comparison.reason == "", z, np.nan), standard_errors=error)
    if not dispersion.is_overdispersed:
        return _leave(comparison, dispersion)
    spread = _spread_counts(np.asarray(expected, dtype=float), dispersion.tau_squared)
    return _widen(comparison, dispersion, events, spread, polarity)


def widen_shares(
    comparison: Comparison,
    events: ArrayLike,
    *,
    trials: ArrayLike,
    benchmark: ArrayLike,
    tau_squared: ArrayLike,
    polarity: ArrayLike,
) -> Comparison:
    """Return the exact verdicts widened by the variance between areas of their own set: many sets in one call.

    Arrays of the comparison's shape, or that broadcast to it; `tau_squared` is 0 where a set is not overdispersed. The
    same verdicts as `assess_shares` gives set by set. Where the exact verdict is "similar" nothing is looked up, for
    widening never makes a verdict stronger, and such a p value stays the exact one.
    """
    x, n, p0, tau = _match(comparison, events, trials, benchmark, tau_squared)
    stands = (comparison.p_value < STRENGTHS[0]) & (tau > 0)
    spread = _spread_shares(n[stands], p0[stands], tau[stands])
    return _widen_some(comparison, stands, x, spread, polarity)


def widen_counts(
    comparison: Comparison, events: ArrayLike, *, expected: ArrayLike, tau_squared: ArrayLike, polarity: ArrayLike
) -> Comparison:
    """Return the exact verdicts on counts widened as `widen_shares` does: many sets in one call."""
    x, mean, tau = _match(comparison, events, expected, tau_squared)
    stands = (comparison.p_value < STRENGTHS[0]) & (tau > 0)
    return _widen_some(comparison, stands, x, _spread_counts(mean[stands], tau[stands]), polarity)


def share_limits(trials: ArrayLike, *, benchmark: float, confidence: float, tau_squared: float = 0.0) -> Limits:
    """Return the lower and upper funnel limits, as shares from 0 to 1, for areas with so many homes.

    An array of whole numbers of homes and a benchmark from 0 to 1; `tau_squared` as measured, to widen. Null, or no
    homes, gives null limits. A share is beyond a limit just where its p value is below 1 - confidence. Raises
    ValueError for a number of homes that cannot be, or a benchmark or confidence outside 0 to 1.
    """
    tail = _tail(confidence)
    n = np.asarray(trials, dtype=float)
    if np.any((n < 0) | (n % 1 > 0)) or not 0 <= benchmark <= 1:
        raise ValueError("limits need whole numbers of homes, and a benchmark share between 0 and 1")
    n = np.where(n > 0, n, np.nan)
    lower, upper = _interpolate(binom(n, benchmark), tail)
    if tau_squared > 0:
        wider = _interpolate(_spread_shares(n, benchmark, tau_squared), tail)
        lower, upper = np.minimum(lower, wider[0]), np.maximum(upper, wider[1])
    return np.maximum(lower / n, 0.0), np.minimum(upper / n, 1.0)


def count_limits(expected: ArrayLike, *, confidence: float, tau_squared: float = 0.0) -> Limits:
    """Return the lower and upper funnel limits, as counts, for areas where so many are expected at the benchmark.

    An array of expected counts; `tau_squared` as measured, to widen. Null, or none expected, gives null limits. A
    count is beyond a limit just where its p value is below 1 - confidence. Raises ValueError for a negative one or a
    confidence outside 0 to 1.
    """
    tail = _tail(confidence)
    mean = np.asarray(expected, dtype=float)
    if np.any(mean < 0):
        raise ValueError("an expected count cannot be negative")
    mean = np.where(mean > 0, mean, np.nan)
    lower, upper = _interpolate(poisson(mean), tail)
    if tau_squared > 0:
        wider = _interpolate(_spread_counts(mean, tau_squared), tail)
        lower, upper = np.minimum(lower, wider[0]), np.maximum(upper, wider[1])
    return np.maximum(lower, 0.0), upper


def _spread_shares(trials: NDArray, benchmark: float | NDArray, tau_squared: float | NDArray):
    """Return counts whose areas' true shares vary by tau^2 round the benchmark: beta-binomial."""
    whole = benchmark * (1 - benchmark)
    homes = whole / np.minimum(tau_squared, MOST_OF_ALL * whole) - 1
    return betabinom(trials, benchmark * homes, (1 - benchmark) * homes)


def _spread_counts(expected: NDArray, tau_squared: float | NDArray):
    """Return counts whose areas' true ratios to the expected count vary by tau^2 round 1: negative binomial."""
    return nbinom(1 / tau_squared, 1 / (1 + expected * tau_squared))


def _interpolate(chances, tail: float) -> Limits:
    """Return where each tail of a frozen distribution of counts reaches `tail`, between whole numbers too.

    Below: with r the smallest count with F(r) >= tail, r - (F(r) - tail) / (F(r) - F(r - 1)); above, the same from
    the other end.
    """
    low, high = chances.ppf(tail), chances.isf(tail)
    with np.errstate(invalid="ignore"):
        lower = low - (chances.cdf(low) - tail) / chances.pmf(low)
        upper = high + (chances.sf(high - 1) - tail) / chances.pmf(high)
    return lower, upper


def _widen(comparison: Comparison, dispersion: Dispersion, events: ArrayLike, chances, polarity: str) -> Assessment:
    x = np.asarray(events, dtype=float)
    has_verdict = comparison.reason == ""
    p_value = np.maximum(comparison.p_value, two_sided(chances.cdf(x), more=chances.sf(x - 1)))
    p_value = np.where(has_verdict, p_value, np.nan)
    verdict = judge(p_value, is_above=comparison.is_above, polarity=polarity)
    note = np.where(has_verdict, WIDENED, "")
    return Assessment(replace(comparison, p_value=p_value, verdict=verdict), dispersion, note)


def _match(comparison: Comparison, *arrays: ArrayLike) -> list[NDArray[np.float64]]:
    return [np.broadcast_to(np.asarray(array, dtype=float), comparison.p_value.shape) for array in arrays]


def _widen_some(
    comparison: Comparison, stands: NDArray[np.bool_], events: NDArray, chances, polarity: ArrayLike
) -> Comparison:
    p_value = comparison.p_value.copy()
    wider = two_sided(chances.cdf(events[stands]), more=chances.sf(events[stands] - 1))
    p_value[stands] = np.maximum(p_value[stands], wider)
    verdict = judge(p_value, is_above=comparison.is_above, polarity=polarity)
    return replace(comparison, p_value=p_value, verdict=verdict)


def _leave(comparison: Comparison, dispersion: Dispersion) -> Assessment:
    return Assessment(comparison, dispersion, np.full(comparison.reason.shape, ""))


def _tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1, such as 0.95")
    return (1 - confidence) / 2
