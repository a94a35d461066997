"""Benchmark over time: half the load (250 readers), memory of every worker sampled, its slope after the first third."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from pathlib import Path

import numpy as np
from load import BEHIND_A_PROXY, simulate
from running import describe_machine, run_dashboard, write_section, write_table

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = 120
SHOWN = 7
"""Samples in the table, evenly from the first to the last."""


def main() -> None:
    """Run, sample, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=250)
    parser.add_argument("--seconds", type=int, default=90, help="1800 for the real thing")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    machine = describe_machine("locust", "gunicorn")
    sampled: list[tuple[float, float]] = []
    is_over = threading.Event()
    with run_dashboard(given.data, environment=BEHIND_A_PROXY) as server:
        begun = time.monotonic()

        def sample() -> None:
            while not is_over.wait(given.seconds / SAMPLES):
                sampled.append((time.monotonic() - begun, server.worker_megabytes()["uss"]))

        watcher = threading.Thread(target=sample)
        watcher.start()
        try:
            rows = simulate(server, users=given.users, seconds=given.seconds)
        finally:
            is_over.set()
            watcher.join()
    seconds, megabytes = np.array(sampled).T
    settled = seconds > seconds[-1] / 3
    slope = np.polyfit(seconds[settled], megabytes[settled], 1)[0] * 60
    total = rows[-1]
    begun, third, end = megabytes[0], megabytes[settled][0], megabytes[-1]
    shown = np.linspace(0, len(seconds) - 1, SHOWN).round().astype(int)
    table = write_table(
        ["minute", *(f"{second / 60:.1f}" for second in seconds[shown])],
        [["own memory, MB", *(f"{held:.1f}" for held in megabytes[shown])]],
    )
    text = (
        f"## Over time\n\n{machine} {given.users} readers for {given.seconds} seconds: "
        f"{int(total['Request Count']):,} requests, {total['Failure Count']} errors. A worker's own memory (USS): "
        f"{begun:.0f} MB at the start, {third:.0f} MB after a third, {end:.0f} MB at the end; slope over the last two "
        f"thirds {slope:+.2f} MB a minute. Kept answers may grow to 8 MB a worker, and no further.\n\n{table}"
    )
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "soak", text)


if __name__ == "__main__":
    main()
