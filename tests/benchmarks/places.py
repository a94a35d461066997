"""The pages of the journeys, and how Dash asks for one."""

from __future__ import annotations

from collections.abc import Iterator

ENCODED = {"Accept-Encoding": "br"}
REGIONS = [f"/region/E1200000{number}" for number in range(1, 10)]
PAGES = ["/", "/support", "/compare", "/workforce", "/indicators", "/quality", "/about"]
AREAS = [f"/area/E080000{number:02d}" for number in range(1, 11)]
MEASURES = ("deaths", "turnover")
OUTPUTS = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]


def list_places() -> Iterator[tuple[str, str]]:
    """Yield each page's path and query."""
    yield from ((path, "") for path in [*PAGES, *REGIONS, *AREAS])
    yield from ((path, f"?measure={measure}") for path in [*REGIONS, *AREAS] for measure in MEASURES)


def ask_page(path: str, search: str) -> dict[str, object]:
    """Return what Dash sends when it asks for a page."""
    where = {"pathname": path, "search": search}
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": OUTPUTS,
        "inputs": [{"id": "_pages_location", "property": name, "value": value} for name, value in where.items()],
        "changedPropIds": ["_pages_location.pathname"],
    }
