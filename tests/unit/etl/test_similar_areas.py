"""Similar areas, from the areas that the repository carries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl.conform.areas import REFERENCE_DATE, is_valid_on
from etl.similar import WANTED, describe_areas, find_similar_areas, measure_areas

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def boundaries():
    return pd.read_csv(ROOT / "data" / "lookups" / "boundaries.csv")


@pytest.fixture(scope="module")
def authorities(areas):
    return areas[is_valid_on(areas, REFERENCE_DATE) & (areas["kind"] == "authority")]


@pytest.fixture(scope="module")
def care_homes():
    carried = pd.read_csv(ROOT / "data" / "published" / "phe_outbreaks.csv")
    homes = carried[carried["measure"] == "care_homes"]
    codes = homes["area_code"].replace("E10000002", "E06000060")
    return homes.assign(area_code=codes)


@pytest.fixture(scope="module")
def similar(authorities, boundaries, care_homes):
    return find_similar_areas(authorities, boundaries=boundaries, care_homes=care_homes)


# Standard area measurements of ONS, in square kilometres, to the nearest whole one.
@pytest.mark.parametrize(("code", "size"), [("E08000025", 268), ("E10000016", 3544), ("E06000046", 380)])
def test_measures_an_outline_to_within_two_in_a_hundred(boundaries, code, size):
    assert measure_areas(boundaries)[code] == pytest.approx(size, rel=0.02)


def test_gives_ten_to_each_authority_that_has_every_characteristic(similar, authorities):
    counts = similar["area_code"].value_counts()
    assert set(counts) == {WANTED}
    # City of London has no number of care homes.
    assert set(authorities["code"]) - set(counts.index) == {"E09000001"}
    assert "E09000001" not in set(similar["similar_code"])


def test_never_calls_an_area_similar_to_itself(similar):
    assert (similar["area_code"] != similar["similar_code"]).all()


def test_publishes_parts_that_sum_to_the_square_of_the_distance(similar):
    parts = similar.filter(like="part_").sum(axis=1)
    np.testing.assert_allclose(parts, similar["distance"] ** 2, rtol=1e-9)


def test_stands_the_nearest_first(similar):
    for _, own in similar.groupby("area_code"):
        assert own["position"].tolist() == list(range(1, WANTED + 1))
        assert own["distance"].is_monotonic_increasing


def test_finds_neighbours_that_a_director_would_recognise(similar):
    nearest = similar[similar["area_code"] == "E08000025"]["similar_code"].tolist()  # Birmingham
    assert {"E08000003", "E08000035", "E08000026"} & set(nearest), "Manchester, Leeds or Coventry"
    london = similar[similar["area_code"] == "E09000022"]["similar_code"]  # Lambeth
    assert london.str.startswith("E09").all()


def test_leaves_what_is_not_held_null(authorities, boundaries):
    table = describe_areas(authorities, boundaries=boundaries, care_homes=pd.Series({"E08000025": 297.0}))
    assert table["care_homes"].notna().sum() == 1
