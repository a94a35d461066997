"""Warming up: what every page needs is worked out before workers are forked, so that they share it."""

from __future__ import annotations

import gc
import logging

import flask
import pyarrow as pa

from dashboard import queries
from dashboard.addresses import PATHS
from dashboard.selection import area_path
from dashboard.store import Snapshot, StoreError, find_store

log = logging.getLogger(__name__)
WARMED = "asc_warmed"
AS_BROWSERS = {"Host": "localhost", "Accept-Encoding": "br"}
"""What is drawn is kept as it is sent: so it must be what browsers ask for."""


def warm_up(server: flask.Flask) -> None:
    """Open the live snapshot if it is new, and draw one page of each kind. Without figures there is nothing to do."""
    try:
        snapshot = find_store(server).snapshot
    except StoreError:
        return  # the store has logged it; readers get a page that says so until there are figures
    if server.extensions.get(WARMED) != snapshot.id:
        client = server.test_client()
        for path in list_paths(snapshot):
            status = client.get(path, headers=AS_BROWSERS).status_code
            if status != 200:
                log.warning("warming up: %s was answered with %s", path, status)
        server.extensions[WARMED] = snapshot.id
        # Once: each look of the collector writes into memory, which the workers that share it would then hold alone.
        settle()


def list_paths(snapshot: Snapshot) -> list[str]:
    """Return the address of one page of each kind."""
    region = queries.list_regions(snapshot)[0]
    council = queries.list_authorities(snapshot, region=region)[0]
    return [*PATHS, area_path(snapshot, region), area_path(snapshot, council)]


def settle() -> None:
    """Give back what is not needed, and keep the collector from what is left: a look copies each page of memory."""
    gc.unfreeze()  # what was kept from it before, such as the last snapshot, may have been let go since
    gc.collect()
    gc.freeze()
    pa.default_memory_pool().release_unused()
