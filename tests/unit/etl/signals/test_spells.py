"""What is new, what continues, what grew, what has cleared, and who comes first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from etl.enquiries import Enquiry
from etl.signals.found import Hit
from etl.signals.shortlist import MOST, add_places
from etl.signals.spells import find_spell
from etl.signals.stage import find_signals
from tests.unit.etl.signals.conftest import COUNCILS, MOVES, NEWEST, REGION

WEEKS = [dt.date(2020, 9, 4) + dt.timedelta(weeks=number) for number in range(9)]
HIT = Hit("rule", "indicator", "E08000025", WEEKS[0], False, "", {}, False)


def hits(*places, strong=()):
    return {WEEKS[place]: replace(HIT, date=WEEKS[place], is_strong=place in strong) for place in places}


@pytest.mark.parametrize(
    ("held", "state", "since", "cleared"),
    [
        (hits(8), "new", 8, None),
        (hits(6, 8), "new", 8, None),
        (hits(5, 6, 7, 8), "continuing", 5, None),
        (hits(6, 7, 8, strong=(8,)), "stronger", 6, None),
        (hits(6, 7, 8, strong=(7, 8)), "continuing", 6, None),
        (hits(4, 5, 6), "cleared", 4, 7),
    ],
)
def test_tells_how_a_signal_stands(held, state, since, cleared):
    spell = find_spell(held, weeks=WEEKS)
    assert (spell.state, spell.since) == (state, WEEKS[since])
    assert spell.cleared_on == (None if cleared is None else WEEKS[cleared])


def test_forgets_what_cleared_more_than_four_weeks_ago():
    assert find_spell(hits(0, 1, 2, 3), weeks=WEEKS) is None


def enquire(**given):
    full = {"signal_id": f"below_england-ipc_1_2-{COUNCILS[0]}", "asked_on": NEWEST, "strength": "clear"}
    full |= {"asked_by": "regional ADASS lead", "answer": "Two homes lost agency staff.", "outcome": "explained"}
    return Enquiry(**full | {"snapshot_id": "2020-10-30-0123456789ab"} | given)


@pytest.mark.parametrize(
    ("yes", "entry", "state"),
    [
        (76.0, enquire(), "asked"),
        (60.0, enquire(), "new"),  # grew from clear to strong since somebody asked
        (76.0, enquire(asked_on=NEWEST - dt.timedelta(days=3)), "new"),  # that was about an earlier spell
    ],
)
def test_does_not_nag_about_what_was_asked_until_it_grows(world, yes, entry, state):
    world.yes[MOVES].loc[NEWEST, COUNCILS[0]] = yes
    tables = find_signals(world.make(), enquiries=(entry,))
    [row] = tables["signals"].query("rule == 'below_england'").to_dict("records")
    assert row["state"] == state
    assert len(tables["enquiries"]) == 1


def test_lists_at_most_three_authorities_a_region_strong_ones_first():
    codes = COUNCILS[:5]
    rows = [
        {"area_code": code, "state": "new", "strength": "clear", "homes_short": 1.0 * n} for n, code in enumerate(codes)
    ]
    rows[0]["strength"] = "strong"
    rows[4]["state"] = "asked"
    placed = add_places(
        pd.DataFrame(rows), kinds=dict.fromkeys(codes, "authority"), regions=dict.fromkeys(codes, REGION)
    )
    ordered = placed.dropna(subset="place").sort_values("place")["area_code"].tolist()
    assert ordered == [codes[0], codes[3], codes[2]]
    assert len(ordered) == MOST
