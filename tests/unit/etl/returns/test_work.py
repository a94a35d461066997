"""Work: tasks side by side, and what becomes of them when a process ends without a word."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from etl.errors import EtlError
from etl.returns import work
from etl.returns.work import Task, describe_file, run

ROOT = Path(__file__).resolve().parents[4]


def make_tasks(count):
    return [Task("s", f"{number}.csv", "2020-08-10", "restricted", "lookups", "k", True) for number in range(count)]


class Pool:
    """Stands in for a pool of processes of which one is ended by the system."""

    def __init__(self, **_):
        self.is_closed = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.is_closed = True

    def map(self, function, tasks, chunksize):
        yield {"file": tasks[0].file}
        raise BrokenProcessPool("A process in the process pool was terminated abruptly")


def test_says_what_to_do_when_a_process_of_the_pool_is_ended(monkeypatch):
    monkeypatch.setattr(work, "ProcessPoolExecutor", Pool)
    records = run(make_tasks(3))
    assert next(records) == {"file": "0.csv"}
    with pytest.raises(EtlError, match="most likely because memory ran out") as raised:
        next(records)
    assert "free some memory, then build again" in str(raised.value)


@pytest.mark.parametrize(("count", "workers"), [(1, None), (2, None), (5, 1)])
def test_does_a_few_tasks_by_itself(monkeypatch, count, workers):
    monkeypatch.setattr(work, "ProcessPoolExecutor", None)
    monkeypatch.setattr(work, "do_task", lambda task: {"file": task.file})
    assert len(list(run(make_tasks(count), workers=workers))) == count


def test_knows_a_file_by_its_size_and_time_and_those_of_its_sidecars(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("abc", encoding="utf-8")
    alone = describe_file(file)
    assert alone["size"] == 3
    (tmp_path / "a.csv.rows").write_text("12", encoding="utf-8")
    assert describe_file(file).keys() - alone.keys() == {"size.rows", "mtime_ns.rows"}


def test_ends_a_worker_whose_parent_is_gone(tmp_path):
    """In processes of their own: a parent starts a worker as a pool does, and is killed."""
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(
            """
            import multiprocessing, os, signal, sys, time
            from etl.returns.work import _end_with_parent

            def stay(told):
                _end_with_parent()
                told.send(os.getpid())
                time.sleep(60)

            if __name__ == "__main__":
                context = multiprocessing.get_context("spawn")
                told, tell = context.Pipe(duplex=False)
                context.Process(target=stay, args=(tell,)).start()
                print(told.recv(), flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
            """
        ),
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(script)], cwd=ROOT, env={"PYTHONPATH": "."}, stdout=subprocess.PIPE)
    said, _ = parent.communicate(timeout=60)
    worker = int(said)
    deadline = time.monotonic() + 10
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(worker)


def is_running(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
