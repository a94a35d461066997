"""Benchmark of the home-level returns: `make bench`. Prints a table, and writes it where it is told.

Everything is timed in one run on one machine, each step in a process of its own, so that peak memory is its own too:
reading the same files with pyarrow.csv alone; our full rebuild; the same aggregates as one DuckDB query over the CSVs;
our increment of one day, in a process that has built before and from a cold start.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from running import write_section

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

CARE_HOMES = "capacity-tracker-care-homes"
FIRST = dt.date(2020, 5, 29)
TODAY = dt.date(2026, 11, 24)
MEGABYTE = 1e6
SAMPLE_SECONDS = 0.02


def step_bare(data: Path) -> None:
    """Read every extract with pyarrow alone, as it reads a CSV by default."""
    import pyarrow.csv

    for file in sorted((data / "illustrative" / CARE_HOMES).glob("*.csv")):
        pyarrow.csv.read_csv(file)


def step_rebuild(data: Path) -> None:
    """Build with nothing read before."""
    build(data)


def step_duckdb(data: Path) -> None:
    """Count the same answers, ages and sums by extract and council in one query."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(make_query(data / "illustrative" / CARE_HOMES)).fetchall()


def step_cold(data: Path) -> None:
    """Build with one new extract, from a cold start."""
    build(data)


def step_warm(data: Path) -> float:
    """Build, let one more extract arrive, and return the seconds of the second build."""
    build(data)
    arrive(data)
    begun = time.perf_counter()
    build(data)
    return time.perf_counter() - begun


def build(data: Path) -> None:
    """Build and publish, totals accepted."""
    from etl.pipeline import Folders, Options
    from etl.pipeline import build as build_snapshot

    build_snapshot(Folders.below(data), today=TODAY, options=Options(is_accepted=True))


def make_query(folder: Path) -> str:
    """Return the query: columns counted as intake counts them, for extracts without dirt."""
    from etl.catalogue import load_catalogue

    layout = next(entry for entry in load_catalogue().returns if entry.folder == CARE_HOMES)
    headings = {column.name: column.headings[0] for column in layout.column}
    day = "CAST(regexp_extract(filename, '(\\d{4}-\\d{2}-\\d{2})\\.csv', 1) AS DATE)"
    newest = (
        sorted(folder.glob("*.csv"))[-1].read_text(encoding="utf-8", errors="replace").partition("\n")[0].split(",")
    )
    moments = [name for name in ("CHSP_Last_Updated_UTC", "Last_Updated_UTC") if name in newest]
    age = f"date_diff('day', coalesce({', '.join(moments)})::DATE, {day})"
    asked = [headings[name] for name in layout.questions]
    current = f"({age} <= {layout.current_days} AND ({' OR '.join(f'{q} IS NOT NULL' for q in asked)}))"
    picked = [f"count(*) FILTER (WHERE {current} AND {q} = '{a}')" for q in asked for a in ("Yes", "No", "Partly")]
    picked += [f"count(*) FILTER (WHERE {current} AND {age} = {days})" for days in range(layout.current_days + 1)]
    for ratio in layout.ratio:
        names = [headings[name] for name in (*ratio.numerator, *ratio.denominator)]
        given = " AND ".join(f"{name} IS NOT NULL" for name in names)
        for part in (ratio.numerator, ratio.denominator):
            total = " + ".join(headings[name] for name in part)
            picked.append(f"sum({total}) FILTER (WHERE {given})")
    words = ", ".join(f"'{question}': 'VARCHAR'" for question in asked)
    source = f"read_csv('{folder}/*.csv', union_by_name = true, filename = true, types = {{{words}}})"
    return (
        f"SELECT {day} AS day, LocalAuthority, count(*), {', '.join(picked)} FROM {source} "
        f"WHERE Overall_Status = 'Open' GROUP BY ALL"
    )


def arrive(data: Path) -> None:
    """Move the oldest extract that was held back into the folder, its sidecars with it."""
    held = sorted((data / "held-back").glob("*.csv"))[0]
    for file in sorted(held.parent.glob(held.name + "*")):
        shutil.move(file, data / "illustrative" / CARE_HOMES / file.name)


HEAD = """## Rebuilding

Measured by `make bench`, each step in a process of its own, all in one run on one machine. Machines differ: read the
ratios, not the seconds. pyarrow reads a CSV with all cores; our rebuild reads, checks every cell against the rules,
keeps the homes, counts them at four levels, compares extracts and publishes. DuckDB counts and sums only.

"""

STEPS = {"bare": step_bare, "rebuild": step_rebuild, "duckdb": step_duckdb, "cold": step_cold, "warm": step_warm}


def prepare(data: Path, *, homes: int, days: int) -> None:
    """Make the extracts and hold the last two back, for the increments."""
    last = FIRST + dt.timedelta(days=days - 1)
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    for name in ("published", "lookups"):
        shutil.copytree(ROOT / "data" / name, data / name)
    command = [sys.executable, "-m", "etl", "synthesise", "--homes", str(homes), "--from", FIRST.isoformat()]
    command += ["--to", last.isoformat(), "--every", "1d", "--seed", "1", "--dirt", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"ASC_DATA_DIR": str(data)}, check=True)
    made = data / "illustrative"
    for folder in made.iterdir():
        if folder.name != CARE_HOMES:
            shutil.rmtree(folder)
    (data / "held-back").mkdir()
    for file in sorted((made / CARE_HOMES).glob("*.csv"))[-2:]:
        for one in sorted(file.parent.glob(file.name + "*")):
            shutil.move(one, data / "held-back" / one.name)


def measure(step: str, data: Path) -> dict[str, float]:
    """Run a step in a process of its own; return its seconds and the peak memory of it and its children."""
    import psutil

    command = [sys.executable, __file__, "--step", step, "--data", str(data)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = [0.0, 0.0]

    def watch() -> None:
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                family = [parent, *parent.children(recursive=True)]
                sizes = [member.memory_info().rss / MEGABYTE for member in family]
            except psutil.NoSuchProcess:
                continue
            peak[:] = max(peak[0], sum(sizes)), max(peak[1], max(sizes))
            time.sleep(SAMPLE_SECONDS)

    watcher = threading.Thread(target=watch)
    watcher.start()
    printed, _ = process.communicate()
    watcher.join()
    whole = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"the step {step} failed")
    inside = json.loads(printed)
    return {
        "seconds": inside["inner"] or inside["seconds"],
        "start_to_end": whole,
        "peak_mb": peak[0],
        "one_mb": peak[1],
    }


def run_step(step: str, data: Path) -> None:
    """Run one step here and print how long it took, without the interpreter's start."""
    begun = time.perf_counter()
    inner = STEPS[step](data)
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - begun, "inner": inner}))


def report(results: dict[str, dict[str, float]], *, homes: int, days: int, megabytes: float) -> str:
    """Return the results as Markdown."""
    bare = results["bare"]["seconds"]
    names = {
        "bare": "pyarrow.csv alone, every file",
        "rebuild": "our full rebuild, published",
        "duckdb": "the same aggregates, one DuckDB query",
        "cold": "one new day, published, from a cold start",
        "warm": "one new day, published, in a warm process",
    }
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("pyarrow", "pandas", "duckdb"))
    lines = [
        f"{homes:,} homes, {days} daily extracts of care homes, {megabytes:,.0f} MB of CSV. {dt.date.today():%B %Y}: "
        f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, {versions}.",
        "",
        "| step | seconds | beside pyarrow | peak memory, all processes | largest process |",
        "|---|---|---|---|---|",
    ]
    for step, name in names.items():
        result = results[step]
        seconds = result["start_to_end"] if step == "cold" else result["seconds"]
        lines.append(
            f"| {name} | {seconds:.1f} | {seconds / bare:.1f} x | {result['peak_mb']:,.0f} MB "
            f"| {result['one_mb']:,.0f} MB |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Prepare, measure each step, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--homes", type=int, default=15_500)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--data", type=Path, default=ROOT / "test-results" / "bench")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--step", choices=STEPS)
    given = parser.parse_args()
    if given.step:
        run_step(given.step, given.data)
        return
    prepare(given.data, homes=given.homes, days=given.days + 2)
    files = list((given.data / "illustrative" / CARE_HOMES).glob("*.csv"))
    megabytes = sum(file.stat().st_size for file in files) / MEGABYTE
    step_bare(given.data)  # so that every step finds the files in memory
    results = {step: measure(step, given.data) for step in ("bare", "rebuild", "duckdb")}
    arrive(given.data)
    results |= {step: measure(step, given.data) for step in ("cold", "warm")}
    text = report(results, homes=given.homes, days=given.days, megabytes=megabytes)
    sys.stdout.write(text)
    if given.output:
        write_section(given.output, "returns", HEAD + text)


if __name__ == "__main__":
    main()
