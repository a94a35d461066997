"""Views of published figures: headlines, rankings, maps, outbreaks, deaths, turnover, vacancies."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.selection import ENGLAND, Selection
from dashboard.store import Snapshot
from dashboard.views.areas import mapped_areas, ranked_areas, region_of, wider_areas


def show_headlines(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the series behind the headline cards of an area's page."""
    names = queries.list_headlines(snapshot, area=selection.area_code)
    parts = [queries.select_headline(snapshot, name, area=selection.area_code) for name in names]
    return pd.concat(parts, ignore_index=True)


def show_ranking(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the areas of the ranking, the region (where this is a local page) and England."""
    region = region_of(snapshot, selection.area_code)
    compared = [region, ENGLAND] if region else [ENGLAND]
    codes = ranked_areas(snapshot, selection)
    frame = queries.select_ranking(snapshot, selection.indicator_id, areas=codes, compared=compared)
    return queries.add_areas_without_figures(snapshot, frame, areas=codes)


def show_map(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the areas on the map, a row each, also those without a figure."""
    codes = mapped_areas(snapshot, selection)
    frame = queries.select_ranking(snapshot, selection.indicator_id, areas=codes)
    return queries.add_areas_without_figures(snapshot, frame, areas=codes)


def show_region_outbreaks(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return new outbreaks a week as a share of homes, for each region and England."""
    return queries.select(
        snapshot,
        indicators=["outbreaks_new_percent"],
        areas=queries.list_regions(snapshot),
        compared=[ENGLAND],
    )


def show_outbreaks(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return an authority's new outbreaks a week, or a region's as a share of homes beside England's."""
    if snapshot.areas.at[selection.area_code, "kind"] == "authority":
        return queries.select(snapshot, indicators=["outbreaks_new_count"], areas=[selection.area_code])
    return queries.select(
        snapshot,
        indicators=["outbreaks_new_percent"],
        areas=[selection.area_code],
        compared=wider_areas(snapshot, selection.area_code),
    )


def show_deaths(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return weekly care-home deaths: England by cause, as counts; elsewhere COVID-19 as a rate beside wider areas."""
    if selection.area_code == ENGLAND:
        names = ["deaths_all_week_count", "deaths_covid_week_count"]
        return queries.select(snapshot, indicators=names, areas=[ENGLAND])
    return queries.select(
        snapshot,
        indicators=["deaths_covid_week_rate_per_1000"],
        areas=[selection.area_code],
        compared=wider_areas(snapshot, selection.area_code),
    )


def show_local_deaths(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the weekly rates of a region's authorities."""
    return queries.select(
        snapshot,
        indicators=["deaths_covid_week_rate_per_1000"],
        areas=queries.list_authorities(snapshot, region=selection.area_code),
    )


def show_turnover(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return turnover by year: an authority's own beside the medians of its region and England, or the medians."""
    medians = queries.select(
        snapshot,
        indicators=["turnover_median_percent"],
        areas=[selection.area_code] if selection.area_code == ENGLAND else [],
        compared=wider_areas(snapshot, selection.area_code),
    )
    if snapshot.areas.at[selection.area_code, "kind"] != "authority":
        own = queries.select(snapshot, indicators=["turnover_median_percent"], areas=[selection.area_code])
        return pd.concat([own, medians[medians["role"] == "comparator"]], ignore_index=True)
    own = queries.select(snapshot, indicators=["turnover_percent"], areas=[selection.area_code])
    return pd.concat([own, medians], ignore_index=True)


def show_vacancy(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the report's two vacancy rates."""
    return queries.select(snapshot, indicators=["vacancy_percent"], areas=[ENGLAND])
