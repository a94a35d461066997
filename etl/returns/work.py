"""Work: one extract is one task, and a task needs nothing but its own file, so tasks run side by side anywhere.

`run` uses this process for a few tasks, a pool of processes for many, and a Dask cluster when it is given one.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any

from etl.catalogue import load_catalogue
from etl.conform.areas import load_areas
from etl.conform.councils import Councils, load_councils
from etl.errors import EtlError
from etl.returns.files import SIDECARS
from etl.returns.intake import check_share, describe_excess, inspect
from etl.returns.register import take_in_register
from etl.returns.store import RestrictedStore

FEW = 2
"""Up to so many tasks a pool of processes costs more than it saves."""


@dataclass(frozen=True)
class Task:
    """One extract to take in, in words that travel to another process or machine."""

    source_id: str
    file: str
    date: str
    restricted: str
    lookups: str
    key: str
    is_illustrative: bool


def run(tasks: list[Task], *, scheduler: str | None = None, workers: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the record of each task, or {"error": words, "file": path} for a file that is refused, in any order."""
    if scheduler:
        from etl.returns.cluster import run_on_cluster  # dask is needed only by those who use it

        yield from run_on_cluster(do_task, tasks, address=scheduler)
    elif len(tasks) <= FEW or workers == 1:
        yield from map(do_task, tasks)
    else:
        # Fresh processes: a fork would copy the threads' locks of Arrow as they happen to stand.
        count = min(workers or count_cores(), len(tasks))
        context = get_context("spawn")
        try:
            with ProcessPoolExecutor(max_workers=count, mp_context=context, initializer=_end_with_parent) as pool:
                yield from pool.map(do_task, tasks, chunksize=1)
        except BrokenProcessPool as error:
            raise EtlError(
                "A process that was reading extracts ended without a word, most likely because memory ran out. "
                "What was read is kept. What to do: free some memory, then build again."
            ) from error


def count_cores() -> int:
    """Return the cores that this process may use; those of the machine where the system does not say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: a killed build leaves no one writing behind it."""
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def do_task(task: Task) -> dict[str, Any]:
    """Take in one extract, keep it in the restricted store, and return its record."""
    try:
        return _take_in(task)
    except EtlError as error:
        return {"error": str(error), "file": task.file}


def _take_in(task: Task) -> dict[str, Any]:
    catalogue, councils = _load(task.lookups)
    file, date = Path(task.file), dt.date.fromisoformat(task.date)
    seen = describe_file(file)
    store = RestrictedStore(Path(task.restricted))
    register = next((layout for layout in catalogue.registers if layout.id == task.source_id), None)
    if register:
        intake = take_in_register(file, layout=register, councils=councils, date=date)
    else:
        layout = next(layout for layout in catalogue.returns if layout.id == task.source_id)
        intake = inspect(file, layout=layout, rulebook=catalogue.return_rules, councils=councils, date=date)
        if describe_excess(intake, layout):
            store.put_refused(intake)  # so that somebody can look at what the error names
        check_share(intake, file=file, layout=layout, rulebook=catalogue.return_rules)
    if intake.record["is_illustrative"] != task.is_illustrative:
        raise EtlError(_explain_mixture(file, is_marked=intake.record["is_illustrative"]))
    return store.put(intake, key=task.key, seen=seen)


def describe_file(file: Path) -> dict[str, int]:
    """Return size and time of change of a file and its sidecars, by which a build knows them without reading them."""
    seen = {}
    for ending in ("", *SIDECARS):
        try:
            stat = file.with_name(file.name + ending).stat()
        except FileNotFoundError:
            continue
        seen |= {f"size{ending}": stat.st_size, f"mtime_ns{ending}": stat.st_mtime_ns}
    return seen


def _explain_mixture(file: Path, *, is_marked: bool) -> str:
    if is_marked:
        return (
            f"{file} is refused: it is marked as made up (Is_Illustrative) and lies among real extracts. "
            "What to do: move it away. Made-up extracts belong in data/illustrative, where synthesise puts them."
        )
    return (
        f"{file} is refused: it lies among made-up extracts and is not marked as one. "
        "What to do: put a real extract into data/extracts, in the folder of its source."
    )


@lru_cache(maxsize=4)
def _load(lookups: str) -> tuple[Any, Councils]:
    """Return the catalogue and the councils, once a process."""
    areas = load_areas(Path(lookups) / "areas.csv")
    return load_catalogue(), load_councils(Path(lookups) / "councils.csv", areas)
