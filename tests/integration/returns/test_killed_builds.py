"""A build that is killed, whenever it is, leaves a whole snapshot live, and the next build reaches what it would have.

KILLS says how often at random: 20 unless told otherwise, 200 for the benchmarks. Besides, each step of the swap.
"""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from killing import Run, check_live, copy_state, draw_moment, end, kill_at, list_children, run_build

from etl.pipeline import Folders, build
from etl.release import read_log
from tests.made_up_homes import DAYS, make_rows, write_extract, write_extracts

SEED = 20200810
KILLS = int(os.environ.get("KILLS", "20"))
SIDE_BY_SIDE = max(KILLS // 10, 1)
"""So many of them while a pool of processes reads the extracts."""
AT_WRITES = min(KILLS // 5, 40)
"""So many at one of the build's own writes before the swap, with the file half written; there are more than 40."""
IN_THE_SWAP = 9
"""Writes from the last touch of the staged snapshot to the log."""
SECONDS_TO_END = 10


@dataclass(frozen=True)
class Scene:
    """A data folder with a live snapshot and new extracts, and a build of them that nobody disturbed."""

    data: Path
    live: str
    rehearsal: Run


def set_up(small_data, today, *, before, after, is_corrected):
    """Publish the extracts of the dates before, drop in those after, and rehearse the build of all."""
    for name in ("illustrative", "snapshots", "restricted"):
        (small_data / name).mkdir()
    write_extracts(small_data, before)
    live = run_build(small_data, today=today)
    assert live.exit_code == 0
    write_extracts(small_data, after)
    if is_corrected:
        rows = make_rows(before[-1])
        rows[5]["LocalAuthority"] = "Nowhere"
        write_extract(small_data, before[-1], rows, version=2)
    rehearsal = run_build(copy_state(small_data, small_data.parent / "rehearsal"), today=today)
    assert rehearsal.exit_code == 0
    assert rehearsal.snapshot_id not in (None, live.snapshot_id)
    return Scene(data=small_data, live=live.snapshot_id, rehearsal=rehearsal)


@pytest.fixture(scope="module")
def small_module_data(small_published, tmp_path_factory):
    """A function that makes a data folder for the whole module."""

    def make(name):
        data = tmp_path_factory.mktemp(name) / "data"
        data.mkdir()
        (data / "published").symlink_to(small_published)
        (data / "lookups").symlink_to(Path(__file__).resolve().parents[3] / "data" / "lookups")
        (data / "extracts").mkdir()
        return data

    return make


@pytest.fixture(scope="module")
def scene(small_module_data, today):
    """One new extract and one correction, which a build reads by itself."""
    return set_up(small_module_data("alone"), today, before=DAYS[:2], after=DAYS[2:3], is_corrected=True)


@pytest.fixture(scope="module")
def pool_scene(small_module_data, today):
    """Three new extracts, which a build has read by a pool of processes."""
    return set_up(small_module_data("pool"), today, before=DAYS[:1], after=DAYS[1:], is_corrected=False)


def see_it_recover(scene, data, today):
    """What is live is whole; one more build reaches the expected snapshot and clears up."""
    wanted = scene.rehearsal.snapshot_id
    check_live(data, expected={scene.live, wanted})
    assert build(Folders.below(data), today=today).snapshot_id == wanted
    check_live(data, expected={wanted})
    assert read_log(data / "snapshots")[-1]["to"] == wanted
    names = [path.name for folder in ("snapshots", "restricted") for path in (data / folder).rglob("*")]
    assert not [name for name in names if name.startswith((".staging-", ".unfinished-"))]


@pytest.mark.parametrize("number", range(KILLS - SIDE_BY_SIDE - AT_WRITES))
def test_recovers_from_a_kill_at_a_random_moment(scene, today, tmp_path, number):
    chance = random.Random(f"{SEED} {number}")  # noqa: S311 - nothing to keep secret
    data = copy_state(scene.data, tmp_path / "data")
    stage, seconds = draw_moment(scene.rehearsal, chance)
    run_build(data, today=today, kill=kill_at(stage, seconds))
    see_it_recover(scene, data, today)


@pytest.mark.parametrize("number", range(SIDE_BY_SIDE))
def test_recovers_from_a_kill_while_extracts_are_read_side_by_side(pool_scene, today, tmp_path, number):
    chance = random.Random(f"{SEED} pool {number}")  # noqa: S311 - nothing to keep secret
    data = copy_state(pool_scene.data, tmp_path / "data")
    workers = []

    def kill(process, run, told):
        deadline = time.monotonic() + SECONDS_TO_END
        while not workers and time.monotonic() < deadline:
            workers.extend(list_children(process.pid))
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1.2 * reading_seconds(pool_scene.rehearsal)))
        workers.extend(list_children(process.pid))
        end(process)

    run_build(data, today=today, kill=kill)
    assert workers, "no pool was started: this test no longer tests what it says"
    see_it_end(workers)
    see_it_recover(pool_scene, data, today)


def reading_seconds(rehearsal):
    """How long the pool took, from the stage before it to the one after."""
    starts = dict(rehearsal.stages)
    return starts["count care homes"] - starts["calculate"]


def see_it_end(workers):
    """The workers of a killed build end by themselves, so that nobody writes behind the next build's back."""
    deadline = time.monotonic() + SECONDS_TO_END
    left = set(workers)
    while left and time.monotonic() < deadline:
        left = {pid for pid in left if is_running(pid)}
        time.sleep(0.02)
    assert not left


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.parametrize("number", range(AT_WRITES))
def test_recovers_from_a_kill_at_a_random_write(scene, today, tmp_path, number):
    # One out of each stretch, so that they reach from the restricted store to the last of the tables.
    stretch = (begin_swap(scene.rehearsal.writes) - 1) / AT_WRITES
    chance = random.Random(f"{SEED} write {number}")  # noqa: S311 - nothing to keep secret
    kill_in_a_write(scene, today, tmp_path, at_write=int(number * stretch + chance.uniform(0, stretch)) + 1)


@pytest.mark.parametrize("step", range(IN_THE_SWAP))
def test_recovers_from_a_kill_at_each_step_of_the_swap(scene, today, tmp_path, step):
    kill_in_a_write(scene, today, tmp_path, at_write=begin_swap(scene.rehearsal.writes) + step)


def kill_in_a_write(scene, today, tmp_path, *, at_write):
    data = copy_state(scene.data, tmp_path / "data")
    killed = run_build(data, today=today, at_write=at_write)
    assert killed.exit_code == -signal.SIGKILL
    see_it_recover(scene, data, today)


def begin_swap(writes):
    """The number, counted from 1, of the write that touches the staged snapshot last."""
    return len(writes) - writes[::-1].index("os.chmod")


def test_knows_the_steps_of_the_swap(scene):
    writes = scene.rehearsal.writes
    begin = begin_swap(writes)
    assert begin > 40
    # The staged snapshot's permissions and its move; CURRENT's text, its flush and its move; clearing up; the log.
    steps = writes[begin - 1 :][:IN_THE_SWAP]
    assert steps[:4] == ["os.chmod", "os.rename", "write_text", "open"]
    assert steps[5:] == ["os.rename", "shutil.rmtree", "os.mkdir", "open"]
