"""Cluster: the same tasks on a Dask cluster whose workers see the same folders. Needs `pip install distributed`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from etl.errors import EtlError

CONNECT_SECONDS = 20


def run_on_cluster(function: Callable[[Any], Any], tasks: Sequence[Any], *, address: str) -> Iterator[Any]:
    """Yield what the function returns for each task, as they end; EtlError when the scheduler cannot be reached."""
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise EtlError(
            "--scheduler needs the package distributed, and it is not installed. Install it: pip install distributed"
        ) from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise EtlError(
            f"The Dask scheduler at {address} does not answer: {error}. Start it, or build without --scheduler."
        ) from error
    with client:
        # Not pure: the same task must run again when its output was removed in between.
        futures = client.map(function, list(tasks), pure=False)
        for future in as_completed(futures):
            yield future.result()
