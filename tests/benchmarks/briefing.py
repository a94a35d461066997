"""Benchmark of the briefing pack: how long a region's pack takes cold and warm, and what memory it needs.

Run as `python tests/benchmarks/briefing.py [folder of snapshots] [--output docs/performance.md]`. Prints a table, and
puts it into its own section of the file. Each step has a process of its own, so that peak memory is its own too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

COLLECTED = ("matrix", "trend", "funnel", "map", "ranking", "deaths")
SECTION = "## Briefing packs"
WORDS = """Measured by `make bench` on the illustrative snapshot of 15,500 homes. Cold: the first request of a worker,
which opens the snapshot and starts Chromium. Next: another area in the same worker. Warm: the same request again.
Memory is the most that one process had held by then: the worker, or the largest of Chromium, whose program files count
as its own."""


def measure(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or any one of its children, has held, in MB."""
    return resource.getrusage(who).ru_maxrss * 1024 / 1e6


def step_served(snapshots: Path) -> None:
    """Ask a server for packs: the first, other areas, the same again, slides, and collected cards."""
    from dashboard.application import create_app
    from dashboard.settings import Settings

    client = create_app(Settings(snapshots=snapshots, host="127.0.0.1", port=8050)).server.test_client()
    live = (snapshots / "CURRENT").read_text(encoding="utf-8").strip()
    cards = "|".join(f"{live}:{view}:/region/E12000005" for view in COLLECTED)
    asked = [
        ("PDF of a region, cold", "/briefing/pack.pdf?area=E12000005"),
        ("PDF of a region, warm", "/briefing/pack.pdf?area=E12000005"),
        ("PDF of England, next", "/briefing/pack.pdf?area=E92000001"),
        ("PDF of a council, next", "/briefing/pack.pdf?area=E08000027"),
        ("slides of a region", "/briefing/pack.pptx?area=E12000005"),
        ("the page of a region", "/briefing?area=E12000005"),
        ("the page of a region, warm", "/briefing?area=E12000005"),
        (f"PDF of {len(COLLECTED)} collected cards", f"/briefing/pack.pdf?cards={cards}"),
    ]
    for what, address in asked:
        begun = time.perf_counter()
        reply = client.get(address)
        seconds = time.perf_counter() - begun
        if reply.status_code != 200:
            sys.exit(f"{address} answered {reply.status_code}: {reply.text[:300]}")
        print(f"| {what} | {len(reply.data) / 1e3:,.0f} kB | {seconds:.2f} s | {measure():,.0f} MB |")


def step_command(snapshots: Path) -> None:
    """Write a region's pack by the command, from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pack.pdf"
        line = [sys.executable, "-m", "dashboard", "brief", "--area", "E12000005", "--out", str(file)]
        environment = os.environ | {"ASC_DATA_DIR": str(snapshots.parent)}
        begun = time.perf_counter()
        subprocess.run(line, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        seconds, size = time.perf_counter() - begun, file.stat().st_size
    print(f"| the command `brief`, from nothing | {size / 1e3:,.0f} kB | {seconds:.2f} s | |")


def step_chromium(snapshots: Path) -> None:
    """Print a region's document from a process that holds nothing else, so that a child's memory is Chromium's."""
    from dashboard.briefing.pdf import print_document

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pack.html"
        subprocess.run([sys.executable, __file__, str(snapshots), "--step", "document", "--output", file], check=True)
        text = file.read_text(encoding="utf-8")
    begun = time.perf_counter()
    content = print_document(text, day="2020-10-30")
    seconds = time.perf_counter() - begun
    peak = measure(resource.RUSAGE_CHILDREN)
    print(f"| Chromium alone | {len(content) / 1e3:,.0f} kB | {seconds:.2f} s | {peak:,.0f} MB |")


def step_document(snapshots: Path, target: Path) -> None:
    """Write a region's document as Chromium gets it."""
    from dashboard.briefing.document import write_document
    from dashboard.briefing.pack import make_pack
    from dashboard.briefing.sheets import draw_pack
    from dashboard.store import Store

    pack = make_pack(Store(snapshots).snapshot, "E12000005")
    document = write_document(draw_pack(pack), title="A region", description="", is_file=True)
    target.write_text(document, encoding="utf-8")


STEPS = {"served": step_served, "command": step_command, "chromium": step_chromium}


def write_section(file: Path, text: str) -> None:
    """Put the text in place of this benchmark's section of the file, or at its end."""
    old = file.read_text(encoding="utf-8").rstrip("\n") if file.exists() else ""
    before, _, rest = old.partition(SECTION)
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    file.write_text(f"{before.rstrip()}\n\n{text.rstrip()}\n{after}", encoding="utf-8")


def main() -> None:
    """Print the table, each step in its own process, and write it where it is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snapshots", nargs="?", type=Path, default=ROOT / "data" / "snapshots")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--step", choices=(*STEPS, "document"))
    given = parser.parse_args()
    if given.step:
        step_document(given.snapshots, given.output) if given.step == "document" else STEPS[given.step](given.snapshots)
        return
    lines = ["| what | size | time | memory |", "|---|---|---|---|"]
    for step in STEPS:
        line = [sys.executable, __file__, str(given.snapshots), "--step", step]
        lines += subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    cores, load = os.cpu_count(), os.getloadavg()[0]
    machine = f"{dt.date.today():%B %Y}: {platform.machine()}, {cores} cores, Python {platform.python_version()}; "
    machine += f"{load:.0f} processes at work on them at the end."
    text = "\n".join([SECTION, "", WORDS, "", machine, "", *lines])
    print(text)
    if given.output:
        write_section(given.output, text)


if __name__ == "__main__":
    main()
