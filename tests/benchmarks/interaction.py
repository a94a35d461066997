"""Benchmark of what a reader does on a page, in a real browser: another area, another measure, a table sorted.

From the key or the click until the next frame that shows the result, with the charts in sight drawn.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from load import warm
from playwright.sync_api import Page
from running import describe_machine, percentile, run_browser, run_dashboard, write_section, write_table

from dashboard.measures import list_offered
from dashboard.store import open_snapshot

ROOT = Path(__file__).resolve().parents[2]
AREAS = {
    "Dudley": "E08000027",
    "Leeds": "E08000035",
    "Kent": "E10000016",
    "Bolton": "E08000001",
    "Devon": "E10000008",
    "Camden": "E09000007",
    "Norfolk": "E10000020",
    "Salford": "E08000006",
    "Wigan": "E08000010",
    "Surrey": "E10000030",
}
OPTIONS = 5
WATCH = """() => {
  window.shown = [];
  let begun = 0;
  const begin = (event) => { begun = event.timeStamp; };
  const drawn = () => [...document.querySelectorAll(".chart[data-figure]")]
    .every((one) => one.dataset.drawn === "yes" || one.getBoundingClientRect().top > innerHeight);
  const finish = () => requestAnimationFrame(() => requestAnimationFrame((now) => {
    if (drawn()) { window.shown.push(performance.now() - begun); } else { finish(); }
  }));
  document.addEventListener("keydown", (event) => event.key === "Enter" && begin(event), true);
  document.addEventListener("click", begin, true);
  document.addEventListener("asc:filled", (event) => event.detail.querySelector("h1") && finish());
  document.addEventListener("click", (event) => event.target.closest("button.sort") && finish());
}"""


def wait_shown(page: Page) -> float:
    """Return the milliseconds that the last action took."""
    for _ in range(1000):
        if shown := page.evaluate("() => window.shown.splice(0)"):
            return shown[-1]
        page.wait_for_timeout(10)
    raise SystemExit("Nothing was shown within 10 seconds.")


def open_page(page: Page, address: str) -> None:
    """Open a page and watch it."""
    page.goto(address)
    page.wait_for_selector("#early", state="detached")
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)


def change_area(page: Page, origin: str, turns: int) -> list[float]:
    """Type another area's name and press Enter."""
    open_page(page, f"{origin}/area/E06000001")
    times = []
    for turn in range(turns):
        page.locator("#area-picker").focus()
        page.keyboard.type(list(AREAS)[turn % len(AREAS)])
        page.wait_for_timeout(150)
        page.keyboard.press("Enter")
        times.append(wait_shown(page))
        page.wait_for_timeout(200)
    return times


def change_measure(page: Page, origin: str, turns: int, *, path: str = "/region/E12000005") -> list[float]:
    """Choose another measure from the page's list."""
    open_page(page, f"{origin}{path}")
    times = []
    for turn in range(turns):
        page.locator("#measure").click()
        # Beginning with the second: the first is chosen already.
        page.locator("[role=option]:visible").nth(1 + turn % OPTIONS).click()
        times.append(wait_shown(page))
        page.wait_for_timeout(200)
    return times


def change_undrawn(page: Page, origin: str, turns: int) -> list[float]:
    """Choose a council's measures, each for the first time by anyone, as before they are drawn ahead."""
    return change_measure(page, origin, min(turns, OPTIONS), path="/area/E08000025")


def sort_table(page: Page, origin: str, turns: int) -> list[float]:
    """Press a heading of the heat-map."""
    open_page(page, f"{origin}/region/E12000005")
    button = page.locator("table.matrix button.sort").nth(2)
    times = []
    for _ in range(turns):
        button.click()
        times.append(wait_shown(page))
    return times


ACTIONS = {
    "another area": change_area,
    "another measure of a region": change_measure,
    "a table sorted": sort_table,
    "a measure of a council, not drawn yet": change_undrawn,
}


def measure(data: Path, *, turns: int) -> dict[str, list[float]]:
    """Return the milliseconds of each action, once what is drawn ahead of readers is drawn."""
    with run_dashboard(data) as server, run_browser() as browser:
        warm(server, list_drawn(data))
        results = {}
        for name, act in ACTIONS.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            results[name] = act(page, server.origin, turns)
            page.close()
        return results


def list_drawn(data: Path) -> list[tuple[str, str]]:
    """Return the pages that the actions lead to and that the dashboard draws ahead: councils, a region's measures."""
    snapshots = data / "snapshots"
    snapshot = open_snapshot(snapshots / (snapshots / "CURRENT").read_text(encoding="utf-8").strip())
    measures = list_offered(snapshot, page="region")[: OPTIONS + 1]
    councils = [(f"/area/{code}", "") for code in AREAS.values()]
    return [*councils, ("/region/E12000005", ""), *(("/region/E12000005", f"?measure={word}") for word in measures)]


def report(results: dict[str, list[float]], machine: str) -> str:
    """Return the results as Markdown."""
    rows = [
        [name, len(times), f"{statistics.median(times):.0f} ms", f"{percentile(times, 0.95):.0f} ms"]
        for name, times in results.items()
    ]
    return (
        f"## What a reader does on a page\n\n{machine} From the key or click to the frame that shows it. "
        "What the dashboard draws ahead of its readers is drawn; in the last line it is not yet: in the first hour of "
        "a snapshot a council's measure may be drawn only when somebody points at it or asks.\n\n"
        + write_table(["action", "times", "median", "95th"], rows)
    )


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    machine = describe_machine("dash", "playwright")
    text = report(measure(given.data, turns=given.turns), machine)
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "interaction", text)


if __name__ == "__main__":
    main()
