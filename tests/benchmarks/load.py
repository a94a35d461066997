"""Benchmark under load: 50 and 500 simulated readers (tests/benchmarks/journeys.py), and callbacks a second and core.

A callback's cost is the processor time of all the server's processes, divided by callbacks: readers and their simulator
share the machine, and seconds on the clock would measure both.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from places import ENCODED, ask_page, list_places
from running import Server, describe_machine, percentile, run_dashboard, write_section, write_table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CALLBACKS = 4000
AT_ONCE = 4
BEHIND_A_PROXY = {"PROXIES": "1"}
"""The dashboard believes the address that a reader is said to have (journeys.py)."""
SHORT = 60
"""Seconds for fewer readers than the most."""
PATHS = ("/", "/region/E12000005", "/area/E08000027", "/compare", "/workforce")


def ask_callbacks(origin: str, count: int, times: list[float]) -> None:
    """Ask for pages as Dash does, over one connection; SystemExit when one is refused."""
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=60)
    for turn in range(count):
        body = ask_page(PATHS[turn % len(PATHS)], "")
        begun = time.perf_counter()
        ask(connection, "POST", "/_dash-update-component", body)
        times.append(time.perf_counter() - begun)


def ask(connection: http.client.HTTPConnection, method: str, address: str, body: object = None) -> None:
    """Ask once and read the answer; SystemExit that names the address when it is not 200."""
    sent = None if body is None else json.dumps(body)
    connection.request(method, address, sent, ENCODED | ({"Content-Type": "application/json"} if sent else {}))
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{method} {address} was answered with {answer.status}.")


def measure_callbacks(server: Server, *, count: int = CALLBACKS) -> dict[str, float]:
    """Return callbacks a second of processor time, once every worker has drawn the pages, and the 95th percentile."""
    ask_callbacks(server.origin, len(PATHS) * 12, [])
    times: list[float] = []
    used, begun = server.cpu_seconds(), time.perf_counter()
    share = (server.origin, count // AT_ONCE, times)
    threads = [threading.Thread(target=ask_callbacks, args=share) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    return {
        "per_core": len(times) / (server.cpu_seconds() - used),
        "per_second": len(times) / seconds,
        "p95": percentile(times, 0.95) * 1000,
    }


def warm(server: Server, places: Iterable[tuple[str, str]]) -> None:
    """Ask for pages, by path and query, as the dashboard's drawing ahead does in its first minutes."""
    connection = http.client.HTTPConnection(server.origin.removeprefix("http://"), timeout=60)
    for path, search in places:
        ask(connection, "GET", f"{path}{search}")
        ask(connection, "POST", "/_dash-update-component", ask_page(path, search))
    connection.close()


def simulate(server: Server, *, users: int, seconds: int) -> list[dict[str, str]]:
    """Return what locust counted, a row for each kind of request and one for all."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "locust",
            "--locustfile",
            str(HERE / "journeys.py"),
            "--headless",
            "--only-summary",
        ]
        command += ["--host", server.origin, "--users", str(users), "--spawn-rate", str(max(5, users // 15))]
        command += [
            "--run-time",
            f"{seconds}s",
            "--csv",
            f"{folder}/out",
            "--exit-code-on-error",
            "0",
            "--loglevel",
            "ERROR",
        ]
        subprocess.run(command, check=True, timeout=seconds + 120, stdout=subprocess.DEVNULL)
        reasons = Path(f"{folder}/out_failures.csv").read_text(encoding="utf-8").splitlines()[1:]
        sys.stdout.writelines(f"failed: {reason}\n" for reason in reasons)
        with Path(f"{folder}/out_stats.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))


def report(
    results: dict[int, list[dict[str, str]]], callbacks: dict[str, float], *, seconds: dict[int, int], machine: str
) -> str:
    """Return the results as Markdown."""
    rows = [
        [f"{users}, {seconds[users]} s", row["Name"], f"{int(row['Request Count']):,}", row["Failure Count"], f"{float(row['Requests/s']):.0f}",
         f"{row['50%']} ms", f"{row['95%']} ms", f"{row['99%']} ms"]
        for users, held in results.items() for row in held
    ]  # fmt: skip
    head = ["readers", "request", "count", "errors", "a second", "median", "95th", "99th"]
    return (
        f"## Under load\n\n{machine} Two workers; readers, each with an address of their own, wait 1 to 5 seconds between requests; "
        "the simulator on the same cores, every page drawn before the run.\n\n"
        f"{write_table(head, rows)}\n"
        f"Warm, {AT_ONCE} connections at once: **{callbacks['per_core']:,.0f} callbacks a second and core** "
        f"({CALLBACKS:,} callbacks by the server's processor time), {callbacks['per_second']:,.0f} a second "
        f"on the clock, 95th percentile {callbacks['p95']:.1f} ms.\n"
    )


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--seconds", type=int, default=60, help="of the most readers; 600 for the real thing")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    machine = describe_machine("locust", "gunicorn", "flask", "dash")
    results, seconds = {}, {}
    for users in given.users:
        with run_dashboard(given.data, environment=BEHIND_A_PROXY) as server:
            warm(server, list_places())
            seconds[users] = given.seconds if users == max(given.users) else min(given.seconds, SHORT)
            results[users] = simulate(server, users=users, seconds=seconds[users])
    with run_dashboard(given.data) as server:
        callbacks = measure_callbacks(server)
    text = report(results, callbacks, seconds=seconds, machine=machine)
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "load", text)


if __name__ == "__main__":
    main()
