"""NHS England, "COVID-19 weekly announced vaccinations", editions of 1 April, 13 May and 3 June 2021."""

from __future__ import annotations

import datetime as dt

import pytest

MARCH, MAY, MAY_30 = dt.date(2021, 3, 28), dt.date(2021, 5, 9), dt.date(2021, 5, 30)
ENGLAND, BIRMINGHAM, KENT, YORK = "E92000001", "E08000025", "E10000016", "E06000014"
NORTHAMPTONSHIRE, BUCKINGHAMSHIRE, WILTSHIRE = "E10000021", "E06000060", "E06000054"
CITY_OF_LONDON, ISLES_OF_SCILLY, BRACKNELL_FOREST = "E09000001", "E06000053", "E06000036"

# Sheet "Older Adult Care Homes by UTLA", in the order of the editions: vaccinated with at least one dose, and eligible.
OLDER_FIRST = {
    ("residents", ENGLAND): [(275641, 293886), (286767, 302109), (289229, 303710)],
    ("staff", ENGLAND): [(359119, 461436), (389221, 473877), (394163, 471881)],
    ("residents", KENT): [(8243, 8759), (8882, 9311), (9007, 9434)],
    ("staff", NORTHAMPTONSHIRE): [(3995, 5565), (4786, 6475), (5033, 6617)],
    ("residents", BUCKINGHAMSHIRE): [(2540, 2726), (2616, 2770), (2635, 2799)],
    ("residents", YORK): [(967, 994), (1006, 1050), (1026, 1061)],
}
# The same sheet, editions of 13 May and 3 June: with a second dose, and eligible.
OLDER_SECOND = {
    ("residents", ENGLAND): [(235270, 302109), (272202, 303710)],
    ("staff", ENGLAND): [(264661, 473877), (318280, 471881)],
    ("residents", NORTHAMPTONSHIRE): [(2709, 3983), (3469, 4105)],
    ("staff", KENT): [(7846, 14098), (9880, 14138)],
}
# Sheets "Younger Adult Care Homes" (residents) and "Social Care Staff by UTLA", edition of 3 June: one dose, two, all.
MAY_30_OTHERS = {
    ("younger_residents", ENGLAND): (33831, 30219, 37008),
    ("younger_residents", KENT): (1161, 1004, 1274),
    ("younger_staff", ENGLAND): (73809, 58310, 92438),
    ("younger_staff", BIRMINGHAM): (1322, 959, 1970),
    ("home_care_staff", ENGLAND): (321450, 211415, 427737),
    ("home_care_staff", KENT): (9127, 5983, 12391),
    ("other_staff", ENGLAND): (443092, 138615, 596858),
    ("other_staff", BIRMINGHAM): (6368, 1927, 10502),
    ("other_staff", CITY_OF_LONDON): (13, 13, 13),
}


@pytest.fixture(scope="module")
def counts(select):
    """A function from an indicator and an area to its (numerator, denominator) by date."""

    def take(indicator, *, area):
        rows = select(f"vaccination_{indicator}_percent", area=area)
        return {row.date: (row.numerator, row.denominator) for row in rows.itertuples()}

    return take


@pytest.mark.parametrize(("group", "area"), OLDER_FIRST)
def test_reproduces_first_doses_in_older_adult_homes(counts, group, area):
    """All three editions, sheet "Older Adult Care Homes by UTLA", columns of eligible people and of one dose."""
    found = counts(f"older_{group}_first_dose", area=area)
    assert sorted(found) == [MARCH, MAY, MAY_30]
    for date, expected in zip((MARCH, MAY, MAY_30), OLDER_FIRST[group, area], strict=True):
        assert found[date] == expected


@pytest.mark.parametrize(("group", "area"), OLDER_SECOND)
def test_reproduces_second_doses_in_older_adult_homes(counts, group, area):
    """Editions of 13 May and 3 June, sheet "Older Adult Care Homes by UTLA", columns of a second dose."""
    found = counts(f"older_{group}_second_dose", area=area)
    assert found == dict(zip((MAY, MAY_30), OLDER_SECOND[group, area], strict=True))


@pytest.mark.parametrize(("group", "area"), MAY_30_OTHERS)
def test_reproduces_both_doses_elsewhere(counts, group, area):
    """Edition of 3 June, sheets "Younger Adult Care Homes" and "Social Care Staff by UTLA"."""
    first, second, total = MAY_30_OTHERS[group, area]
    assert counts(f"{group}_first_dose", area=area)[MAY_30] == (first, total)
    assert counts(f"{group}_second_dose", area=area) == {MAY_30: (second, total)}


def test_gives_the_shares_that_the_publisher_prints(series):
    """Edition of 3 June, England's rows: 95.23%, 89.63%, 83.53%, 91.42%, 79.85%, 49.43%."""
    printed = {
        "older_residents_first": 95.23,
        "older_residents_second": 89.63,
        "older_staff_first": 83.53,
        "younger_residents_first": 91.42,
        "younger_staff_first": 79.85,
        "home_care_staff_second": 49.43,
    }
    for name, share in printed.items():
        assert round(series(f"vaccination_{name}_dose_percent", area=ENGLAND)[MAY_30], 2) == share


@pytest.mark.parametrize(
    ("homes", "dose", "expected"),
    [
        ("older_homes", "first", {MAY: (10657, 10724), MAY_30: (10639, 10724)}),
        ("older_homes", "second", {MAY: (9391, 10724), MAY_30: (10466, 10724)}),
        ("younger_homes", "first", {MAY_30: (4316, 4342)}),
        ("younger_homes", "second", {MAY_30: (4017, 4342)}),
        ("younger_staff_homes", "second", {MAY_30: (4017, 4342)}),
        ("home_care_providers", "first", {MAY_30: (9694, 10278)}),
        ("home_care_providers", "second", {MAY_30: (9200, 10278)}),
        ("local_authorities", "first", {MAY_30: (151, 151)}),
        ("local_authorities", "second", {MAY_30: (89, 151)}),
    ],
)
def test_reproduces_who_reported(counts, select, homes, dose, expected):
    """Editions of 13 May and 3 June, the tables headed "... Reporting Data": England and nowhere else."""
    indicator = f"{homes}_reporting_{dose}_dose"
    assert counts(indicator, area=ENGLAND) == expected
    assert set(select(f"vaccination_{indicator}_percent")["area_code"]) == {ENGLAND}


def test_counts_the_homes_that_reported(series):
    """Editions of 13 May and 3 June, "Numbers of Older Adult Care Homes Reporting Data"; that of 1 April has none."""
    first = series("vaccination_older_homes_reporting_first_dose_count", area=ENGLAND)
    second = series("vaccination_older_homes_reporting_second_dose_count", area=ENGLAND)
    assert first == {MAY: 10657, MAY_30: 10639}
    assert second == {MAY: 9391, MAY_30: 10466}


def test_keeps_northamptonshire_where_the_editions_list_it(observations):
    """Every edition lists Northamptonshire, which two councils replaced on 1 April 2021, and neither of them."""
    own = observations[observations["source_id"] == "nhs_vaccination"]
    assert (own["area_code"] == NORTHAMPTONSHIRE).any()
    assert not own["area_code"].isin(["E06000061", "E06000062"]).any()
    assert not own["area_code"].isin(["E10000002"]).any(), "Buckinghamshire stands under its code of 2020"


def test_adds_the_east_midlands_up_with_northamptonshire(counts):
    """Edition of 3 June, sheet "Older Adult Care Homes by UTLA": nine authorities' residents with one dose."""
    parts = ["E06000015", "E10000007", "E06000016", "E10000018", "E10000019", NORTHAMPTONSHIRE]
    parts += ["E06000018", "E10000024", "E06000017"]
    found = [counts("older_residents_first_dose", area=area)[MAY_30] for area in parts]
    assert counts("older_residents_first_dose", area="E12000004")[MAY_30] == tuple(map(sum, zip(*found, strict=True)))


def test_loads_no_nhs_region(counts):
    """Edition of 3 June, sheet "Younger Adult Care Homes": NHS London prints 3,743 of 4,172; its South East 6,163."""
    assert counts("younger_residents_first_dose", area="E12000008")[MAY_30] != (6163, 6704)
    # NHS London has the borders of London, so the sum of its boroughs is the same.
    assert counts("younger_residents_first_dose", area="E12000007")[MAY_30] == (3743, 4172)


def test_shows_what_is_being_checked_as_unavailable(select):
    """1 April, sheet "Social Care Staff by UTLA", Wiltshire, Other Settings: "tbc"."""
    row = select("vaccination_other_staff_first_dose_percent", area=WILTSHIRE).iloc[0]
    assert (row["date"], row["status"]) == (MARCH, "x")
    south_west = select("vaccination_other_staff_first_dose_percent", area="E12000009").iloc[0]
    assert (south_west["date"], south_west["status"]) == (MARCH, "x")


def test_shows_second_doses_that_nobody_reported_as_unavailable(select):
    """3 June, sheet "Social Care Staff by UTLA", Other Settings, second dose: a dash for 62 of 151 authorities."""
    rows = select("vaccination_other_staff_second_dose_percent")
    authorities = rows[~rows["area_code"].str.startswith("E12") & (rows["area_code"] != ENGLAND)]
    assert (authorities["status"] == "x").sum() == 62
    assert select("vaccination_other_staff_second_dose_percent", area=NORTHAMPTONSHIRE)["status"].tolist() == ["x"]


@pytest.mark.parametrize(
    ("indicator", "area"),
    [
        ("older_residents_first_dose", ISLES_OF_SCILLY),
        ("younger_staff_first_dose", BRACKNELL_FOREST),
        ("younger_residents_first_dose", CITY_OF_LONDON),
    ],
)
def test_has_no_share_where_there_is_nobody(select, indicator, area):
    """1 April: Isles of Scilly, Bracknell Forest and City of London print 0 of 0 and a dash for the share."""
    row = select(f"vaccination_{indicator}_percent", area=area).iloc[0]
    assert (row["date"], row["status"]) == (MARCH, "z")


def test_knows_no_older_adult_home_in_the_city_of_london(select):
    """Every edition, sheet "Older Adult Care Homes by UTLA": City of London is not there; London adds up without."""
    assert select("vaccination_older_residents_first_dose_percent", area=CITY_OF_LONDON).empty
    assert select("vaccination_older_residents_first_dose_percent", area="E12000007")["status"].tolist() == [""] * 3


def test_does_not_move_the_snapshots_date(snapshot_folder):
    """The newest figure that the snapshot is named after is of the 13 indicators, not of vaccination."""
    assert snapshot_folder.name.startswith("2020-08-10-")
