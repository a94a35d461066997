"""Benchmark of a first and a repeat visit, to the last chart in sight, beside one static file with the same figures.

Each round visits each site with an empty cache and then again, in a browser context of its own; sites take turns, so
that a busy moment of the machine meets them all.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import statistics
import sys
import tempfile
import urllib.request
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import plotly
from playwright.sync_api import Browser, Page
from running import (
    describe_machine,
    find_port,
    percentile,
    run_browser,
    run_dashboard,
    run_server,
    write_section,
    write_table,
)
from static_site import write_site

from dashboard.plotly_script import find_script

ROOT = Path(__file__).resolve().parents[2]
WINDOW = {"width": 1280, "height": 1500}
"""High enough that each view has a chart in sight."""
VIEWS = {"England": "/", "Compare": "/compare"}
FIGURE = re.compile(r'<div id="([^"]+)" class="chart"[^>]*data-figure=\'([^\']*)\'')
IN_SIGHT = """() => [...document.querySelectorAll(".chart")]
  .filter((one) => one.getBoundingClientRect().top < innerHeight).map((one) => one.id)"""
DRAWN = """(ids) => { const marks = ids.map((id) => performance.getEntriesByName("asc:drawn:" + id)[0]);
  return marks.every(Boolean) ? Math.max(...marks.map((mark) => mark.startTime)) : 0; }"""


@dataclass
class Site:
    """One address that is visited: what its marks are called, and what was measured."""

    name: str
    address: str
    marks: list[str]
    first: list[float] = field(default_factory=list)
    repeat: list[float] = field(default_factory=list)
    bytes_first: int = 0
    bytes_repeat: int = 0


def visit(page: Page, site: Site) -> tuple[float, int]:
    """Return the milliseconds until the last chart in sight was drawn, and the bytes that came over the wire."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    came: list[float] = []
    session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(site.address, wait_until="commit")
    for _ in range(600):
        if drawn := page.evaluate(DRAWN, site.marks):
            break
        page.wait_for_timeout(20)
    else:
        raise SystemExit(f"{site.address}: no chart within 12 seconds.")
    page.wait_for_timeout(1500)  # what comes after the charts counts as bytes
    return drawn, round(sum(came))


def find_figures(browser: Browser, address: str) -> tuple[list[str], list[str]]:
    """Return the ids of the charts that are in sight, and their figures as JSON."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(address)
    page.wait_for_selector("#early", state="detached")
    ids = page.evaluate(IN_SIGHT)
    page.close()
    written = dict(FIGURE.findall(urllib.request.urlopen(address).read().decode()))  # noqa: S310
    return ids, [unescape(written[name]) for name in ids]


def measure(data: Path, *, rounds: int) -> dict[str, list[Site]]:
    """Return what was measured of each view: ours, and the static file with the whole and with the small plotly.js."""
    libraries = {"whole plotly.js": Path(plotly.__file__).parent / "package_data" / "plotly.min.js"}
    libraries["our plotly.js"] = find_script().file
    views: dict[str, list[Site]] = {}
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(run_dashboard(data))
        browser = stack.enter_context(run_browser())
        for name, path in VIEWS.items():
            ids, figures = find_figures(browser, ours.origin + path)
            views[name] = [Site("dashboard", ours.origin + path, ids)]
            for words, library in libraries.items():
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                write_site(folder, figures, library=library)
                port = find_port()
                command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
                command += ["--worker-class", "gthread", "--workers", "2", "--no-control-socket"]
                command += ["--config", os.devnull]
                command += ["--pythonpath", str(Path(__file__).parent), "static_site:make_server()"]
                environment = {"STATIC_SITE": str(folder), "PYTHONPATH": str(ROOT)}
                server = stack.enter_context(run_server(command, port=port, environment=environment))
                views[name].append(Site(f"static file, {words}", server.origin + "/", ["all"]))
        for turn in range(rounds + 1):
            for sites in views.values():
                for site in sites if turn % 2 else reversed(sites):
                    visit_twice(browser, site, counts=turn > 0)
    return views


def visit_twice(browser: Browser, site: Site, *, counts: bool) -> None:
    """Visit with an empty cache and then again; the first round warms up and does not count."""
    context = browser.new_context(viewport=WINDOW)
    first, first_bytes = visit(context.new_page(), site)
    repeat, repeat_bytes = visit(context.new_page(), site)
    context.close()
    if counts:
        site.first.append(first)
        site.repeat.append(repeat)
        site.bytes_first, site.bytes_repeat = first_bytes, repeat_bytes


def report(views: dict[str, list[Site]], machine: str) -> str:
    """Return the results as Markdown, each beside the static file with the whole plotly.js."""
    rows = []
    for name, (ours, whole, small) in views.items():
        for site in (ours, whole, small):
            cells = [name, site.name]
            for kind, size in (("first", site.bytes_first), ("repeat", site.bytes_repeat)):
                times, beside = getattr(site, kind), getattr(whole, kind)
                median = statistics.median(times)
                cells += [f"{median:.0f} ms", f"{percentile(times, 0.95):.0f} ms"]
                cells += [f"{median / statistics.median(beside):.2f} x", f"{size / 1000:,.0f} KB"]
            rows.append(cells)
    head = ["view", "site", "first visit", "95th", "beside static", "bytes", "repeat visit", "95th", "beside static",
            "bytes"]  # fmt: skip
    return (
        f"## A visit, to the last chart in sight\n\n{machine} {len(views['England'][0].first)} rounds, sites in turn, "
        f"window {WINDOW['width']} x {WINDOW['height']}, over loopback; compressed bytes, with those just after.\n\n"
        + write_table(head, rows)
    )


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    machine = describe_machine("dash", "plotly", "gunicorn")
    text = report(measure(given.data, rounds=given.rounds), machine)
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "first visit", text)


if __name__ == "__main__":
    main()
