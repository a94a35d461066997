"""Benchmark of drawing ahead: a whole snapshot drawn by one worker, and what a reader notices of it meanwhile.

The only benchmark whose server draws ahead. What is drawn is counted by the files that the workers share, which lie in
a temporary folder of the run's own. Some of them may be drawn by the server before it makes its workers.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import sys
import tempfile
import time
from pathlib import Path

from load import ask
from places import ask_page
from running import ROOT, Server, describe_machine, percentile, run_dashboard, write_section, write_table

from dashboard.drawing import list_addresses
from dashboard.store import open_snapshot

SECONDS_BETWEEN_LOOKS = 30
SHOWN = 6


def count_files(folder: Path) -> int:
    """Return how many answers the workers share."""
    return sum(1 for file in folder.glob("asc-ready-*/from-*/*") if not file.suffix)


def watch(server: Server, folder: Path, pages: list[str], *, wanted: int, seconds: float) -> dict[str, list]:
    """Ask for one of the pages a second until so many answers are shared or time is up; return what was seen.

    Looks: seconds since the start, answers shared, and the megabytes of the worker that has most of its own. Answers:
    the seconds that each took, once every page was there.
    """
    seen: dict[str, list] = {"looks": [], "answers": []}
    connection = http.client.HTTPConnection(server.origin.removeprefix("http://"), timeout=60)
    begun = time.monotonic()
    turn = 0
    while True:
        if turn % SECONDS_BETWEEN_LOOKS == 0:
            most = max(one.memory_full_info().uss for one in server.workers()) / 1e6
            seen["looks"].append((time.monotonic() - begun, count_files(folder), most))
            if seen["looks"][-1][1] >= wanted or seen["looks"][-1][0] > seconds:
                return seen
        if seen["looks"][-1][1] >= 2 * len(pages):
            asked = time.perf_counter()
            ask(connection, "POST", "/_dash-update-component", ask_page(pages[turn % len(pages)], ""))
            seen["answers"].append(time.perf_counter() - asked)
        turn += 1
        time.sleep(1)


def report(seen: dict[str, list], *, pages: int, wanted: int, megabytes: float, machine: str) -> str:
    """Return what was seen as Markdown."""
    looks, answers = seen["looks"], seen["answers"]
    seconds, files, _ = looks[-1]
    first = next((second for second, drawn, _ in looks if drawn >= 2 * pages), None)
    steps = [looks[round(place * (len(looks) - 1) / (SHOWN - 1))] for place in range(SHOWN)]
    table = write_table(
        ["minute", *(f"{second / 60:.0f}" for second, _, _ in steps)],
        [
            ["answers shared", *(f"{drawn:,}" for _, drawn, _ in steps)],
            ["own memory of the worker that has most, MB", *(f"{most:.0f}" for _, _, most in steps)],
        ],
    )
    pace = "" if first is None else f"; the {pages} pages without a query after {first / 60:.0f}"
    waits = (
        "A reader was not tried."
        if not answers
        else f"A reader who asked for one of those pages a second waited {statistics.median(answers) * 1000:.0f} ms in "
        f"the median, {percentile(answers, 0.95) * 1000:.0f} ms at the 95th and {max(answers) * 1000:.0f} ms at most "
        f"({len(answers):,} requests)."
    )
    return (
        f"## Drawing ahead\n\n{machine} Two workers, of which one draws and rests as long as it draws. {files:,} of "
        f"{wanted:,} answers were there after {seconds / 60:.0f} minutes{pace}; they take {megabytes:.0f} MB of "
        f"temporary files. {waits}\n\n{table}"
    )


def main() -> None:
    """Run until all is drawn, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=7200, help="stop then, drawn or not")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    machine = describe_machine("dash", "gunicorn")
    snapshots = given.data / "snapshots"
    addresses = list_addresses(open_snapshot(snapshots / (snapshots / "CURRENT").read_text(encoding="utf-8").strip()))
    pages = [address for address in addresses if "?" not in address]
    wanted = len(addresses) + len(pages)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DRAW_AHEAD": "1", "TMPDIR": folder}
        with run_dashboard(given.data, environment=environment) as server:
            seen = watch(server, Path(folder), pages, wanted=wanted, seconds=given.seconds)
            megabytes = sum(file.stat().st_size for file in Path(folder).glob("asc-ready-*/from-*/*")) / 1e6
    text = report(seen, pages=len(pages), wanted=wanted, megabytes=megabytes, machine=machine)
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "drawing ahead", text)


if __name__ == "__main__":
    main()
