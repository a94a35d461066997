"""Benchmark of what a reader does on a page, in a real browser: another area, another measure, a table sorted.

From the key or the click until the next frame that shows the result, with the charts in sight drawn.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page
from running import describe_machine, percentile, run_browser, run_dashboard, write_section, write_table

ROOT = Path(__file__).resolve().parents[2]
AREAS = ("Dudley", "Leeds", "Kent", "Bolton", "Devon", "Camden", "Norfolk", "Salford", "Wigan", "Surrey")
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
        page.keyboard.type(AREAS[turn % len(AREAS)])
        page.wait_for_timeout(150)
        page.keyboard.press("Enter")
        times.append(wait_shown(page))
        page.wait_for_timeout(200)
    return times


def change_measure(page: Page, origin: str, turns: int) -> list[float]:
    """Choose another measure from the page's list."""
    open_page(page, f"{origin}/region/E12000005")
    times = []
    for turn in range(turns):
        page.locator("#measure").click()
        # Beginning with the second: the first is chosen already.
        page.locator("[role=option]:visible").nth(1 + turn % 5).click()
        times.append(wait_shown(page))
        page.wait_for_timeout(200)
    return times


def sort_table(page: Page, origin: str, turns: int) -> list[float]:
    """Press a heading of the heat-map."""
    open_page(page, f"{origin}/region/E12000005")
    button = page.locator("table.matrix button.sort").nth(2)
    times = []
    for _ in range(turns):
        button.click()
        times.append(wait_shown(page))
    return times


ACTIONS = {"another area": change_area, "another measure": change_measure, "a table sorted": sort_table}


def measure(data: Path, *, turns: int) -> dict[str, list[float]]:
    """Return the milliseconds of each action. The first ten turns meet pages that no one has asked for before."""
    with run_dashboard(data) as server, run_browser() as browser:
        results = {}
        for name, act in ACTIONS.items():
            for state in ("first asked", "asked before"):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                results[f"{name}, {state}"] = act(page, server.origin, 10 if state == "first asked" else turns)
                page.close()
        return results


def report(results: dict[str, list[float]], machine: str) -> str:
    """Return the results as Markdown."""
    rows = [
        [name, len(times), f"{statistics.median(times):.0f} ms", f"{percentile(times, 0.95):.0f} ms"]
        for name, times in results.items()
    ]
    return (
        f"## What a reader does on a page\n\n{machine} From the key or click to the frame that shows it.\n\n"
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
