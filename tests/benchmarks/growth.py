"""Benchmark of growth: snapshots of 3 to 30 questions and 1 to 5 years of weeks, each measured in the same way.

How they are made is said in growing.py. Each size has a server of its own, and a swap between two snapshots of it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from first_visit import WINDOW, Site, find_figures
from first_visit import visit as visit_once
from growing import Contents, choose_questions, declare_copies, grow, publish_pair, read_live
from interaction import change_area, change_measure
from load import measure_callbacks
from places import REGIONS
from playwright.sync_api import Browser
from running import ROOT, Server, describe_machine, run_browser, run_dashboard, write_section, write_table
from snapshots import measure_memory, measure_opening, measure_swaps
from swaps import ask

LIVE = "as it is"
SIZES = ("3x1", "30x1", "3x5", "30x5")
VIEWS = {"council": "/area/E09000002#card-trend", "region": "/region/E12000005#card-trend"}
"""With the trend in sight, as from a link to it: there is no chart higher up."""
NEVER_ASKED = {
    "council": ["/area/E09000030", "/area/E10000016", "/area/E06000052", "/area/E08000035", "/area/E10000019"],
    "region": REGIONS[5:9],
}
"""Pages that nothing else here asks for before: they are drawn when they are."""
CALLBACKS = 1500


@dataclass(frozen=True)
class Line:
    """A line of the table: what it says, which figure it shows, and how."""

    words: str
    name: str
    show: Callable[[float], str]


def as_ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1000:,.0f} ms"


def as_mb(megabytes: float) -> str:
    """Return megabytes."""
    return f"{megabytes:,.0f} MB"


def as_kb(size: float) -> str:
    """Return bytes as kilobytes."""
    return f"{size / 1000:,.0f} KB"


LINES = (
    Line("rows of observations", "rows", "{:,.0f}".format),
    Line("files of the snapshot", "files", "{:.1f} MB".format),
    Line("opening it", "seconds", as_ms),
    Line("memory that opening takes", "megabytes", as_mb),
    Line("start of the server, pages warmed up", "started", "{:.1f} s".format),
    Line("a council's page, drawn for the first time", "draw_council", as_ms),
    Line("a region's page, drawn for the first time", "draw_region", as_ms),
    Line("a council's page, its bytes", "bytes_council", as_kb),
    Line("a region's page, its bytes", "bytes_region", as_kb),
    Line("first visit to a council's page, at its trend", "visit_council", as_ms),
    Line("the same, all bytes over the wire", "wire_council", as_kb),
    Line("first visit to a region's page, at its trend", "visit_region", as_ms),
    Line("the same, all bytes over the wire", "wire_region", as_kb),
    Line("another area, first asked", "area_first", as_ms),
    Line("another area, asked before", "area_again", as_ms),
    Line("another measure, first asked", "measure_first", as_ms),
    Line("another measure, asked before", "measure_again", as_ms),
    Line("callbacks a second and core, warm", "callbacks", "{:,.0f}".format),
    Line("a worker's own memory (USS) after every kind of page", "pages_uss", as_mb),
    Line("with its share of what is shared (PSS)", "pages_pss", as_mb),
    Line("its own memory after a swap and the same pages", "swapped_uss", as_mb),
    Line("swap until every worker has it", "swap", as_ms),
    Line("longest answer of a page meanwhile", "longest_page", as_ms),
    Line("requests that failed meanwhile", "failed", "{:.0f}".format),
)
UNCOMPARED = {"failed"}


def draw(server: Server) -> dict[str, float]:
    """Return the median seconds and bytes of pages that nobody has asked for; SystemExit when one is refused."""
    result = {}
    for kind, paths in NEVER_ASKED.items():
        asked = [ask(server.origin, path) for path in paths]
        if any(one.status != 200 for one in asked):
            raise SystemExit(f"A {kind}'s page was answered with {[one.status for one in asked]}.")
        result[f"draw_{kind}"] = statistics.median(one.ended - one.begun for one in asked)
        result[f"bytes_{kind}"] = statistics.median(len(one.body) for one in asked)
    return result


def visit(browser: Browser, server: Server, *, rounds: int) -> dict[str, float]:
    """Return the median of first visits (seconds, until the last chart in sight) and their bytes over the wire."""
    result = {}
    for kind, path in VIEWS.items():
        ids, _ = find_figures(browser, server.origin + path)
        if not ids:
            raise SystemExit(f"{path} has no chart within {WINDOW['height']} pixels: there is nothing to wait for.")
        site = Site(kind, server.origin + path, ids)
        for _ in range(rounds):
            context = browser.new_context(viewport=WINDOW)
            drawn, site.bytes_first = visit_once(context.new_page(), site)
            site.first.append(drawn)
            context.close()
        result |= {f"visit_{kind}": statistics.median(site.first) / 1000, f"wire_{kind}": site.bytes_first}
    return result


def act(browser: Browser, server: Server, *, turns: int) -> dict[str, float]:
    """Return the median seconds of a change of area and of measure: pages first asked for, and asked for before."""
    result = {}
    for name, change, different in (("area", change_area, 10), ("measure", change_measure, 5)):
        for state, times in (("first", min(turns, different)), ("again", turns)):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            result[f"{name}_{state}"] = statistics.median(change(page, server.origin, times)) / 1000
            page.close()
    return result


def measure(
    contents: Contents, browser: Browser, *, environment: Mapping[str, str], rounds: int, turns: int
) -> dict[str, float]:
    """Return what was measured of one size."""
    with tempfile.TemporaryDirectory() as folder:
        snapshots = Path(folder) / "snapshots"
        pair = publish_pair(contents, snapshots)
        result = {"files": sum(file.stat().st_size for file in (snapshots / pair[0]).iterdir()) / 1e6}
        result |= measure_opening(snapshots / pair[0], times=3)
        begun = time.perf_counter()
        with run_dashboard(Path(folder), app="grown_app:server", environment=environment) as server:
            result["started"] = time.perf_counter() - begun
            result |= measure_memory(server)  # first, while only what it asks for has been asked
            result |= draw(server) | visit(browser, server, rounds=rounds) | act(browser, server, turns=turns)
            result["callbacks"] = measure_callbacks(server, count=CALLBACKS)["per_core"]
            return result | measure_swaps(server, snapshots, pair, swaps=1)


def report(results: dict[str, dict[str, float]], *, rounds: int, turns: int, machine: str) -> str:
    """Return the results as Markdown, each beside the smallest size."""
    smallest = next(name for name in results if name != LIVE)
    rows = [
        [line.words]
        + [
            line.show(held[line.name])
            + (f" ({held[line.name] / beside:.2f} x)" if line.name not in UNCOMPARED and name != smallest else "")
            for name, held in results.items()
        ]
        for line in LINES
        for beside in [results[smallest][line.name]]
    ]
    return (
        f"## Growth\n\n{machine} Two workers, pages not drawn ahead; medians of {rounds} visits and {turns} changes; "
        f"one swap. In brackets: beside {smallest}.\n\n"
        "Sizes are questions x years of weekly figures for England, 9 regions and 150 councils. They are made of the "
        "live snapshot: more than 13 questions are copies of these under other names, which every page shows as it "
        "shows the 13; earlier weeks are the half year of weeks again, with their verdicts and limits; other measures "
        f"from returns are left out. Published figures are the same in each. *{LIVE.capitalize()}* is the live "
        "snapshot, with all its measures.\n\n" + write_table(["", *results], rows)
    )


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), help="questions x years, the smallest first: 3x1")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    machine = describe_machine("pandas", "pyarrow", "dash", "gunicorn")
    live = read_live(given.data / "snapshots")
    results = {}
    path = {"PYTHONPATH": f"{Path(__file__).parent}:{ROOT}"}
    with run_browser() as browser:
        for size in given.sizes:
            count, years = map(int, size.split("x"))
            questions = choose_questions(count)
            results[size] = measure(
                grow(live, questions=questions, years=years),
                browser,
                environment=path | declare_copies(questions),
                rounds=given.rounds,
                turns=given.turns,
            )
        results[LIVE] = measure(
            live, browser, environment=path | declare_copies([]), rounds=given.rounds, turns=given.turns
        )
    text = report(results, rounds=given.rounds, turns=given.turns, machine=machine)
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "growth", text)


if __name__ == "__main__":
    main()
