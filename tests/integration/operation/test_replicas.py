"""Two replicas behind nginx: one is taken away under load, or loses a worker, and no reader sees a failed request."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from fronted import run_nginx
from load import QUICK, Load, ask
from prometheus_client.parser import text_string_to_metric_families
from served import Dashboard, find_free_port, start, stop, wait_until_ready

BEHIND = {"PROXIES": "1", "BEHIND_TLS": "1", "ALLOWED_HOSTS": "dashboard.example.org", "WORK_PER_MINUTE": "0"}
BEHIND |= {"WARM_UP": "0"}  # pages that take little need no warming
THREADS = 4
ALONE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
READ_ONLY = [*ALONE, "sh", "-c", 'mount -o remount,bind,ro / && TMPDIR=/dev/shm exec "$@"', "sh"]
"""Runs a command that can write nothing but memory, as in a container whose file system is read-only."""


@dataclass
class Stand:
    """The replicas, and the ports at which nginx answers by https and by http."""

    replicas: list[Dashboard]
    port: int
    plain_port: int

    def bring_back(self, place: int) -> None:
        """Start the replica of a place again, where it was."""
        gone = self.replicas[place]
        stop(gone)
        self.replicas[place] = start(gone.data, log=gone.log, port=gone.port, **BEHIND)
        wait_until_ready(self.replicas[place])


@pytest.fixture(scope="module")
def stand(snapshots_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """Two replicas and nginx, on ports of their own."""
    folder = tmp_path_factory.mktemp("stand")
    replicas = []
    with ExitStack() as stack:
        stack.callback(lambda: [stop(replica) for replica in replicas])
        for name, within in (("first", []), ("second", READ_ONLY if can_mount() else [])):
            log = folder / f"{name}.log"
            replicas.append(start(snapshots_folder.parent, log=log, port=find_free_port(), within=within, **BEHIND))
        port, plain_port = stack.enter_context(run_nginx(folder, replicas=[replica.port for replica in replicas]))
        for replica in replicas:
            wait_until_ready(replica)
        yield Stand(replicas=replicas, port=port, plain_port=plain_port)


def can_mount() -> bool:
    """Tell whether this machine lets us make the file system read-only for one process."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*READ_ONLY, "true"], capture_output=True, check=False).returncode == 0


def read_metric(replica: Dashboard, name: str, **labels: str) -> float:
    """Return the sum of a metric over its labels but those given."""
    families = text_string_to_metric_families(ask(replica.port, "/metrics", is_secure=False).text)
    samples = (sample for family in families for sample in family.samples if sample.name == name)
    return sum(sample.value for sample in samples if labels.items() <= sample.labels.items())


def count_pages(replica: Dashboard) -> float:
    """Return how often a replica was asked for a page, which only readers ask for."""
    return read_metric(replica, "asc_requests_total", route="page about")


def test_loses_no_request_when_a_replica_is_taken_away_and_comes_back(stand: Stand):
    first, second = stand.replicas
    before = count_pages(second)
    with Load(stand.port, is_secure=True, addresses=QUICK) as load:
        load.wait_until(lambda: count_pages(first) > 5, what="it was never asked")
        stop(first)
        load.wait_until(lambda: count_pages(second) > before + 20, what="the other was not asked instead")
        stand.bring_back(0)
        load.wait_until(lambda: count_pages(stand.replicas[0]) > 5, what="it was not asked again")
    assert load.failures == []
    assert set(load.answers) == {200}


def test_says_the_counts_of_all_workers_whichever_answers(stand: Stand):
    """One worker at a time is held still, so that the other must answer."""
    replica = stand.replicas[0]
    before, said = count_pages(replica), []
    assert len(replica.workers) == 2
    for held in replica.workers:
        os.kill(held, signal.SIGSTOP)
        try:
            for _ in range(10):
                assert ask(replica.port, "/about", is_secure=False).status == 200
            said.append(count_pages(replica))
        finally:
            os.kill(held, signal.SIGCONT)
    assert said == [before + 10, before + 20]


def test_goes_on_when_a_worker_is_killed_and_counts_it(stand: Stand):
    """Answers that had begun are cut short, one a thread at most; whatever had not begun is asked of another."""
    replica = stand.replicas[1]
    victim, *others = replica.workers
    lost = read_metric(replica, "asc_workers_ended_total") - read_metric(replica, "asc_workers_finished_total")
    with Load(stand.port, is_secure=True, addresses=QUICK) as load:
        load.wait_for(40)
        os.kill(victim, signal.SIGKILL)
        load.wait_for(80)
    assert len(load.failures) <= THREADS
    assert all("IncompleteRead" in failure for failure in load.failures), load.failures
    assert set(load.answers) == {200}
    assert len(replica.workers) == 1 + len(others)
    assert victim not in replica.workers
    ended, finished = (read_metric(replica, f"asc_workers_{what}_total") for what in ("ended", "finished"))
    assert ended - finished == lost + 1
    lines = [json.loads(line) for line in replica.log.read_text(encoding="utf-8").splitlines()]
    assert any(str(victim) in line["message"] and line["level"] == "ERROR" for line in lines)
    # What readers looked at is nobody's business: it is not in the log unless ACCESS_LOG asks for it.
    assert not [line for line in lines if "/about" in line["message"] or "/download" in line["message"]]


def test_asks_for_https_and_writes_links_with_it(stand: Stand):
    moved = ask(stand.plain_port, "/about", is_secure=False)
    assert (moved.status, moved.headers["Location"]) == (301, "https://dashboard.example.org/about")
    feed = ask(stand.port, "/feeds/releases.atom", is_secure=True)
    assert "max-age=" in feed.headers["Strict-Transport-Security"]
    assert 'href="https://dashboard.example.org/' in feed.text
    assert 'href="http://' not in feed.text
    assert len(feed.headers["X-Request-ID"]) == 32


def test_keeps_the_metrics_from_everyone_but_this_machine(stand: Stand):
    assert ask(stand.port, "/metrics", is_secure=True).status == 200
    assert ask(stand.port, "/metrics", is_secure=True, source="127.0.0.2").status == 403
    assert ask(stand.port, "/about", is_secure=True, source="127.0.0.2").status == 200


def test_serves_and_exports_from_a_read_only_file_system(stand: Stand):
    if not can_mount():
        pytest.skip("this machine lets nobody make a file system read-only")
    replica = stand.replicas[1]
    with pytest.raises(OSError, match="Read-only file system"):
        Path(f"/proc/{replica.process.pid}/root{replica.data}/tried").touch()
    connection = ask(replica.port, "/export/page.pptx?page=/workforce", is_secure=False, is_text=False)
    assert connection.status == 200
    assert connection.content[:2] == b"PK"
    printed = ask(replica.port, "/briefing/pack.pdf?area=E12000005", is_secure=False, is_text=False)
    assert printed.status == 200
    assert printed.content.startswith(b"%PDF-")
