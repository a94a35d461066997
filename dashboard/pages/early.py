"""The text of a page inside the document itself, to be read while the scripts are on their way, and without scripts."""

from __future__ import annotations

from collections.abc import Mapping

import dash

from dashboard.addresses import Address
from dashboard.components.shell import make_layout
from dashboard.components.still import write_early
from dashboard.pages import KINDS, not_found


def write_page(address: Address, query: Mapping[str, str]) -> str:
    """Return the shell and the page at an address as HTML, without its charts. Dash puts the whole in its place."""
    page = KINDS.get(address.kind, not_found)
    name = page.__name__ if address.kind else "not_found_404"
    layout = dash.page_registry[name]["layout"]
    drawn = layout(**({"code": address.code} if address.code else {}), **query)
    return write_early(make_layout(), pieces={"_pages_content": drawn})
