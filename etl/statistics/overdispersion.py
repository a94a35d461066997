"""Overdispersion: whether areas differ from each other by more than chance, and by how much.

Care homes of one council share a provider, a hospital, an outbreak. Where every area differs a little for such
reasons, chance alone is too narrow a measure of what is ordinary.

Source: Spiegelhalter (2005), "Handling over-dispersion of performance indicators", Quality and Safety in Health Care
14, 347-351, and "Funnel plots for comparing institutional performance", Statistics in Medicine 24, 1185-1202:
winsorised scores, their mean square phi against chi-squared, and an additive variance tau^2 between areas. One thing
is put right here. Drawing in the extremes shrinks the mean square to 0.68 by chance alone; he lets it stand, so that
tau comes out a third too small and areas that differ by 2 points go unseen. phi is divided by that 0.68, and
chi-squared has the degrees of freedom that the drawing in leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm

WINSORISED = 0.1
"""Share of the scores at each end that is drawn in to the next one, so that a few true outliers widen nothing."""
FEWEST_AREAS = 5
LEVEL = 0.05
TOO_FEW_AREAS = f"Fewer than {FEWEST_AREAS} areas: too few to tell whether they differ by more than chance."


def measure_winsorised() -> tuple[float, float]:
    """Return the mean square of winsorised standard normal scores, and the degrees of freedom that each is worth.

    By integration, and by the influence of a score on the mean square: through itself, and through the percentile
    that the extremes are drawn in to. 0.678655 and 0.711340 for a tenth at each end.
    """
    end = norm.isf(WINSORISED)
    inside = 1 - 2 * WINSORISED
    second = inside - 2 * end * norm.pdf(end)
    fourth = 3 * second - 2 * end**3 * norm.pdf(end)
    mean = second + 2 * WINSORISED * end**2
    through = 2 * WINSORISED * end / norm.pdf(end)
    shift = mean + 2 * WINSORISED * through
    variance = fourth - 2 * shift * second + inside * shift**2
    variance += 2 * WINSORISED * (end**2 - mean + inside * through) ** 2
    return float(mean), float(2 * mean**2 / variance)


KEPT, FREEDOM = measure_winsorised()


@dataclass(frozen=True)
class Dispersion:
    """How areas spread round their benchmark; phi is near 1 by chance alone.

    Without a `reason`, `tau_squared` is the variance between areas in the square of the figure's unit: 0 unless
    `is_overdispersed`. With one, phi and the p value are null and nothing is widened.
    """

    areas: int
    phi: float
    p_value: float
    is_overdispersed: bool
    tau_squared: float
    reason: str


def measure_dispersion(scores: ArrayLike, *, standard_errors: ArrayLike) -> Dispersion:
    """Return whether areas differ from their benchmark by more than chance, and the variance between them.

    `scores` are z scores, one an area: (figure - benchmark) / standard error by chance, with the errors beside them;
    one-dimensional, null where an area has none. phi is the mean square of the winsorised scores over KEPT. With f =
    FREEDOM, f x areas x phi is set against chi-squared with f x (areas - 1) degrees: the areas set the benchmark.
    With weights w = 1 / error^2: tau^2 = (areas x phi - (areas - 1)) / (sum w - sum w^2 / sum w). Fewer than 5 areas
    give a reason. Raises ValueError for an error that is not positive beside a score.
    """
    z, error = np.broadcast_arrays(np.asarray(scores, dtype=float), np.asarray(standard_errors, dtype=float))
    given = ~np.isnan(z)
    z, error = z[given], error[given]
    if not np.all(error > 0):
        raise ValueError("a score needs a standard error above 0")
    areas = len(z)
    if areas < FEWEST_AREAS:
        return Dispersion(areas, np.nan, np.nan, False, 0.0, TOO_FEW_AREAS)
    phi = float(np.mean(winsorise(z) ** 2)) / KEPT
    p_value = float(chi2.sf(FREEDOM * areas * phi, FREEDOM * (areas - 1)))
    if p_value >= LEVEL:
        return Dispersion(areas, phi, p_value, False, 0.0, "")
    weight = 1 / error**2
    room = weight.sum() - (weight**2).sum() / weight.sum()
    return Dispersion(areas, phi, p_value, True, float((areas * phi - (areas - 1)) / room), "")


def winsorise(scores: ArrayLike) -> NDArray[np.float64]:
    """Return scores with the lowest and highest tenth drawn in to the 10th and 90th percentile; no nulls."""
    z = np.asarray(scores, dtype=float)
    return np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))


def score_shares(
    events: ArrayLike, *, trials: ArrayLike, benchmark: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return z scores of shares and their standard errors, as shares from 0 to 1, by chance at the benchmark.

    The plain scale: at 99 % a variance-stabilising one (arcsine) would call chance itself overdispersed. Null where a
    number is missing, nothing was counted, or the benchmark is 0 or 1 and leaves chance no room.
    """
    x, n, p = np.broadcast_arrays(*(np.asarray(array, dtype=float) for array in (events, trials, benchmark)))
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(p * (1 - p) / n)
        z = (x / n - p) / error
    is_scored = np.isfinite(z) & (error > 0)
    return np.where(is_scored, z, np.nan), np.where(is_scored, error, np.nan)


def score_counts(events: ArrayLike, *, expected: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return z scores of the ratios of counts to those expected, and the ratios' standard errors by chance.

    Null where a number is missing or none is expected.
    """
    x, mean = np.broadcast_arrays(*(np.asarray(array, dtype=float) for array in (events, expected)))
    with np.errstate(divide="ignore", invalid="ignore"):
        error = 1 / np.sqrt(mean)
        z = (x / mean - 1) / error
    is_scored = np.isfinite(z)
    return np.where(is_scored, z, np.nan), np.where(is_scored, error, np.nan)
