"""The report's recommendations and examples: each there, with its printed owner, linked both ways to what shows it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from etl.catalogue import load_catalogue
from etl.tables import make_indicators, make_recommendations, make_spotlights

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue()
ENTRIES = CATALOGUE.recommendations
SENTENCES = re.compile(r"[.?!]$")

PRINTED = {
    1: "DHSC / Her Majesty's Treasury (HMT)",
    2: "DHSC",
    3: "Local authorities",
    4: "CQC and local authorities",
    5: "NHS Test and Trace",
    6: "DHSC / SAGE",
    7: "DHSC",
    8: "DHSC and NHS Test and Trace",
    9: "DHSC",
    10: "DHSC",
    11: "DHSC",
    12: "DHSC",
    13: "DHSC / local government / trade organisations and trade unions",
    14: "DHSC",
    15: "DHSC",
    16: "DHSC",
    17: "DHSC / Skills for Care",
    18: "DHSC",
    19: "government communications",
    20: "DHSC",
    21: "Deputy Chief Medical Officer",
    22: "DHSC",
    23: "DHSC",
    24: "Directors of adult social services",
    25: "DHSC with local government / ADASS / Directors of public health / provider representatives",
    26: "NHSE / CCGs / Primary care networks",
    27: "Primary care networks, community services and multi-disciplinary teams",
    28: "NHSE / CCGs",
    29: "Local authorities and CCGs",
    30: "NHS / CCGs",
    31: "STPs and ICSs",
    32: "SAGE sub group",
    33: "CQC",
    34: "",
    35: "DHSC",
    36: "DHSC with support from across government",
    37: "DHSC, Care Providers Alliance, with LGA and ADASS",
    38: "Local authorities",
    39: "DHSC",
    40: "Providers",
    41: "DHSC/ADASS and providers",
    42: "DHSC",
    43: "DHSC / local authorities",
    44: "DHSC",
    45: "DHSC / ADASS / providers",
    46: "DHSC / LGA",
    47: "DHSC / NHS Test and Trace",
    48: "DHSC / NHS Test and Trace",
    49: "DHSC / NHS Test and Trace",
    50: "DHSC / NHS Test and Trace",
    51: "DHSC",
    52: "DHSC with local authorities and providers",
}
"""Who the report names under "Action for", by number, copied from it letter by letter; under 34 it names no one."""

SPOTLIGHTS = 13
"""Boxes headed "Spotlight" in the report."""


def make_tables() -> tuple[dict[str, set[int]], dict[int, set[str]]]:
    """Recommendations by indicator and indicators by recommendation, as a whole snapshot has them."""
    indicators = make_indicators(CATALOGUE, sources={indicator.source_id for indicator in CATALOGUE.indicators})
    asked = make_recommendations(CATALOGUE, indicators=list(indicators["id"]))
    there = {row.id: set(map(int, row.recommendations.split())) for row in indicators.itertuples()}
    back = {row.number: set(row.indicators.split()) for row in asked.itertuples()}
    return there, back


def test_prints_the_owner_that_the_report_prints():
    assert {entry.number: entry.owner for entry in ENTRIES} == PRINTED


def test_lists_each_owner_by_one_name():
    names = {name for entry in ENTRIES for name in entry.organisations}
    assert len(names) == 20
    assert len({name.casefold() for name in names}) == len(names)
    for entry in ENTRIES:
        assert len(entry.organisations) <= 1 + len(re.findall(r"/|,| and | with ", entry.owner)), entry.number


def test_links_each_recommendation_and_indicator_both_ways():
    there, back = make_tables()
    assert {(number, name) for name, numbers in there.items() for number in numbers} == {
        (number, name) for number, names in back.items() for name in names
    }
    assert sum(map(bool, back.values())) == sum(entry.data_held != "none" for entry in ENTRIES) == 23


def test_never_ties_a_recommendation_to_what_came_after_the_report():
    # Vaccination against COVID-19 began in December 2020: no recommendation asks for it.
    there, _ = make_tables()
    assert {name for name in there if name.startswith("vaccination_") and there[name]} == set()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.number))
def test_says_what_the_figures_tell_or_what_it_would_take(entry):
    assert SENTENCES.search(entry.evidence)
    assert 40 <= len(entry.evidence) <= 220
    assert "\u2014" not in entry.evidence + entry.summary


def test_sums_up_every_spotlight_of_the_report():
    assert sum(entry.is_spotlight for entry in CATALOGUE.spotlights) == SPOTLIGHTS
    sections = {entry.section for entry in ENTRIES} | {
        "Options for restricting staff movement",  # two parts of the Care Home Support Plan without recommendations
        "Cohorting and zoning to reduce risk of infection",
    }
    for entry in CATALOGUE.spotlights:
        assert entry.section in sections
        assert SENTENCES.search(entry.summary)
        assert len(entry.summary) <= 400


def test_places_each_example_in_an_area_of_its_name():
    with (ROOT / "data" / "lookups" / "areas.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["code"]: row["name"] for row in csv.DictReader(stream)}
    other = {"north_london_recruitment": "London"}
    for entry in CATALOGUE.spotlights:
        assert names[entry.area_code] in (other.get(entry.id) or entry.place)


def test_fits_examples_to_indicators_that_the_snapshot_has():
    indicators = [indicator.id for indicator in CATALOGUE.indicators]
    frame = make_spotlights(CATALOGUE, indicators=indicators)
    fitted = {name for names in frame["indicators"] for name in names.split()}
    assert {name[:7] for name in fitted if name.startswith("ipc_")} == {
        *("ipc_1_1", "ipc_1_2", "ipc_1_3", "ipc_2_3", "ipc_3_1", "ipc_3_2", "ipc_4_1", "ipc_4_3", "ipc_5_1", "ipc_5_2")
    }
