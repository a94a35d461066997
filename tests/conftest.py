"""Fixtures for every test: a snapshot of the carried figures, the publishers' files, private copies of the data."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from etl.pipeline import Folders, build
from tests.made_once import make_once

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def today() -> dt.date:
    """The day on which the tests' builds happen: after every figure we hold, and the same in every run."""
    return TODAY


@pytest.fixture(scope="session")
def snapshot_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot's own folder, built once from data/published alone; its parent holds CURRENT. Read only."""

    def make(data: Path) -> None:
        own = Folders.below(data)
        build(replace(own, published=ROOT / "data" / "published", lookups=ROOT / "data" / "lookups"), today=TODAY)

    snapshots = Folders.below(make_once(tmp_path_factory, "published", make)).snapshots
    return snapshots / (snapshots / "CURRENT").read_text(encoding="utf-8").strip()


@pytest.fixture(scope="session")
def snapshots_folder(snapshot_folder: Path) -> Path:
    """The folder of snapshots that holds `snapshot_folder`, with CURRENT and releases/. Read only."""
    return snapshot_folder.parent


@pytest.fixture(scope="session")
def originals() -> Path:
    """The publishers' own files; a test that needs them is skipped where they are not beside the checkout."""
    folder = ROOT.parent / "shared" / "data" / "extracts"
    if not folder.is_dir():
        pytest.skip("the publishers' files are not beside the checkout")
    return folder


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A private data folder: published/ and lookups/ as the repository carries them, and an empty extracts/."""
    data = tmp_path / "data"
    for name in ("published", "lookups"):
        shutil.copytree(ROOT / "data" / name, data / name)
    (data / "extracts").mkdir()
    return data


@pytest.fixture(scope="session")
def recarry() -> Callable[..., None]:
    """A function from a data folder and ids of sources: their carried tables, edited by a test, pass for carried."""

    def rewrite(data: Path, *source_ids: str) -> None:
        file = data / "published" / "origins.csv"
        origins = pd.read_csv(file, dtype=str, keep_default_na=False)
        for source_id in source_ids:
            assert source_id in set(origins["source_id"])
            content = (data / "published" / f"{source_id}.csv").read_bytes()
            origins.loc[origins["source_id"] == source_id, "carried_sha256"] = hashlib.sha256(content).hexdigest()
        origins.to_csv(file, index=False, lineterminator="\n")

    return rewrite


@pytest.fixture(scope="session")
def fingerprint() -> Callable[[Path], dict[str, str]]:
    """A function from a folder to the sha256 of each file below it, empty folders included."""

    def take(folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): (
                hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
            )
            for path in sorted(folder.rglob("*"))
        }

    return take
