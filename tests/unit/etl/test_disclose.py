"""Disclosure: what may leave, and what has no rule and so may not."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.disclose import disclose
from etl.errors import CatalogueError


@pytest.fixture
def catalogue(make_catalogue, make_source):
    return make_catalogue(sources=(make_source(), make_source(id="homes", is_published=False)))


def test_hides_nothing_that_was_published(catalogue):
    observations = pd.DataFrame({"source_id": ["made_up"] * 3, "value": [0.0, 3.0, None]})
    pd.testing.assert_frame_equal(disclose(observations, catalogue=catalogue), observations)


@pytest.mark.parametrize("source_id", ["homes", "never_declared"])
def test_refuses_figures_that_nobody_published(catalogue, source_id):
    observations = pd.DataFrame({"source_id": ["made_up", source_id], "value": [3.0, 3.0]})
    with pytest.raises(CatalogueError, match=f"Figures from {source_id} are not declared as published"):
        disclose(observations, catalogue=catalogue)


def test_names_every_source_that_is_not_declared_once(catalogue):
    observations = pd.DataFrame({"source_id": ["z", "homes", "z"], "value": 3.0})
    with pytest.raises(CatalogueError, match="Figures from homes, z are not declared"):
        disclose(observations, catalogue=catalogue)
