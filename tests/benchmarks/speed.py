"""Benchmarks of serving and of the pages in a browser, one after another: `make bench-speed`.

Less than half an hour as it is; `--full` for ten minutes of 500 readers, half an hour of half the load, and a whole
snapshot drawn ahead, which takes longer than both.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BRIEF = {
    "first_visit.py": [],
    "interaction.py": [],
    "snapshots.py": [],
    "load.py": [],
    "soak.py": [],
    "growth.py": [],
    "peers/measure.py": [],
}
FULL = BRIEF | {"load.py": ["--seconds", "600"], "soak.py": ["--seconds", "1800"], "drawing_ahead.py": []}


def main() -> None:
    """Run each; a failure stops the rest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "data")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    for script, arguments in (FULL if given.full else BRIEF).items():
        shared = ["--data", str(given.data), "--output", str(given.output)]
        subprocess.run([sys.executable, str(HERE / script), *arguments, *shared], check=True)


if __name__ == "__main__":
    main()
