from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MEASURE = """
import os, runpy, sys
runpy.run_path(sys.argv[1], run_name="settings")
import numpy, psutil
numpy.ones(3_000_000)                                # 24 MB; when it goes, glibc begins to keep such room
arrays = [numpy.ones(500_000) for _ in range(60)]    # 240 MB, as the columns of a snapshot
after = numpy.ones(500_000)                          # what came later keeps the heap from shrinking
before = psutil.Process().memory_info().rss
del arrays
print((before - psutil.Process().memory_info().rss) / 1e6)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what is set is glibc's")
def test_gives_back_the_room_of_what_has_gone(tmp_path: Path):
    command = [sys.executable, "-c", MEASURE, str(ROOT / "gunicorn.conf.py")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=environment)
    assert float(done.stdout) > 200
