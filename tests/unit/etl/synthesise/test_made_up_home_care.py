"""Made-up home care and the made-up register: as their layouts say, and in step with the care homes."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from recount import AUGUST, LOOKUPS, MAY, find_file, list_weeks, read_moments, read_rows

from etl.conform.areas import is_valid_on, load_areas
from etl.extract.cqc_register import read_register

WEEKS = list_weeks()
EQUIPMENT = ["PPE_Gloves", "PPE_Aprons", "PPE_Masks", "PPE_Eye_Protection", "PPE_Sanitiser"]
SEPTEMBER = dt.date(2020, 9, 1)


@pytest.fixture(scope="module")
def long(make):
    """A clean set over the months in which vaccination began."""
    dates = {"first": MAY, "last": dt.date(2021, 2, 5), "every": dt.timedelta(days=28)}
    return make(homes=2_000, dirt=0.0, **dates)[0]


def read_home_care(folder, date):
    rows = read_rows(find_file(folder, "home_care", date))
    return rows.assign(day=read_moments(rows["CQC_Survey_Last_Updated_UTC"]).dt.date)


def test_has_half_as_many_providers_as_homes_spread_by_population(full):
    rows = read_home_care(full, AUGUST)
    areas = load_areas(LOOKUPS / "areas.csv")
    areas = areas[is_valid_on(areas, AUGUST)].set_index("name")
    assert len(rows) == 7_750
    found = rows.groupby("Local_Authority").size()
    expected = 7_750 * areas["population"] / areas.loc["England", "population"]
    assert set(found.index) == set(expected[(expected > 0.5) & (areas["kind"] == "authority")].index)
    assert (found - expected.reindex(found.index)).abs().max() <= 1


def test_offers_blue_only_in_answers_from_10_august_on(long):
    dates = pd.date_range(MAY, "2021-02-05", freq="28D").date
    blue = pd.concat(
        [
            rows[(rows[EQUIPMENT] == "Blue").any(axis="columns")]
            for rows in (read_home_care(long, date) for date in dates)
        ]
    )
    assert len(blue) > 0
    assert blue["day"].min() >= AUGUST


@pytest.mark.parametrize(
    ("column", "asked"),
    [("Received_Flu_Vaccination", SEPTEMBER), ("Covid_Vaccination_Full_Course", dt.date(2020, 12, 8))],
)
def test_counts_the_vaccinated_once_asked_and_never_more_than_the_employed(long, column, asked):
    for date in pd.date_range(MAY, "2021-02-05", freq="28D").date:
        rows = read_home_care(long, date)
        given = rows[rows[column] != ""]
        assert (given["day"] >= asked).all()
        assert len(rows[(rows["day"] >= asked) & (rows[column] == "")]) == 0
        assert (given[column].astype(int) <= given["CQC_Care_Workers_Employed"].astype(int)).all()
    assert given[column].astype(int).sum() > 0


def test_keeps_colours_from_one_week_to_the_next(weekly):
    before, after = (read_home_care(weekly, date).drop_duplicates("CQC_ID").set_index("CQC_ID") for date in WEEKS[2:4])
    both = before.index.intersection(after.index)
    both = both[(before.loc[both, "PPE_Masks"] != "") & (after.loc[both, "PPE_Masks"] != "")]
    changed = (before.loc[both, EQUIPMENT] != after.loc[both, EQUIPMENT]).to_numpy().mean()
    assert changed < 0.05


def test_reports_problems_where_something_runs_short(full):
    rows = read_home_care(full, MAY)
    given = rows[rows["Has_CQC_PPE_Issues"] != ""]
    short = (given[EQUIPMENT] == "Red").any(axis="columns")
    assert (given.loc[short, "Has_CQC_PPE_Issues"] == "Yes").all()
    assert 0.01 < (given["Has_CQC_PPE_Issues"] == "Yes").mean() < 0.1
    assert 0.8 < len(given) / len(rows) < 1


def test_makes_every_provider_plainly_up(full):
    rows = read_home_care(full, AUGUST)
    assert rows["Location"].str.fullmatch(r"Illustrative home care \d{5}").all()
    assert rows["CQC_ID"].str.fullmatch(r"1-9\d{8}").all()
    assert (rows["Is_Illustrative"] == "Y").all()
    homes = read_rows(find_file(full, "care_homes", AUGUST))
    assert not set(rows["CQC_ID"]) & set(homes["CQC_ID"])


def test_registers_the_open_homes_and_all_providers_on_the_first_of_the_last_month(weekly):
    [file] = (weekly / "cqc-active-locations").glob("*.csv")
    assert file.name == "cqc_active_locations_2020-10-01.csv"
    register = read_register(file).to_pandas()
    homes = read_rows(find_file(weekly, "care_homes", dt.date(2020, 10, 2)))
    closed = set(homes.loc[homes["Overall_Status"] == "Closed", "CQC_ID"])
    registered = register[register["is_care_home"]]
    assert len(closed) >= 2
    assert len(registered) == 600 - len(closed)
    assert not closed & set(registered["location_id"])
    assert set(homes["CQC_ID"]) - closed - {""} <= set(registered["location_id"])
    assert register["is_domiciliary"].sum() == 300
    assert register["is_illustrative"].all()


def test_gives_the_same_beds_and_council_on_the_register_as_in_the_extract(full):
    [file] = (full / "cqc-active-locations").glob("*.csv")
    register = pd.read_csv(file, skiprows=4, dtype=str, keep_default_na=False).set_index("Location ID")
    homes = read_rows(find_file(full, "care_homes", AUGUST)).set_index("CQC_ID")
    homes = homes[homes["Max_Capacity"] != ""]
    assert register.loc[homes.index, "Care homes beds"].eq(homes["Max_Capacity"]).all()
    assert register.loc[homes.index, "Location Local Authority"].eq(homes["Local_Authority"]).all()
    assert register["Location Postal Code"].str.fullmatch(r"ZZ\d{1,2} \dZZ").all()
    assert register["Location Name"].str.startswith("Illustrative ").all()
    nursing = register["Service type - Care home service with nursing"] == "Y"
    assert 0.2 < nursing[register["Care home?"] == "Y"].mean() < 0.35
