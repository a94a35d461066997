"""Made-up sets of several sizes, each made once and read only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from recount import AUGUST, LOOKUPS, MAY, PUBLISHED

from etl.synthesise import synthesise

DEFAULTS = {
    "homes": 600,
    "first": MAY,
    "last": dt.date(2020, 10, 31),
    "every": dt.timedelta(days=7),
    "seed": 1,
    "dirt": 0.02,
    "lookups": LOOKUPS,
    "published": PUBLISHED,
}
BOTH_DATES = {"last": AUGUST, "every": AUGUST - MAY}
SIZES = {
    "full, clean": BOTH_DATES | {"homes": 15_500, "dirt": 0.0},
    "full, dirty": BOTH_DATES | {"homes": 15_500},
    "small, clean": BOTH_DATES | {"dirt": 0.0},
    "small, dirty": BOTH_DATES | {"seed": 7},
    "fewest, dirtiest": BOTH_DATES | {"homes": 300, "dirt": 0.2},
}


@pytest.fixture(scope="session")
def make(tmp_path_factory):
    """A function that makes a set with some arguments changed, and returns its folder and what was written.

    A set is made once; with a `target` of its own, anew.
    """
    made: dict[str, tuple[Path, dict[str, int]]] = {}

    def make_set(*, target: Path | None = None, **changes) -> tuple[Path, dict[str, int]]:
        arguments = DEFAULTS | changes
        if target is not None:
            return target, synthesise(target=target, **arguments)
        key = repr(sorted(arguments.items()))
        if key not in made:
            folder = tmp_path_factory.mktemp("set")
            made[key] = folder, synthesise(target=folder, **arguments)
        return made[key]

    return make_set


@pytest.fixture(scope="session", params=SIZES)
def sized(request, make):
    """The folder of a set with the two dates of the published shares, at each of several sizes."""
    return make(**SIZES[request.param])[0]


@pytest.fixture(scope="session")
def weekly(make):
    """A small weekly set from May to October, with faults in one row of ten."""
    return make(dirt=0.1)[0]


@pytest.fixture(scope="session")
def full(make):
    """The two dates at full size, without faults."""
    return make(**SIZES["full, clean"])[0]


@pytest.fixture(scope="session")
def dirty(make):
    """The two dates at full size, with faults."""
    return make(**SIZES["full, dirty"])[0]
