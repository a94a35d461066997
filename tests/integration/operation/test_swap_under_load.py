"""New snapshots go live, one is refused, the workers are renewed, all while readers read: none gets a failed answer."""

from __future__ import annotations

import json
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from load import QUICK, Load, ask
from served import Dashboard, serve

from dashboard.store import make_id

MOST_MEGABYTES = 60


@pytest.fixture(scope="module")
def second(snapshots_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two sound snapshots, the same figures on another day; the first is live. Returns the other."""
    folder = shutil.copytree(snapshots_folder, tmp_path_factory.mktemp("swapped") / "data" / "snapshots")
    live = folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()
    manifest = json.loads((live / "manifest.json").read_text(encoding="utf-8")) | {"data_date": "2021-12-31"}
    manifest["id"] = make_id(manifest)
    other = shutil.copytree(live, folder / manifest["id"])
    (other / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return other


@pytest.fixture(scope="module")
def own(second: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A dashboard on that folder."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    with serve(second.parent.parent, log=log, WORK_PER_MINUTE="0") as started:
        yield started


def make_live(own: Dashboard, snapshot_id: str) -> None:
    """Replace CURRENT in one step, as a build does."""
    pointer = own.data / "snapshots" / ".CURRENT.new"
    pointer.write_text(snapshot_id + "\n", encoding="utf-8")
    pointer.replace(own.data / "snapshots" / "CURRENT")


def live_id(own: Dashboard) -> str:
    """Return the snapshot that the process which happens to answer shows."""
    return json.loads(ask(own.port, "/healthz", is_secure=False).text)["snapshot"]


def test_drops_no_request_when_snapshots_change_and_workers_are_renewed(own: Dashboard, second: Path):
    first_id = live_id(own)
    before = own.workers
    with Load(own.port, addresses=QUICK) as load:
        load.wait_for(30)
        for wanted in (second.name, first_id):
            make_live(own, wanted)
            load.wait_for(60)
            assert {live_id(own) for _ in range(6)} == {wanted}
        own.process.send_signal(signal.SIGHUP)
        load.wait_until(lambda: not set(before) & set(own.workers), what="the old workers did not end")
        load.wait_for(60)
    assert load.failures == []
    assert set(load.answers) == {200}


def test_shares_memory_between_workers(own: Dashboard):
    """Each worker's own memory, counted by the system, after it has answered for every kind of page."""
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("this system does not say what memory a process has for itself")
    with Load(own.port) as load:
        load.wait_for(60)
    for worker in own.workers:
        said = Path(f"/proc/{worker}/smaps_rollup").read_text(encoding="utf-8")
        private = sum(int(size) for size in re.findall(r"(?m)^Private_\w+: +(\d+) kB", said)) / 1024
        assert private < MOST_MEGABYTES, f"a worker has {private:.0f} MB of its own"


def test_keeps_linux_from_copying_what_workers_share_into_large_pages(own: Dashboard):
    """What it copies that way shows after a quarter of an hour or so; whether it may, shows at once."""
    for worker in own.workers:
        may = re.search(r"(?m)^THP_enabled:\s+(\d)", Path(f"/proc/{worker}/status").read_text(encoding="utf-8"))
        if may is None:
            pytest.skip("this system does not say whether it makes large pages")
        assert may[1] == "0"


def test_refuses_a_damaged_snapshot_while_readers_read(own: Dashboard, second: Path):
    kept = live_id(own)
    damaged = second.parent / "2021-12-30-0123456789ab"
    shutil.copytree(second, damaged)
    with Load(own.port, addresses=QUICK) as load:
        make_live(own, damaged.name)
        load.wait_for(60)
        assert {live_id(own) for _ in range(6)} == {kept}
        assert "asc_snapshot_problem 1.0" in ask(own.port, "/metrics", is_secure=False).text
        page = ask(own.port, "/quality", is_secure=False)
    assert load.failures == []
    assert page.status == 200
    assert "did not pass its check" in page.text
    refusals = [line for line in own.log.read_text(encoding="utf-8").splitlines() if damaged.name in line]
    assert refusals
    assert all(json.loads(line)["level"] == "ERROR" for line in refusals)
    make_live(own, kept)
