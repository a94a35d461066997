"""Benchmark of the open data: how much memory a whole snapshot's CSV takes, and how long pages of the API take.

Run as `python tests/benchmarks/open_data.py [folder of snapshots]`. Prints a table. Each step has a process of its own,
so that peak memory is its own too. The CSV is written over one, five and twenty copies of the rows: the peak must not
grow with them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

QUERIES = ("", "?offset=150000", "?area=E08000027", "?from=2020-06-01&to=2020-06-30", "?limit=25000")
COPIES = (1, 5, 20)


def measure_peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def step_stream(file: Path, copies: int) -> None:
    """Write the CSV of a table that has the rows several times over, and throw it away piece by piece."""
    import pyarrow.parquet as pq

    from dashboard.export.table_csv import stream_csv
    from dashboard.store import read_batches, read_schema

    with tempfile.TemporaryDirectory() as folder:
        target = file
        if copies > 1:
            target = Path(folder) / "long.parquet"
            schema = pq.read_schema(file)
            with pq.ParquetWriter(target, schema, compression="zstd") as writer:
                for _ in range(copies):
                    for batch in read_batches(file, rows=65_536):
                        writer.write_batch(batch)
        before = measure_peak()
        started = time.perf_counter()
        size = sum(map(len, stream_csv(read_batches(target), schema=read_schema(target))))
        seconds = time.perf_counter() - started
    print(f"| CSV of the observations, {copies} x | {size / 1e6:,.0f} MB | {seconds:.1f} s | {measure_peak():,.0f} MB "
          f"(before: {before:,.0f}) |")  # fmt: skip


def step_api(snapshots: Path) -> None:
    """Ask the API for pages, the second time round."""
    from dashboard.application import create_app
    from dashboard.settings import Settings

    client = create_app(Settings(snapshots=snapshots, host="127.0.0.1", port=8050)).server.test_client()
    for query in QUERIES:
        client.get(f"/api/v1/observations{query}")
        started = time.perf_counter()
        reply = client.get(f"/api/v1/observations{query}")
        seconds = time.perf_counter() - started
        print(f"| /api/v1/observations{query} | {len(reply.data) / 1e6:,.1f} MB | {1000 * seconds:,.0f} ms | |")


def main() -> None:
    """Print the table, each step in its own process."""
    snapshots = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "snapshots"
    live = snapshots / (snapshots / "CURRENT").read_text(encoding="utf-8").strip()
    print("| what | size | time | peak memory |\n|---|---|---|---|", flush=True)
    for copies in COPIES:
        subprocess.run([sys.executable, __file__, "stream", live / "observations.parquet", str(copies)], check=True)
    subprocess.run([sys.executable, __file__, "api", snapshots], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["stream"]:
        step_stream(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["api"]:
        step_api(Path(sys.argv[2]))
    else:
        main()
