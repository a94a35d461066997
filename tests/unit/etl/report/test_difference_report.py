"""The difference between two snapshots, in words."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.compare_snapshots import Comparison, FigureChange, IndicatorChange, InputChange
from etl.report.difference import Names, describe_comparison

DAY = dt.date(2020, 8, 10)
NAMES = Names(areas={"E08000025": "Birmingham"}, units={"homes_percent": "percent", "deaths_count": "count"})
NOTHING = {"added": 0, "removed": 0, "status": 0, "value": 0, "other": 0, "verdicts": 0}
NOTHING |= {"largest": (), "newest_verdicts": (), "statuses": {}, "causes": ("inputs",)}


def change(name="homes_percent", **changes):
    return IndicatorChange(**({"id": name, "source_id": "homes"} | NOTHING | changes))


def compare(*indicators, inputs=(), versions=None, tables=None, same=10):
    return Comparison("A", "B", tuple(inputs), versions or {}, tables or {}, indicators, same)


def test_says_that_nothing_changed(show):
    assert (
        show(*describe_comparison(compare(), NAMES))[-1] == "No figure changed: 10 figures are the same in everything."
    )
    same = Comparison("A", "A", (), {}, {}, (), 10)
    assert show(*describe_comparison(same, NAMES)) == ["From A to A", "It is the same snapshot."]


def test_counts_changes_and_says_why(show):
    inputs = (InputChange("homes 2020-08-10", "a.csv", "a_v2.csv"), InputChange("homes 2020-08-17", None, "b.csv"))
    found = change(added=160, value=3, verdicts=2)
    lines = show(*describe_comparison(compare(found, inputs=inputs, tables={"changes": (None, 12)}), NAMES))
    assert "homes_percent 160 3 2 inputs changed: 1 added, 1 with other content" in lines
    assert "homes 2020-08-10 with other content a.csv a_v2.csv" in lines
    assert "homes 2020-08-17 added b.csv" in lines
    assert "changes none 12" in lines
    assert lines[-1] == "163 figures and 2 verdicts changed; 10 figures are the same in everything."


@pytest.mark.parametrize(
    ("causes", "words"),
    [
        (("method",), "only the method changed"),
        (("lookups",), "only a lookup changed"),
        (("inputs", "method"), "inputs changed: 1 removed; the method changed"),
        (("code",), "METHOD_VERSION should have been raised"),
    ],
)
def test_tells_inputs_from_method(show, causes, words):
    inputs = (InputChange("homes", "a.csv", None), InputChange("homes_other", "a.csv", None))
    lines = show(*describe_comparison(compare(change(value=1, causes=causes), inputs=inputs), NAMES))
    assert any(words in line for line in lines if line.startswith("homes_percent"))


def test_says_which_version_changed(show):
    lines = show(*describe_comparison(compare(versions={"method_version": (2, 3)}), NAMES))
    assert "The version of the method went from 2 to 3." in lines


def test_says_percentage_points_of_a_percentage_alone(show):
    moved = (FigureChange("E08000025", DAY, "value", 81.25, 69.5),)
    percent = show(*describe_comparison(compare(change(value=1, largest=moved)), NAMES))
    assert "homes_percent E08000025 Birmingham 2020-08-10 81.25 69.5 -11.75 points" in percent
    count = show(*describe_comparison(compare(change("deaths_count", value=1, largest=moved)), NAMES))
    assert "deaths_count E08000025 Birmingham 2020-08-10 81.25 69.5 -11.75" in count


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [(1234.5, 2234.5, "1,234.5 2,234.5 +1,000"), (0.0, 1 / 3, "0 0.333 +0.333"), (1.0, 1.00001, "1 1 +1e-05")],
)
def test_shows_a_number_so_that_its_change_can_be_seen(show, before, after, line):
    moved = (FigureChange("E08000025", DAY, "value", before, after),)
    lines = show(*describe_comparison(compare(change("deaths_count", value=1, largest=moved)), NAMES))
    assert f"deaths_count E08000025 Birmingham 2020-08-10 {line}" in lines


def test_names_verdicts_and_statuses_in_words(show):
    verdict = FigureChange("E08000025", DAY, "versus_region", "", "above")
    found = change(status=12, verdicts=1, newest_verdicts=(verdict,), statuses={("", "c"): 12})
    lines = show(*describe_comparison(compare(found), NAMES))
    assert "homes_percent E08000025 Birmingham 2020-08-10 the region no comparison above" in lines
    assert "homes_percent 12 a value confidential" in lines


def test_lists_twenty_inputs_at_most(show):
    inputs = [InputChange(f"homes {n:03}", None, f"{n}.csv") for n in range(25)]
    lines = show(*describe_comparison(compare(inputs=inputs), NAMES))
    assert sum(line.startswith("homes 0") for line in lines) == 20
    assert "and 5 more" in lines
