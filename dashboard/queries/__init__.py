"""Queries: snapshot and selection to a tidy frame. One frame feeds a card's chart, table, text and download."""

from dashboard.queries.areas import list_authorities, list_other_authorities, list_regions
from dashboard.queries.observations import (
    COLUMNS,
    HEADLINES,
    NUMBERS,
    OBSERVATION,
    add_areas_without_figures,
    has_level,
    list_headlines,
    newest_date,
    select,
    select_headline,
    select_ranking,
    select_support_plan,
    select_trend,
    select_workforce,
)
from dashboard.queries.open_data import filter_observations, filter_rows
from dashboard.queries.signals import find_shares, select_signals

__all__ = [
    "COLUMNS", "HEADLINES", "NUMBERS", "OBSERVATION", "add_areas_without_figures", "filter_observations", "filter_rows",
    "find_shares", "has_level", "list_authorities",
    "list_headlines", "list_other_authorities", "list_regions", "newest_date", "select", "select_headline",
    "select_ranking", "select_signals", "select_support_plan", "select_trend", "select_workforce",
]  # fmt: skip
