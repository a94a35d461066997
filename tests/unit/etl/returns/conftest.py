"""The declared layouts, and small counts."""

from __future__ import annotations

import pytest

from etl.catalogue import load_catalogue


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="session")
def care_homes(catalogue):
    """The layout of care-home extracts as the catalogue declares it."""
    return next(layout for layout in catalogue.returns if layout.id == "capacity_tracker_care_homes")
