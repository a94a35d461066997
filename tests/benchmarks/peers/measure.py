"""Benchmark beside peers: the same regional view in Streamlit and in Panel, installed for this run only.

A change is one choice of another region in the list, by keyboard, until the page's heading names it and its charts are
there. Changes a second and core: changes by the processor time that all processes of the server used for them. For us
a change is one callback that brings a whole page, of a dozen cards; for the peers it is one run of their script, with
two charts and a table.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from playwright.sync_api import Browser, Page
from running import (
    ROOT,
    Server,
    describe_machine,
    find_port,
    run_browser,
    run_dashboard,
    run_server,
    write_section,
    write_table,
)

PEERS = ("streamlit", "panel")
NAMES = ("North West", "London", "South East", "East Midlands", "South West")
LISTS = {"dashboard": "#area-picker", "streamlit": "input[role=combobox]", "panel": "select"}
CHARTS = {"dashboard": ".chart[data-drawn=yes]", "streamlit": ".js-plotly-plot .main-svg", "panel": ".main-svg"}
TURNS = 15


def install(folder: Path) -> Path:
    """Return the Python of an environment with the peers in it, made now if it is not there."""
    python = folder / "bin" / "python"
    uv = str(Path(sys.executable).parent / "uv")
    if not python.exists():
        subprocess.run([uv, "venv", str(folder), "--python", sys.executable], check=True)
        subprocess.run(
            [uv, "pip", "install", "--python", str(python), *PEERS, "plotly", "pandas", "pyarrow"], check=True
        )
    return python


def run_peer(name: str, python: Path, data: Path) -> contextlib.AbstractContextManager[Server]:
    """Run a peer over the data folder."""
    port, script = find_port(), str(HERE / f"{name}_app.py")
    commands = {
        "streamlit": ["run", script, "--server.headless", "true", "--server.port", str(port), "--server.address",
                      "127.0.0.1", "--browser.gatherUsageStats", "false"],
        "panel": ["serve", script, "--port", str(port), "--address", "127.0.0.1"],
    }  # fmt: skip
    ready = "/panel_app" if name == "panel" else "/"
    environment = {"ASC_DATA_DIR": str(data)}
    return run_server([str(python), "-m", name, *commands[name]], port=port, environment=environment, ready=ready)


def open_view(browser: Browser, name: str, origin: str) -> tuple[Page, float]:
    """Return the page in a browser without a cache, and the milliseconds until its first chart is there."""
    page = browser.new_context(viewport={"width": 1280, "height": 1500}).new_page()
    path = {"dashboard": "/", "panel": "/panel_app"}.get(name, "/")
    begun = time.perf_counter()
    page.goto(origin + path, wait_until="commit")
    page.locator(CHARTS[name]).first.wait_for(state="attached", timeout=60_000)
    return page, (time.perf_counter() - begun) * 1000


def change(page: Page, name: str, region: str) -> float:
    """Return the milliseconds from the choice of a region until the heading names it."""
    field = page.locator(LISTS[name]).first
    if name == "panel":
        begun = time.perf_counter()
        field.select_option(label=region)
    else:
        field.click()
        page.keyboard.type(region)
        page.wait_for_timeout(200)
        begun = time.perf_counter()
        page.keyboard.press("Enter")
    page.locator("h1", has_text=region).first.wait_for(timeout=30_000)
    return (time.perf_counter() - begun) * 1000


def measure(browser: Browser, name: str, server: Server) -> list[str]:
    """Return a site's row: visits, changes, and what changes cost the server."""
    visits = []
    for _ in range(4):
        page, milliseconds = open_view(browser, name, server.origin)
        visits.append(milliseconds)
        if len(visits) < 4:
            page.context.close()
    page.wait_for_timeout(2000)
    for region in NAMES:
        change(page, name, region)
        page.wait_for_timeout(500)
    used, times = server.cpu_seconds(), []
    for turn in range(TURNS):
        times.append(change(page, name, NAMES[turn % len(NAMES)]))
        page.wait_for_timeout(300)
    per_core = TURNS / max(server.cpu_seconds() - used, 0.01)
    return [name, f"{statistics.median(visits[1:]):.0f} ms", f"{statistics.median(times):.0f} ms", f"{per_core:.0f}"]


def main() -> None:
    """Measure ours and each peer, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--environment", type=Path, default=ROOT / "test-results" / "peers")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    python, machine = install(given.environment), describe_machine("dash", "playwright")
    rows = []
    with run_browser() as browser:
        with run_dashboard(given.data) as server:
            rows.append(measure(browser, "dashboard", server))
        for name in PEERS:
            with run_peer(name, python, given.data) as server:
                rows.append(measure(browser, name, server))
    head = ["site", "first visit, first chart", "another region, median", "changes a second and core"]
    text = (
        f"## Beside peers\n\n{machine} The same regional view, written plainly in Streamlit and in Panel. A change is "
        "another region chosen by keyboard until the heading names it; for us it brings a whole page, for them two "
        "charts and a table. Changes a second and core: by the server's processor time, with what idling costs.\n\n"
        + write_table(head, rows)
    )
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "peers", text)


if __name__ == "__main__":
    main()
