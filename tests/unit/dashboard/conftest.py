"""The snapshots that views are tried on, and the app without a browser."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.application import create_app
from dashboard.settings import Settings
from dashboard.store import Snapshot, open_snapshot
from etl.pipeline import Folders, build
from etl.synthesise import synthesise
from tests.made_once import make_once

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def snapshot(snapshot_folder: Path) -> Snapshot:
    """The published figures. Read only."""
    return open_snapshot(snapshot_folder)


@pytest.fixture(scope="session")
def made_up_folder(tmp_path_factory: pytest.TempPathFactory, today: dt.date) -> Path:
    """The folder of snapshots with one that holds made-up returns too: few homes, eight weeks about the break."""
    published, lookups = ROOT / "data" / "published", ROOT / "data" / "lookups"

    def make(data: Path) -> None:
        folders = replace(Folders.below(data), published=published, lookups=lookups)
        synthesise(
            homes=4000, first=dt.date(2020, 7, 31), last=dt.date(2020, 9, 18), every=dt.timedelta(weeks=1), seed=1,
            dirt=0.02, target=folders.illustrative, lookups=lookups, published=published,
        )  # fmt: skip
        build(folders, today=today)

    return Folders.below(make_once(tmp_path_factory, "made-up", make)).snapshots


@pytest.fixture(scope="session")
def made_up(made_up_folder: Path) -> Snapshot:
    """The published figures and made-up returns. Read only."""
    return open_snapshot(made_up_folder / (made_up_folder / "CURRENT").read_text(encoding="utf-8").strip())


@pytest.fixture(scope="session")
def made_up_client(made_up_folder: Path) -> FlaskClient:
    """Requests to an app over them."""
    return create_app(Settings(snapshots=made_up_folder, host="127.0.0.1", port=8050)).server.test_client()


@pytest.fixture(scope="session")
def app(snapshots_folder: Path) -> Dash:
    """The app over the published figures."""
    return create_app(Settings(snapshots=snapshots_folder, host="127.0.0.1", port=8050))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """Requests to the app, answered as in production: errors become pages."""
    return app.server.test_client()
