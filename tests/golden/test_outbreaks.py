"""PHE, "Number of COVID-19 outbreaks in care homes - Management Information", 23 July 2020."""

from __future__ import annotations

import datetime as dt

import pytest

ENGLAND, BUCKINGHAMSHIRE, CITY_OF_LONDON = "E92000001", "E06000060", "E09000001"

# latest_carehome_outbreaks.ods, sheet Government_office_regions: each week's column added up over the nine regions.
FIRST_WEEK_COMMENCES = dt.date(2020, 3, 9)
ENGLAND_BY_WEEK = [32, 249, 520, 811, 1031, 998, 862, 708, 431, 296, 223, 125, 116, 107, 113, 60, 45, 46, 38]

# The same sheet, in its order: "All outbreaks", "Number of care homes" and the percentage that PHE prints.
REGIONS = {
    "E12000004": (554, 1535, 36.1),
    "E12000006": (808, 1679, 48.1),
    "E12000007": (694, 1385, 50.1),
    "E12000001": (407, 748, 54.4),
    "E12000002": (1055, 1917, 55.0),
    "E12000008": (1273, 2989, 42.6),
    "E12000009": (621, 2041, 30.4),
    "E12000005": (690, 1692, 40.8),
    "E12000003": (709, 1490, 47.6),
}

# Sheet Upper_Tier_Local_authorities, row Buckinghamshire (UTLAApr19CD E10000002).
BUCKINGHAMSHIRE_BY_WEEK = [1, 5, 6, 8, 10, 11, 3, 4, 4, 2, 2, 1, 1, 2, 1, 0, 0, 0, 0]


def weeks_ending() -> list[dt.date]:
    return [FIRST_WEEK_COMMENCES + dt.timedelta(days=7 * week + 6) for week in range(19)]


def test_reproduces_englands_outbreaks_per_week(series):
    """PHE, latest_carehome_outbreaks.ods, sheet Government_office_regions, weeks commencing 9 March to 13 July 2020."""
    assert series("outbreaks_new_count", area=ENGLAND) == dict(zip(weeks_ending(), ENGLAND_BY_WEEK, strict=True))


@pytest.mark.parametrize(("kind", "how_many"), [("region", 9), ("authority", 151)])
def test_adds_up_to_england_from_regions_and_from_authorities(select, areas, kind, how_many):
    """PHE, latest_carehome_outbreaks.ods, sheets Government_office_regions and Upper_Tier_Local_authorities.

    There is no difference to explain: both sheets add up to the same total in each of the 19 weeks.
    """
    rows = select("outbreaks_new_count")
    parts = rows[rows["area_code"].map(areas["kind"]) == kind]
    assert parts["area_code"].nunique() == how_many
    assert parts.groupby("date")["value"].sum().to_dict() == dict(zip(weeks_ending(), ENGLAND_BY_WEEK, strict=True))


def test_adds_up_weeks_to_the_outbreaks_since_the_start(series, select, areas):
    """PHE, latest_carehome_outbreaks.ods, both sheets, column "All outbreaks" against the 19 weeks before it."""
    assert sum(ENGLAND_BY_WEEK) == 6811
    assert series("outbreaks_ever_count", area=ENGLAND) == {dt.date(2020, 7, 19): 6811}
    weekly = select("outbreaks_new_count").groupby("area_code")["value"].sum()
    assert weekly.to_dict() == select("outbreaks_ever_count").set_index("area_code")["value"].to_dict()


@pytest.mark.parametrize("region", REGIONS)
def test_reproduces_a_regions_share_of_homes_at_one_decimal(series, select, region):
    """PHE, latest_carehome_outbreaks.ods, sheet Government_office_regions, column "Percentage of care homes that
    have reported an outbreak" (and "All outbreaks", "Number of care homes")."""
    outbreaks, homes, printed = REGIONS[region]
    row = select("outbreaks_ever_percent", area=region).iloc[0]
    assert (row["numerator"], row["denominator"]) == (outbreaks, homes)
    assert f"{row['value']:.1f}" == f"{printed:.1f}"
    assert series("care_homes_count", area=region) == {dt.date(2020, 7, 19): homes}


def test_gives_no_authority_a_share_of_homes(select, areas):
    """PHE, latest_carehome_outbreaks.ods: shares stand on the region sheets only, never for authorities."""
    for indicator in ("outbreaks_ever_percent", "outbreaks_new_percent"):
        kinds = set(select(indicator)["area_code"].map(areas["kind"]))
        assert kinds == {"region", "country"}


def test_shows_buckinghamshire_under_its_code_of_april_2020(series, observations):
    """PHE, latest_carehome_outbreaks.ods, sheet Upper_Tier_Local_authorities, row Buckinghamshire (E10000002)."""
    expected = dict(zip(weeks_ending(), BUCKINGHAMSHIRE_BY_WEEK, strict=True))
    assert series("outbreaks_new_count", area=BUCKINGHAMSHIRE) == expected
    assert not (observations["area_code"] == "E10000002").any()


def test_says_that_homes_are_not_applicable_in_the_city_of_london(select):
    """PHE, latest_carehome_outbreaks.ods, sheet Upper_Tier_Local_authorities, row City of London: homes "NA"."""
    row = select("care_homes_count", area=CITY_OF_LONDON).iloc[0]
    assert row["status"] == "z"
    assert row["value"] != row["value"], "null, and never zero"
    assert select("outbreaks_new_count", area=CITY_OF_LONDON)["value"].tolist() == [0] * 19


def test_counts_the_homes_of_england_without_the_city_of_london(series, select, areas):
    """PHE, latest_carehome_outbreaks.ods, both sheets, column "Number of care homes": 15,476 either way."""
    assert series("care_homes_count", area=ENGLAND) == {dt.date(2020, 7, 19): 15476}
    rows = select("care_homes_count")
    assert rows.loc[rows["area_code"].map(areas["kind"]) == "authority", "value"].sum() == 15476
