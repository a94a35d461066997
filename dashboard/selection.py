"""Selection: from a path and a query to what is shown, and back. A bad address explains itself and is never widened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.archive import ArchiveError, current_archive
from dashboard.measures import MEASURES, list_offered
from dashboard.store import Snapshot

ENGLAND = "E92000001"


class SelectionError(ValueError):
    """The address asks for something that does not exist; the message says what and what to do."""


@dataclass(frozen=True)
class Selection:
    """One view: the area and the measure on its map and ranking."""

    area_code: str
    measure: str

    @property
    def indicator_id(self) -> str:
        """Return the indicator behind the measure."""
        return MEASURES[self.measure]


def read_selection(snapshot: Snapshot, query: Mapping[str, str], *, page: str, area: str = ENGLAND) -> Selection:
    """Return the view of an area that the query asks for; SelectionError where it asks for what is not there."""
    return Selection(area_code=area, measure=read_measure(snapshot, query, page=page))


def read_area(snapshot: Snapshot, code: str, *, kind: str) -> str:
    """Return the code if it is an area of this kind; SelectionError otherwise."""
    areas = snapshot.areas
    if code not in areas.index:
        raise SelectionError(f"There is no area with the code {code[:20]!r}.")
    area = areas.loc[code]
    if area["kind"] != kind:
        page = area_path(snapshot, code)
        raise SelectionError(f"{area['name']} is not {with_article(kind)}. Its page is {page}.")
    return code


def read_measure(snapshot: Snapshot, query: Mapping[str, str], *, page: str) -> str:
    """Return the measure that the query asks for, the page's default without one; SelectionError for anything else."""
    offered = list_offered(snapshot, page=page)
    unknown = sorted(set(query) - ({"measure"} if offered else set()))
    if unknown:
        raise SelectionError(f"The address asks for {unknown[0][:20]!r}, which this page does not know.")
    measure = query.get("measure", offered[0] if offered else "")
    if measure not in offered and offered:
        raise SelectionError(f"This page has no measure {measure[:20]!r}. It has: {', '.join(offered)}.")
    return measure


def read_snapshot_id(snapshot: Snapshot, query: Mapping[str, str]) -> str:
    """Return the id of the snapshot that the query names, the live one's without; SelectionError for one not kept."""
    unknown = sorted(set(query) - {"snapshot"})
    if unknown:
        raise SelectionError(f"The address asks for {unknown[0][:20]!r}, which this page does not know.")
    try:
        return current_archive().find(query.get("snapshot", snapshot.id)).id
    except ArchiveError as error:
        raise SelectionError(str(error)) from error


def area_path(snapshot: Snapshot, code: str) -> str:
    """Return the path of an area's page."""
    kind = snapshot.areas.at[code, "kind"]
    if kind == "country":
        return "/"
    return f"/region/{code}" if kind == "region" else f"/area/{code}"


def measure_query(measure: str, *, default: str) -> str:
    """Return the query that selects a measure; empty for the default, so that a view has one address."""
    return "" if measure == default else "?" + urlencode({"measure": measure})


def with_article(kind: str) -> str:
    """Return the kind of area with its article."""
    return "an authority" if kind == "authority" else f"a {kind}"
