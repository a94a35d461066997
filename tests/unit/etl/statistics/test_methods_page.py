"""docs/methods.md: every example worked out again, and every module of etl/statistics explained."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, poisson

from etl.statistics.comparison import TOO_FEW, compare_counts, compare_shares
from etl.statistics.contribution import divide_gap
from etl.statistics.false_discovery import select_discoveries
from etl.statistics.funnel import share_limits
from etl.statistics.intervals import byar, wilson
from etl.statistics.moves import chance_of_losses, turn_within
from etl.statistics.paired import mcnemar
from etl.statistics.position import find_percentiles, find_position
from etl.statistics.projection import BASES, COVERAGE_PERCENT, project_winter
from etl.statistics.trend import CAUSES, FEWEST_MOVES, FIRM, LIMIT, RUN, SCREEN, chart_series

ROOT = Path(__file__).resolve().parents[4]
UP, DOWN = "higher is better", "lower is better"


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    """The page's parts by number, each on one line."""
    page = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    return {part.split(".")[0]: " ".join(part.split()) for part in re.split(r"\n## ", page)[1:]}


def says(part, *phrases):
    lacking = [phrase for phrase in phrases if phrase not in part]
    assert lacking == []


def percent(*shares, decimals=1):
    return [f"{100 * float(share):.{decimals}f}".removesuffix(".0") for share in shares]


def test_explains_every_module(parts):
    modules = {file.name for file in (ROOT / "etl" / "statistics").glob("*.py")} - {"__init__.py"}
    named = set(re.findall(r"`etl/statistics/(\w+\.py)`", " ".join(parts.values())))
    assert named == modules


def test_gives_every_method_an_example_its_limits_and_when_it_has_no_answer(parts):
    assert sorted(parts, key=int) == [str(number) for number in range(1, 13)]
    for part in parts.values():
        says(part, "**What it answers.**", "**How.**", "**Example.**", "**Limits.**")
        assert "**No answer**" in part or "**No widening**" in part


def test_compares_as_the_page_says(parts):
    found = compare_shares([80, 79], trials=94, benchmark=0.94, polarity=UP)
    assert found.verdict.tolist() == ["worse", "clearly worse"]
    says(parts["1"], f"{80 / 94:.1%}", f"{10_000 * binom.cdf(80, 94, 0.94):.0f} times in 10,000")
    says(parts["1"], *(f"{100 * p:.2f} in 100" for p in found.p_value))
    assert compare_counts(25, expected=15, polarity=DOWN).verdict == "worse"
    says(parts["1"], f"{100 * poisson.sf(24, 15):.1f} times in 100", f"{200 * poisson.sf(24, 15):.1f} in 100")
    says(parts["1"], f"{100 * 0.92**5:.0f} times in 100")
    homes = np.arange(1, 500)
    best = compare_shares(homes, trials=homes, benchmark=0.99, polarity=UP).verdict == "better"
    says(parts["1"], f"only an area with {homes[best].min()} homes or more")
    assert compare_shares([0, 1], trials=1, benchmark=0.94, polarity=UP).reason.tolist() == [TOO_FEW] * 2


def test_draws_the_funnel_of_the_page(parts):
    lower, upper = share_limits([40, 544], benchmark=0.94, confidence=0.95)
    says(parts["2"], f"between {100 * lower[0]:.1f}% and {100 * upper[0]:.0f}%")
    says(parts["2"], f"between {100 * lower[1]:.1f}% and {100 * upper[1]:.1f}%")
    lower, upper = share_limits(544, benchmark=0.94, confidence=0.95, tau_squared=0.02**2)
    says(parts["2"], f"between {100 * lower:.1f}% and {100 * upper:.1f}%")


def test_ranks_as_the_page_says(parts):
    found = find_position([94, 82, 94, 99, 68, 82, 82], is_highest_first=True)
    assert found.position.tolist() == [2, 4, 2, 1, 7, 4, 4]
    assert find_percentiles([10, 20, 30, 40, 50, 100])[0][:2].tolist() == [22.5, 35]
    says(parts["3"], "joint 2nd", "joint 4th of 7", "lower quartile is 22.5 and the middle 35")


def test_charts_the_weeks_of_the_page(parts):
    chart = chart_series([28, 30, 34, 31, 30, 25, 27.0])
    assert chart.is_provisional.all()
    assert all((at == -1).all() for at in chart.began.values())
    says(parts["4"], f"average is {chart.centre[0]:.1f}", f"{chart.lower[0]:.1f} and {chart.upper[0]:.1f}")
    says(parts["4"], f"{LIMIT} times", f"{SCREEN} times", f"fewer than {FIRM} weeks", f"{RUN} weeks in a row")
    says(parts["4"], f"fewer than {FEWEST_MOVES} steps", *(f"| {kind} |" for kind, _ in CAUSES))


def test_says_how_often_a_steady_series_shows_a_signal(parts):
    began = chart_series(np.random.default_rng(40).normal(size=(20_000, 20))).began
    marked = np.any([at >= 0 for at in began.values()], axis=0)
    assert 100 * marked.any(axis=1).mean() == pytest.approx(15, abs=1)
    assert 100 * marked[:, -1].mean() == pytest.approx(2, abs=0.3)
    says(parts["4"], "about 15 times in 100", "about 2 times in 100")


def test_controls_false_discoveries_as_the_page_says(parts, paper):
    says(parts["6"], f"{13 * 151:,} comparisons", f"about {0.05 * 13 * 151:.0f} may be marked")
    says(parts["6"], f"Of {len(paper)} comparisons {np.sum(np.array(paper) < 0.05)} are under 5 in 100")
    says(parts["6"], f"Taken together, {select_discoveries(paper).sum()} stand")


def test_divides_the_gap_of_the_page(parts):
    found = divide_gap([60, 35, 35, 10], trials=[100, 50, 40, 10], target=0.95)
    says(parts["7"], f"gap is {found.gap_points:.0f} percentage points, or {found.gap_homes:.0f} homes")
    points = [f"{point:g}".replace("-", "−") for point in found.points.round(9)]
    says(parts["7"], f"{points[0]}, {points[1]}, {points[2]} and {points[3]} points")
    says(parts["7"], "{:.0f}, {:.0f}, {:.0f} and {:.0f} homes".format(*found.homes_to_move))


def test_projects_the_winter_of_the_page(parts):
    found = project_winter(6.7)
    says(parts["8"], f"range is {found.rate[0]:.1f}% to {found.rate[1]:.1f}%", f"{COVERAGE_PERCENT}% of regulated")
    says(parts["8"], *(f"{low:,.0f} to {high:,.0f}" for low, high in found.posts.values()))
    says(parts["8"], *(f"{base:,}" for base in BASES.values()))


def test_pairs_homes_as_the_page_says(parts):
    says(parts["9"], f"{100 * mcnemar(12, lost=3):.1f} times in 100", f"{100 * mcnemar(20, lost=5):.2f} in 100")


def test_names_an_area_that_improved_as_the_page_says(parts):
    unnamed, named = 100 * mcnemar(12, lost=3), 100 * mcnemar(20, lost=5)
    assert named < 100 * 0.05 / 5 < unnamed
    says(parts["12"], f"{unnamed:.1f} times in 100", f"{named:.2f} in 100 is below {100 * 0.05 / 5:.0f} in 100")


def test_gives_the_intervals_of_the_page(parts):
    for events, trials, confidence in ((82, 100, 0.95), (82, 100, 0.998), (9, 10, 0.95)):
        low, high = percent(*wilson(events, trials=trials, confidence=confidence))
        says(parts["10"], f"{low}% to {high}%")
    low, high = byar(25, confidence=0.95)
    says(parts["10"], f"25 deaths: {low:.1f} to {high:.1f}")
    says(parts["10"], f"{37 * 0.45:.2f}% to {37 * 0.45 + 55:.2f}%")


def test_finds_sudden_falls_as_the_page_says(parts):
    p = chance_of_losses(5, homes=50, chance=turn_within(0.01, days=7))
    assert p < 0.001 <= chance_of_losses(4, homes=50, chance=turn_within(0.01, days=7))
    says(parts["11"], f"{10_000 * p:.1f} times in 10,000")
    four = turn_within(0.01, days=28)
    needed = next(lost for lost in range(50) if chance_of_losses(lost, homes=50, chance=four) < 0.001)
    says(parts["11"], f"{50 * four:.1f} would turn, and {needed} are needed")
