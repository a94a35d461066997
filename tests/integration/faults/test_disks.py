"""A disk that fills up during a publication or an export, and one that becomes read-only: nothing is lost.

The disk is a small file system in memory, mounted where only the process under test sees it. Where this machine lets
nobody mount one, the largest file that a process may write is set instead, which fails in the same places.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.publish import find_damage, read_current

ROOT = Path(__file__).resolve().parents[3]
ASKING = Path(__file__).with_name("asking.py")
ALONE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
KILOBYTES_TO_SPARE = 64
SMALL = 16
"""Kilobytes of a disk that takes a folder and a word, so that it is chosen for temporary files, and no page."""
READ = ("/about", "/downloads", "/readyz", "/metrics")
NEED_FILES = ("/export/deaths.png?page=/", "/export/page.ods?page=/", "/briefing/pack.pdf")
"""What is made with files on the disk; spreadsheets and slides are made in memory."""


def can_mount(folder: Path) -> bool:
    """Tell whether this machine lets us mount a file system that nobody else sees."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run([*ALONE, "mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True, check=False)
    return tried.returncode == 0


def run_alone(script: str, *, data: Path) -> str:
    """Return what a shell script says that runs where its mounts are its own."""
    environment = os.environ | {"ASC_DATA_DIR": str(data), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    done = subprocess.run(
        [*ALONE, "sh", "-euc", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ask_for(data: Path, *paths: str) -> str:
    """Return the command that asks the dashboard on a data folder for addresses."""
    return shlex.join([sys.executable, str(ASKING), str(data), *paths])


def read_part(said: str, name: str) -> str:
    """Return what the script said between one of its marks and the next."""
    return re.search(rf"(?s)== {name} ==\n(.*?)(?:== |\Z)", said)[1]


def read_gauge(metrics: str, name: str) -> float:
    """Return what a gauge says of the folder of snapshots."""
    return float(re.search(rf'{name}\{{folder="snapshots"\}} (\S+)', metrics)[1])


def test_loses_nothing_on_a_full_disk_nor_on_one_that_is_read_only(live_data: Path, tmp_path: Path, fingerprint):
    if not can_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a file system; the largest file is tried in the next test")
    live = read_current(live_data / "snapshots")
    kept = shutil.copytree(live_data / "snapshots", tmp_path / "kept")
    log = tmp_path / "dashboard.log"
    size = sum(file.stat().st_size + 4096 for file in kept.rglob("*")) // 1024 + KILOBYTES_TO_SPARE
    python, folder = shlex.quote(sys.executable), shlex.quote(str(live_data / "snapshots"))
    build = f'{python} -m etl build --yes 2>&1 || echo "ended with $?"'
    ask = f"{ask_for(live_data, *READ)} 2>{shlex.quote(str(log))}"
    said = run_alone(
        f"""
        mount -t tmpfs -o size={size}k tmpfs {folder}
        cp -r {shlex.quote(str(kept))}/. {folder}
        echo "== full =="; {build}
        cp -r {folder} {shlex.quote(str(tmp_path / "after_full"))}
        mount -o remount,ro {folder}
        echo "== read-only =="; {build}
        echo "== asked =="; {ask}
        cp -r {folder} {shlex.quote(str(tmp_path / "after_read_only"))}
        mount -o remount,rw,size=64m {folder}
        echo "== mended =="; {build}
        cp -r {folder} {shlex.quote(str(tmp_path / "mended"))}
        """,
        data=live_data,
    )
    assert "No space left on device" in read_part(said, "full")
    assert "Read-only file system" in read_part(said, "read-only")
    for name in ("full", "read-only"):
        assert "ended with 4" in read_part(said, name)
        assert "Traceback" not in read_part(said, name)
        after = tmp_path / f"after_{name.replace('-', '_')}"
        assert read_current(after) == live
        assert fingerprint(after / live) == fingerprint(kept / live)
        assert not list(after.glob(".staging-*"))
    asked = json.loads(read_part(said, "asked"))
    assert [asked[path][0] for path in READ] == [200] * 4
    ready = json.loads(asked["/readyz"][1])
    assert ready["snapshot"] == live
    assert "The disk of snapshots is nearly full." in ready["warnings"]
    assert read_gauge(asked["/metrics"][1], "asc_disk_free_bytes") < 1024 * 1024
    assert read_gauge(asked["/metrics"][1], "asc_folder_writable") == 0
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["message"] for line in lines].count("The disk of snapshots is nearly full.") == 1
    assert "ended with" not in read_part(said, "mended")
    published = read_current(tmp_path / "mended")
    assert published != live
    assert not find_damage(tmp_path / "mended" / published)


def test_says_so_where_an_export_finds_the_disk_full(live_data: Path, tmp_path: Path):
    if not can_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a file system")
    folder, log = tmp_path / "small", tmp_path / "dashboard.log"
    folder.mkdir()
    paths = ("/about", *NEED_FILES, "/export/page.xlsx?page=/", "/briefing/pack.pptx", "/metrics")
    said = run_alone(
        f"""
        mount -t tmpfs -o size={SMALL}k tmpfs {shlex.quote(str(folder))}
        TMPDIR={shlex.quote(str(folder))} {ask_for(live_data, *paths)} 2>{shlex.quote(str(log))}
        """,
        data=live_data,
    )
    asked = json.loads(said)
    assert {path: status for path, (status, _) in asked.items()} == {
        path: 503 if path in NEED_FILES else 200 for path in paths
    }
    for path in NEED_FILES:  # how far Chromium comes with a small page is not always the same
        assert "Not available just now" in asked[path][1]
        assert "Try again" in asked[path][1]
    for kind in ("png", "ods", "pack.pdf"):
        assert f'asc_exports_total{{kind="{kind}",status="503"}} 1.0' in asked["/metrics"][1]
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    told = [line["message"] for line in lines if line["level"] == "ERROR"]
    assert len(told) == len(NEED_FILES)
    assert sum("No space left on device" in message for message in told) >= 2


def test_loses_nothing_where_files_may_not_grow(live_data: Path, tmp_path: Path, fingerprint):
    """The same through the largest file that a process may write: eight blocks, which no table fits in."""
    if can_mount(tmp_path):
        pytest.skip("a disk that is really full was tried")
    before = fingerprint(live_data / "snapshots")
    command = f"ulimit -f 8; exec {shlex.quote(sys.executable)} -m etl build --yes"
    environment = os.environ | {"ASC_DATA_DIR": str(live_data), "COLUMNS": "200"}
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "File too large" in done.stderr
    after = fingerprint(live_data / "snapshots")
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {".lock"}
