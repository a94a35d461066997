"""The carried lookup tables: areas, their outlines, and districts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl.errors import EtlError
from etl.lookups import AREA_COLUMNS, BOUNDARY_COLUMNS, DISTRICT_COLUMNS, make_areas, make_districts, write_lookups

ROOT = Path(__file__).resolve().parents[3]
CARRIED = ROOT / "data" / "lookups"
ONS_FOLDER = ROOT.parent / "shared" / "data" / "lookups"
PERSONS = ["population", "population_65_plus", "population_80_plus"]
AUGUST_2020 = "2020-08-10"


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    table = pd.read_csv(CARRIED / "areas.csv", dtype=str, keep_default_na=False)
    assert list(table.columns) == AREA_COLUMNS
    return table.assign(**{column: pd.to_numeric(table[column]).astype("Int64") for column in PERSONS})


@pytest.fixture(scope="module")
def rings() -> pd.Series:
    """Each ring as an (n, 2) array of whole metres, by area code and ring number."""
    table = pd.read_csv(CARRIED / "boundaries.csv")
    assert list(table.columns) == BOUNDARY_COLUMNS
    return pd.Series(
        {key: rows[["easting_m", "northing_m"]].to_numpy() for key, rows in table.groupby(["area_code", "ring"])}
    )


def valid_authorities(areas: pd.DataFrame, *, on: str) -> pd.DataFrame:
    begun = (areas["valid_from"] == "") | (areas["valid_from"] <= on)
    not_over = (areas["valid_to"] == "") | (areas["valid_to"] >= on)
    return areas[(areas["kind"] == "authority") & begun & not_over]


def twice_signed_area(ring: np.ndarray) -> int:
    x, y = ring[:, 0], ring[:, 1]
    return int((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())


def twice_area(rings: pd.Series, code: str) -> int:
    # Outer rings run one way and holes the other, so the signed sum takes holes off.
    return abs(sum(twice_signed_area(ring) for ring in rings[code]))


def edges(rings: pd.Series, code: str) -> set[frozenset[tuple[int, int]]]:
    points = [[tuple(point) for point in ring.tolist()] for ring in rings[code]]
    return {frozenset(edge) for ring in points for edge in pairwise(ring)}


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2018-06-01", 152),
        ("2019-04-01", 151),
        ("2020-03-31", 151),
        (AUGUST_2020, 151),
        ("2021-04-01", 152),
        ("2023-04-01", 153),
    ],
)
def test_counts_the_authorities_of_a_day(areas: pd.DataFrame, day: str, count: int) -> None:
    assert len(valid_authorities(areas, on=day)) == count


def test_counts_nine_regions_and_one_country(areas: pd.DataFrame) -> None:
    assert areas["kind"].value_counts().to_dict() == {"authority": 161, "region": 9, "country": 1}
    assert areas["code"].is_unique


def test_knows_buckinghamshire_by_two_codes(areas: pd.DataFrame) -> None:
    old, new = (areas.set_index("code").loc[code] for code in ("E10000002", "E06000060"))
    assert (old["valid_to"], new["valid_from"]) == ("2020-03-31", "2020-04-01")
    assert (old["successors"], old["successor_kind"]) == ("E06000060", "same outline")
    assert list(old[PERSONS]) == list(new[PERSONS])


@pytest.mark.parametrize("day", [AUGUST_2020, "2021-04-01", "2023-04-01"])
def test_adds_authorities_up_to_regions_and_england(areas: pd.DataFrame, day: str) -> None:
    authorities = valid_authorities(areas, on=day)
    regions = areas[areas["kind"] == "region"].set_index("code")[PERSONS]
    pd.testing.assert_frame_equal(authorities.groupby("region_code")[PERSONS].sum(), regions, check_names=False)
    assert list(regions.sum()) == list(areas.loc[areas["kind"] == "country", PERSONS].iloc[0])
    assert regions["population"].sum() == 56_550_138  # the published mid-2020 estimate for England


def test_leaves_populations_empty_only_where_districts_do_not_add_up(areas: pd.DataFrame) -> None:
    empty = areas[areas[PERSONS].isna().any(axis=1)]
    assert set(empty["code"]) == {"E06000028", "E06000029", "E10000009"}
    assert (empty["population_year"] == "").all()


def test_names_successors_that_begin_the_day_after(areas: pd.DataFrame) -> None:
    by_code = areas.set_index("code")
    ended = by_code[by_code["valid_to"] != ""]
    assert len(ended) == 8
    for area in ended.itertuples():
        assert area.successor_kind in {"same outline", "split", "merged", "boundary moved"}
        for successor in area.successors.split():
            begins = pd.Timestamp(by_code.loc[successor, "valid_from"])
            assert begins == pd.Timestamp(area.valid_to) + pd.Timedelta(days=1)
    assert (by_code.loc[by_code["valid_to"] == "", ["successors", "successor_kind"]] == "").all(axis=None)


def test_draws_every_area(areas: pd.DataFrame, rings: pd.Series) -> None:
    assert set(rings.index.get_level_values(0)) == set(areas["code"])
    assert min(sum(len(ring) - 1 for ring in rings[code]) for code in areas["code"]) >= 8


def test_closes_every_ring_and_puts_the_largest_first(rings: pd.Series) -> None:
    for ring in rings:
        assert len(ring) >= 4
        assert (ring[0] == ring[-1]).all()
    for code in rings.index.get_level_values(0).unique():
        sizes = [abs(twice_signed_area(ring)) for ring in rings[code]]
        assert sizes == sorted(sizes, reverse=True)
        assert list(rings[code].index) == list(range(len(sizes)))


@pytest.mark.parametrize("day", ["2018-06-01", AUGUST_2020, "2021-04-01", "2023-04-01"])
def test_covers_england_with_authorities_without_gap_or_overlap(
    areas: pd.DataFrame, rings: pd.Series, day: str
) -> None:
    authorities = valid_authorities(areas, on=day)
    assert sum(twice_area(rings, code) for code in authorities["code"]) == twice_area(rings, "E92000001")
    for region, codes in authorities.groupby("region_code")["code"]:
        assert sum(twice_area(rings, code) for code in codes) == twice_area(rings, region)


@pytest.mark.parametrize("day", ["2018-06-01", AUGUST_2020, "2021-04-01", "2023-04-01"])
def test_shares_every_inland_border_edge_for_edge(areas: pd.DataFrame, rings: pd.Series, day: str) -> None:
    outer: set[frozenset[tuple[int, int]]] = set()
    for code in valid_authorities(areas, on=day)["code"]:
        outer ^= edges(rings, code)  # an edge of two neighbours vanishes; what stays must be England's rim
    assert outer == edges(rings, "E92000001")


def test_keeps_a_hole_where_a_city_lies_in_a_county(rings: pd.Series) -> None:
    for county, city in (("E10000018", "E06000016"), ("E10000024", "E06000018")):
        assert edges(rings, city) <= edges(rings, county)
        assert len(rings[county]) == 2


def test_draws_buckinghamshire_the_same_under_both_codes(rings: pd.Series) -> None:
    assert edges(rings, "E10000002") == edges(rings, "E06000060")


@pytest.fixture(scope="module")
def districts() -> pd.DataFrame:
    table = pd.read_csv(CARRIED / "districts.csv", dtype=str, keep_default_na=False)
    assert list(table.columns) == DISTRICT_COLUMNS
    return table


@pytest.mark.parametrize(("day", "count"), [("2020-03-31", 317), ("2020-08-10", 314), ("2021-04-01", 309)])
def test_counts_the_districts_of_a_day(districts: pd.DataFrame, day: str, count: int) -> None:
    begun = (districts["valid_from"] == "") | (districts["valid_from"] <= day)
    not_over = (districts["valid_to"] == "") | (districts["valid_to"] >= day)
    assert (begun & not_over).sum() == count
    assert districts["code"].is_unique


@pytest.mark.parametrize("day", ["2020-03-31", AUGUST_2020, "2021-04-01"])
def test_puts_the_districts_of_a_day_into_the_authorities_of_that_day(
    areas: pd.DataFrame, districts: pd.DataFrame, day: str
) -> None:
    begun = (districts["valid_from"] == "") | (districts["valid_from"] <= day)
    not_over = (districts["valid_to"] == "") | (districts["valid_to"] >= day)
    assert set(districts.loc[begun & not_over, "authority_code"]) == set(valid_authorities(areas, on=day)["code"])


def test_puts_districts_that_ended_into_the_county_of_their_time(districts: pd.DataFrame) -> None:
    ended = districts[districts["valid_to"] == "2020-03-31"]
    assert dict(zip(ended["name"], ended["authority_code"], strict=True)) == {
        "Aylesbury Vale": "E10000002",
        "Chiltern": "E10000002",
        "South Bucks": "E10000002",
        "Wycombe": "E10000002",
    }


def test_names_the_missing_lookup_of_districts(tmp_path: Path) -> None:
    with pytest.raises(EtlError, match=r"ltla20-utla20\.csv is missing\. Give the ONS lookup folder"):
        make_districts(tmp_path)


def test_carries_plain_utf8_with_unix_line_ends() -> None:
    for name in ("areas.csv", "boundaries.csv", "districts.csv"):
        content = (CARRIED / name).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert content.endswith(b"\n")
        assert len(content) < 800_000
        content.decode("utf-8")


def test_names_the_missing_file_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EtlError, match=r"topo\.json is missing\. Give the ONS lookup folder"):
        make_areas(tmp_path)


def test_rebuilds_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("shapely", reason="shapely is a development-only library and is not installed")
    pytest.importorskip("pyproj", reason="pyproj is a development-only library and is not installed")
    if not ONS_FOLDER.is_dir():
        pytest.skip("the ONS lookup folder is not beside the repository")
    rows = write_lookups(source=ONS_FOLDER, target=tmp_path)
    assert set(rows) == {"areas.csv", "boundaries.csv", "districts.csv"}
    for name, count in rows.items():
        content = (tmp_path / name).read_bytes()
        assert content == (CARRIED / name).read_bytes()
        assert content.count(b"\n") == count + 1
