"""A snapshot of many small authorities, attacked with everything that it publishes: no hidden count is pinned.

ATTACKED says how many hidden cells of each set are bounded: 100 unless told otherwise, or "all" (some minutes).
"""

from __future__ import annotations

import datetime as dt
import math
import os
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from attacker import ANSWERING, ENGLAND, Attack, read_snapshot
from programme import Programme, Sum

from etl.catalogue import load_catalogue
from etl.conform.areas import load_areas
from etl.disclosure.primary import find_primary
from etl.pipeline import Folders, build
from etl.returns.figures import make_figures
from etl.returns.levels import stack
from etl.returns.store import RestrictedStore
from etl.synthesise import synthesise
from tests.made_once import make_once

ROOT = Path(__file__).resolve().parents[2]
LOOKUPS, PUBLISHED = ROOT / "data" / "lookups", ROOT / "data" / "published"
ATTACKED = os.environ.get("ATTACKED", "100")
SEED = 20200810
FIRST, LAST = dt.date(2020, 8, 6), dt.date(2020, 8, 20)
NEAR = 1e-4
"""How near the solver's numbers are to what they stand for."""
COUNTED = ["indicator_id", "area_code", "date", "numerator", "denominator", "not_answered", "not_applicable", "status"]


@pytest.fixture(scope="module", params=[900, 3000], ids="{} homes".format)
def homes(request):
    """With 900 homes nearly every authority is hidden, with 3,000 about half of them."""
    return request.param


@pytest.fixture(scope="module")
def folder(homes, small_published, tmp_path_factory):
    """A made-up set of so many homes in 150 authorities, with much dirt, built and published."""

    def make(folder):
        folders = replace(Folders.below(folder), published=small_published, lookups=LOOKUPS)
        synthesise(
            homes=homes, first=FIRST, last=LAST, every=dt.timedelta(days=7), seed=5, dirt=0.05,
            target=folders.illustrative, lookups=LOOKUPS, published=PUBLISHED,
        )  # fmt: skip
        build(folders, today=dt.date(2026, 11, 24))

    return make_once(tmp_path_factory, f"attacked-{homes}", make)


@pytest.fixture(scope="module")
def tables(folder):
    """What the attacker has."""
    snapshots = folder / "snapshots"
    return read_snapshot(snapshots / (snapshots / "CURRENT").read_text(encoding="utf-8").strip())


@pytest.fixture(scope="module")
def truth(folder):
    """What the attacker has not: every figure, with `is_primary` where it is hidden by itself."""
    catalogue, store = load_catalogue(), RestrictedStore(folder / "restricted")
    areas, parts = load_areas(LOOKUPS / "areas.csv"), []
    for layout in catalogue.returns:
        dates = [day for n in range(15) if store.find(layout.id, day := FIRST + dt.timedelta(days=n))]
        block = stack({date: store.read_counts(layout.id, date) for date in dates}, areas=areas)
        figures = make_figures(block, layout=layout, indicators=catalogue.indicators)
        for indicator in catalogue.indicators:
            if indicator.id in figures:
                frame = figures[indicator.id]
                frame = frame.assign(is_primary=find_primary(frame, indicator=indicator)).astype(object)
                parts.append(frame.reindex(columns=[*COUNTED, "is_primary"]))
    return pd.concat(parts, ignore_index=True).set_index(["indicator_id", "area_code", "date"], drop=False)


@pytest.fixture(scope="module")
def unprotected(tables, truth):
    """An attack on the same figures with no neighbour hidden, and without changes."""
    status = truth["status"].where(~truth["is_primary"].astype(bool), "c")
    given = {"observations": truth.assign(status=status).reset_index(drop=True), "changes": tables["changes"].iloc[:0]}
    return Attack(tables | given, has_findings=False)


def choose(cells, *, regions):
    """A sample of the hidden cells, half of it those that the fewest others hide among; always the same."""
    rng, everyone = random.Random(SEED), sorted(cells, key=str)  # noqa: S311 - nothing to keep secret
    if ATTACKED == "all":
        return everyone
    crowd = Counter((indicator, regions[area], date) for indicator, area, date in everyone)
    rng.shuffle(everyone)
    everyone.sort(key=lambda cell: crowd[cell[0], regions[cell[1]], cell[2]])
    half = int(ATTACKED) // 2
    return everyone[:half] + rng.sample(everyone[half:], min(half, len(everyone) - half))


def is_pinned(ends):
    """Whether there are not two whole numbers, one apart, that the count may be."""
    low, high = ends
    return high - low < 1 - NEAR or math.floor(high + NEAR) - math.ceil(low - NEAR) < 1


def find_truth(truth, key):
    *cell, name = key
    row = truth.loc[tuple(cell)]
    return float(row["denominator"] if name == "below" else row["numerator"])


def check(attack, cells, truth):
    bounds = attack.bound(cells)
    assert len(bounds) >= len(cells)
    wrong = {
        key: ends for key, ends in bounds.items() if not ends[0] - NEAR <= find_truth(truth, key) <= ends[1] + NEAR
    }
    assert wrong == {}, "The attacker has misread the tables: the truth lies outside what he knows."
    assert {key: ends for key, ends in bounds.items() if is_pinned(ends)} == {}


def test_pins_no_answer_and_no_person(tables, truth):
    attack = Attack(tables)
    assert attack.programme.contradictions == []
    assert len(attack.hidden) > 2000
    cells = [cell for cell in attack.hidden if cell[0] != ANSWERING]
    check(attack, choose(cells, regions=attack.regions), truth)


def test_pins_no_number_of_homes_that_answer_without_the_findings(tables, truth):
    attack = Attack(tables, has_findings=False)
    cells = choose([cell for cell in attack.hidden if cell[0] == ANSWERING], regions=attack.regions)
    check(attack, cells if ATTACKED == "all" else cells[::3], truth)


def test_hides_more_than_single_figures(tables, truth):
    hidden = tables["observations"].set_index(["indicator_id", "area_code", "date"])["status"] == "c"
    primary = truth["is_primary"].astype(bool)
    assert set(primary.index[primary]) < set(hidden.index[hidden])


def test_gets_counts_back_where_no_neighbour_is_hidden(unprotected, truth):
    """Without the second hiding the same attacker learns some counts, and learns them right."""
    assert unprotected.programme.contradictions == []
    cells = [cell for cell in unprotected.hidden if cell[0] != ANSWERING]
    bounds = unprotected.bound(choose(cells, regions=unprotected.regions))
    pinned = {key: ends for key, ends in bounds.items() if is_pinned(ends)}
    assert len(pinned) >= 3
    for key, ends in pinned.items():
        assert ends == pytest.approx((find_truth(truth, key),) * 2, abs=NEAR)


def test_gets_back_what_a_subtraction_by_hand_does(unprotected, truth):
    """A lone hidden authority is its region less the others; where nothing is left, every hidden one is 0."""
    hidden, frame = set(unprotected.hidden), truth.reset_index(drop=True)
    frame = frame.assign(
        region=frame["area_code"].map(unprotected.regions),
        is_hidden=[cell in hidden for cell in zip(*(frame[name] for name in COUNTED[:3]), strict=True)],
    )
    tried = 0
    for (indicator, region, date), group in frame.groupby(["indicator_id", "region", "date"]):
        is_region = group["area_code"] == region
        own, total = group[~is_region], group[is_region]
        left = total["numerator"].sum() - own.loc[~own["is_hidden"], "numerator"].sum()
        codes = own.loc[own["is_hidden"], "area_code"].tolist()
        if total["is_hidden"].any() or not codes or (len(codes) > 1 and left) or tried == 5:
            continue
        bounds = unprotected.bound([(indicator, codes[0], date)])
        assert find_truth(truth, next(iter(bounds))) == left
        assert next(iter(bounds.values())) == pytest.approx((left, left), abs=NEAR)
        tried += 1
    assert tried >= 3


def test_gets_a_count_back_where_all_its_neighbours_are_shown_after_all(tables, truth):
    """Authorities hide each other: to show all but one is to show it."""
    attack = Attack(tables, has_findings=False)
    regions, hidden = attack.regions, set(attack.hidden)
    parts = [cell for cell in attack.hidden if cell[1] not in (ENGLAND, regions[cell[1]]) and cell[0] != ANSWERING]
    crowd = Counter((indicator, regions[area], date) for indicator, area, date in parts)
    group = min((group for group in crowd if group not in hidden), key=lambda group: (crowd[group], str(group)))
    *others, last = sorted(cell for cell in parts if (cell[0], regions[cell[1]], cell[2]) == group)
    observations = tables["observations"].reset_index(drop=True)
    is_shown = [cell in others for cell in zip(*(observations[name] for name in COUNTED[:3]), strict=True)]
    numbers = truth.loc[others, COUNTED]
    shown = pd.concat([observations[~np.array(is_shown)], numbers.reset_index(drop=True)])
    bounds = Attack(tables | {"observations": shown}, has_findings=False).bound([last])
    assert {key: pytest.approx((find_truth(truth, key),) * 2, abs=NEAR) for key in bounds} == bounds
    assert not any(is_pinned(ends) for ends in attack.bound([last]).values())


def test_leaves_the_homes_of_hidden_authorities_out_of_wider_changes(tables, homes):
    changes = tables["changes"][tables["changes"]["status"] == ""]
    regions = dict(zip(tables["areas"]["code"], tables["areas"]["region_code"], strict=True))
    names, keys = ["n_both", "no_to_yes", "yes_to_no"], ["indicator_id", "date_from", "date_to", "area_code"]
    is_wider = changes["area_code"].str.match("E12|E92")
    own = changes[~is_wider]
    parts = [own.assign(area_code=code) for code in (own["area_code"].map(regions), ENGLAND)]
    added = pd.concat(parts).groupby(keys)[names].sum()
    wider = changes[is_wider].set_index(keys)[names]
    assert len(wider) > 100 or homes == 900  # where more than a tenth would be left out there is no change
    assert wider.to_dict("index") == added.loc[wider.index].to_dict("index")


def test_gets_a_figure_back_through_the_moves_of_hidden_authorities():
    """What the changes would tell if a region's moves were those of its hidden authorities too.

    Two authorities of 9 homes hide each other at one date and are shown at the next; a third is shown at both. If the
    region says that all homes answered twice and none moved, the shown figures are the hidden ones.
    """
    regions = {"E06000001": "E12000001", "E06000002": "E12000001", "E06000003": "E12000001", "E12000001": "E12000001"}
    days = (dt.date(2020, 8, 10), dt.date(2020, 8, 17))
    counts = {"E06000001": (4, 9), "E06000002": (6, 9), "E06000003": (9, 30), "E12000001": (19, 48)}
    counts[ENGLAND] = counts["E12000001"]
    figures = [
        ("ppe_percent", area, day, yes, homes, 0, 0, "c" if homes == 9 and day == days[0] else "")
        for area, (yes, homes) in counts.items()
        for day in days
    ]
    changes = [
        (
            "ppe_percent",
            area,
            *days,
            *((math.nan,) * 6 if homes == 9 else (homes,) * 3 + (0,) * 3),
            "c" if homes == 9 else "",
        )
        for area, (_, homes) in counts.items()
    ]
    names = ["indicator_id", "area_code", "date_from", "date_to", "n_from", "n_to", "n_both"]
    names += ["no_to_yes", "yes_to_no", "change_points", "status"]
    tables = {
        "areas": pd.DataFrame({"code": [*regions, ENGLAND], "region_code": [*regions.values(), ""]}),
        "observations": pd.DataFrame(figures, columns=COUNTED),
        "changes": pd.DataFrame(changes, columns=names),
    }
    cell = ("ppe_percent", "E06000001", days[0])
    assert Attack(tables, has_findings=False).bound([cell]) == {(*cell, "yes"): pytest.approx((4, 4), abs=NEAR)}
    is_wider = tables["changes"]["area_code"].isin(["E12000001", ENGLAND])
    declared = tables["changes"].assign(n_both=np.where(is_wider, 30, tables["changes"]["n_both"]))
    (ends,) = Attack(tables | {"changes": declared}, has_findings=False).bound([cell]).values()
    assert ends == pytest.approx((0, 10), abs=NEAR)


def test_knows_a_sum_and_nothing_of_its_parts():
    programme = Programme()
    left, right = programme.unknown(("left",)), programme.unknown(("right",))
    programme.say_equal(left + right, 7.0)
    programme.say_at_most(left, Sum({}, 5.0))
    found = programme.bound({("left",): left, ("right",): right, ("both",): left + right})
    assert found == {("left",): (0, 5), ("right",): (2, 7), ("both",): (7, 7)}
