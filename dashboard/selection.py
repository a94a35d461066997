"""Selection: from a path and a query to what is shown, and back. A bad address explains itself and is never widened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.archive import ArchiveError, current_archive
from dashboard.measures import MEASURES, QUESTIONS, list_offered
from dashboard.store import Snapshot

ENGLAND = "E92000001"
SHOWN = ("value", "verdict", "change")
"""What the cells of the heat-map can show; the first without a word in the address."""

ORDERS = ("asc", "desc")
WITH_HEAT_MAP = ("country", "region")
"""The kinds of page that have a heat-map, where the snapshot holds answers to the 13 questions."""


class SelectionError(ValueError):
    """The address asks for something that does not exist; the message says what and what to do."""


@dataclass(frozen=True)
class TableView:
    """How the heat-map is sorted, and what its cells show.

    `sort` is "signal" (marks below England), "name", or the word of a measure that is a column.
    """

    sort: str = "signal"
    order: str = "desc"
    show: str = SHOWN[0]


@dataclass(frozen=True)
class Selection:
    """One view: the area, the measure on its map and ranking, how its heat-map stands, and since when changes are told.

    `since` is the word of the address (`dashboard.since`); empty for a week.
    """

    area_code: str
    measure: str
    table: TableView = TableView()
    since: str = ""

    @property
    def indicator_id(self) -> str:
        """Return the indicator behind the measure."""
        return MEASURES[self.measure]


def read_selection(snapshot: Snapshot, query: Mapping[str, str], *, page: str, area: str = ENGLAND) -> Selection:
    """Return the view of an area that the query asks for; SelectionError where it asks for what is not there."""
    return Selection(
        area_code=area,
        measure=read_measure(snapshot, query, page=page),
        table=read_table(snapshot, query, page=page),
    )


def read_workforce(snapshot: Snapshot, query: Mapping[str, str]) -> Selection:
    """Return the view of the workforce page: of England, or of the region that the query names."""
    rest = {name: word for name, word in query.items() if name != "region"}
    area = read_area(snapshot, query["region"], kind="region") if "region" in query else ENGLAND
    return read_selection(snapshot, rest, page="workforce", area=area)


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
    known = ({"measure"} if offered else set()) | ({"sort", "order", "show"} if has_heat_map(snapshot, page) else set())
    unknown = sorted(set(query) - known)
    if unknown:
        raise SelectionError(f"The address asks for {unknown[0][:20]!r}, which this page does not know.")
    measure = query.get("measure", offered[0] if offered else "")
    if measure not in offered and offered:
        raise SelectionError(f"This page has no measure {measure[:20]!r}. It has: {', '.join(offered)}.")
    return measure


def has_heat_map(snapshot: Snapshot, page: str) -> bool:
    """Tell whether this kind of page has a heat-map of the 13 questions."""
    return page in WITH_HEAT_MAP and bool(list_sorts(snapshot)[2:])


def list_sorts(snapshot: Snapshot) -> list[str]:
    """Return what the heat-map can be sorted by: signal, name, and the words of its columns."""
    return ["signal", "name", *[word for word in (*QUESTIONS, "answering") if MEASURES[word] in snapshot.by_indicator]]


def usual_order(sort: str) -> str:
    """Return the order that a sort has unless the address says otherwise: most signals, or the lowest figure, first."""
    return "desc" if sort == "signal" else "asc"


def read_table(snapshot: Snapshot, query: Mapping[str, str], *, page: str) -> TableView:
    """Return how the query asks for the heat-map; SelectionError where it asks for what is not there."""
    if not has_heat_map(snapshot, page):
        return TableView()
    sort = _read_word(query, "sort", list_sorts(snapshot), default="signal")
    return TableView(
        sort=sort,
        order=_read_word(query, "order", ORDERS, default=usual_order(sort)),
        show=_read_word(query, "show", SHOWN, default=SHOWN[0]),
    )


def _read_word(query: Mapping[str, str], key: str, allowed: Sequence[str], *, default: str) -> str:
    word = query.get(key, default)
    if word not in allowed:
        raise SelectionError(f"This page has no {key} {word[:20]!r}. It has: {', '.join(allowed)}.")
    return word


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
