"""The sentence that leads an area's page, and its briefing: where the area stands, from the views of its cards."""

from __future__ import annotations

from dashboard import queries, views
from dashboard.measures import MEASURES
from dashboard.selection import Selection, TableView
from dashboard.store import Snapshot
from dashboard.text.area import lead_authority
from dashboard.text.national import lead_england
from dashboard.text.region import describe_protection, lead_region
from dashboard.views.heat_map import order_areas


def write_lead(snapshot: Snapshot, selection: Selection) -> str:
    """Return the sentence for the selection's area, by its kind."""
    kind = snapshot.areas.at[selection.area_code, "kind"]
    if kind == "country":
        headlines = views.show_headlines(snapshot, selection)
        return lead_england(views.VIEWS["measures"](snapshot, selection), headlines)
    return (_lead_region if kind == "region" else _lead_authority)(snapshot, selection)


def _lead_region(snapshot: Snapshot, selection: Selection) -> str:
    """Return where a region stands: its size, reported protection, deaths."""
    code = selection.area_code
    matrix = views.show_matrix(snapshot, selection)
    return lead_region(
        snapshot.areas.at[code, "name"],
        authorities=len(queries.list_authorities(snapshot, region=code)),
        ranking=queries.select_headline(snapshot, MEASURES["deaths"], area=code),
        homes=queries.select_headline(snapshot, "care_homes_count", area=code),
        protection=describe_protection(matrix, ordered=order_areas(matrix, TableView())),
    )


def _lead_authority(snapshot: Snapshot, selection: Selection) -> str:
    """Return where a council stands: its homes, what stands apart or left its range, deaths."""
    code = selection.area_code
    return lead_authority(
        region=snapshot.areas.at[views.region_of(snapshot, code), "name"],
        homes=queries.select_headline(snapshot, "care_homes_count", area=code),
        rate=queries.select_headline(snapshot, MEASURES["deaths"], area=code),
        profile=views.show_profile(snapshot, selection),
        series=views.show_ranges(snapshot, selection),
    )
