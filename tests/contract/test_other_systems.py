"""Systems without the modules of Unix: the README says how to run there, so both halves start without them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from etl.locks import lock_file

ROOT = Path(__file__).resolve().parents[2]
WITHOUT = "import sys; sys.modules.update(dict.fromkeys(['fcntl', 'pwd', 'grp', 'resource', 'termios'])); "


@pytest.mark.parametrize(
    "start", ["import etl.__main__", "import app; assert app.server.test_client().get('/healthz')"]
)
def test_starts_where_there_is_nothing_of_unix(start):
    done = subprocess.run([sys.executable, "-c", WITHOUT + start], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("waits", "way"), [(False, "at once"), (True, "after a while")])
def test_locks_the_first_byte_on_windows_and_writes_where_it_stood(tmp_path, monkeypatch, waits, way):
    asked = []
    system = SimpleNamespace(LK_NBLCK="at once", LK_LOCK="after a while")
    with (tmp_path / "log").open("w+") as handle:
        handle.write("first line\n")
        system.locking = lambda _, how, size: asked.append((how, handle.tell(), size))
        monkeypatch.setitem(sys.modules, "fcntl", None)
        monkeypatch.setitem(sys.modules, "msvcrt", system)
        lock_file(handle, waits=waits)
        handle.write("second line\n")
    assert asked == [(way, 0, 1)]
    assert (tmp_path / "log").read_text() == "first line\nsecond line\n"
