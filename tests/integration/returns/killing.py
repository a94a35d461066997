"""Builds in processes of their own, killed at a moment of time or at one of their own writes.

The processes are forked from one that has everything imported, so that a kill lands in the build and not in an import.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.pipeline import Folders, build
from etl.publish import find_damage, read_current

SECONDS_AT_MOST = 120
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}
"""Audit events of Python's own that change the disk; `open` counts too where it is for writing."""


@dataclass
class Run:
    """What a build told on its way: each stage and when it began, and at the end its id and what it wrote with."""

    exit_code: int | None = None
    stages: list[tuple[str, float]] = field(default_factory=list)
    seconds: float = 0.0
    snapshot_id: str | None = None
    writes: list[str] = field(default_factory=list)


def run_build(
    data: Path,
    *,
    today: object,
    kill: Callable[[ForkServerProcess, Run, Connection], None] | None = None,
    at_write: int = 0,
) -> Run:
    """Build in a process of its own, perhaps killed on the way, and return what it told."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["etl.__main__"])
    told, tell = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(tell, str(data), today, at_write))
    process.start()
    tell.close()
    run, begun = Run(), time.monotonic()
    if kill:
        kill(process, run, told)
    while _listen(told, run, begun):
        pass
    process.join(SECONDS_AT_MOST)
    run.exit_code = process.exitcode
    return run


def _listen(told: Connection, run: Run, begun: float) -> bool:
    """Take in what the build tells next; False when it has ended, one way or the other."""
    try:
        words = told.recv_bytes().decode()
    except (EOFError, ConnectionResetError):
        return False
    if words.startswith("done "):
        _, run.snapshot_id, *run.writes = words.split()
        run.seconds = time.monotonic() - begun
    else:
        run.stages.append((words, time.monotonic() - begun))
    return True


def kill_at(stage: int, seconds: float) -> Callable[[ForkServerProcess, Run, Connection], None]:
    """Return what kills a build so many seconds after it has begun its stage of this number, counted from 0."""

    def kill(process: ForkServerProcess, run: Run, told: Connection) -> None:
        begun = time.monotonic()
        while len(run.stages) <= stage and _listen(told, run, begun):
            pass
        time.sleep(seconds)
        end(process)

    return kill


def end(process: ForkServerProcess) -> None:
    """Kill the process, if it has not ended by itself."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)


def draw_moment(rehearsal: Run, chance: random.Random) -> tuple[int, float]:
    """Return a moment drawn evenly over the whole of a build: the stage, and seconds from its beginning.

    By stage, so that a machine under load is hit where an idle one would be.
    """
    starts = [start for _, start in rehearsal.stages]
    moment = chance.uniform(starts[0], rehearsal.seconds)
    stage = max(place for place, start in enumerate(starts) if start <= moment)
    return stage, moment - starts[stage]


def list_children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text(encoding="utf-8").split()] if listed.exists() else []


def copy_state(template: Path, target: Path) -> Path:
    """Return a data folder with the snapshots and the restricted store of another, and its very inputs."""
    target.mkdir()
    for name in ("published", "lookups", "illustrative", "extracts"):
        (target / name).symlink_to(template / name, target_is_directory=True)
    for name in ("snapshots", "restricted"):
        if (template / name).exists():
            shutil.copytree(template / name, target / name)
    return target


def check_live(data: Path, *, expected: set[str | None]) -> None:
    """See that what is live is one of these, and whole."""
    live = read_current(data / "snapshots")
    assert live in expected
    assert live is None or find_damage(data / "snapshots" / live) == []


def _build(tell: Connection, data: str, today: object, at_write: int) -> None:
    writes = _count_writes(at_write)
    outcome = build(Folders.below(Path(data)), today=today, progress=lambda stage: tell.send_bytes(stage.encode()))
    tell.send_bytes(f"done {outcome.snapshot_id} {' '.join(writes)}".encode())


def _count_writes(at_write: int) -> list[str]:
    """Return a list that grows by one name with each write; at the one of this number, the process ends half-way."""
    writes: list[str] = []

    def count(name: str) -> bool:
        writes.append(name)
        return len(writes) == at_write

    def watch(event: str, arguments: tuple) -> None:
        is_write = event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING)
        if is_write and count(event):
            _end()

    sys.addaudithook(watch)
    pq.write_table = _cut_short(pq.write_table, count, file_at=1)
    pa.OSFile = _cut_short(pa.OSFile, count, file_at=0)
    Path.write_text = _cut_short(Path.write_text, count, file_at=0)
    return writes


def _cut_short(sound: Callable, count: Callable[[str], bool], *, file_at: int) -> Callable:
    """Return the function, which writes half of its file and ends the process when its number comes up."""

    def write(*arguments: object, **options: object) -> object:
        is_last = count(sound.__name__)
        result = sound(*arguments, **options)
        if is_last:
            file = Path(str(arguments[file_at]))
            os.truncate(file, file.stat().st_size // 2)
            _end()
        return result

    return write


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
