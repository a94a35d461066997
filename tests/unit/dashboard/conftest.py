"""The snapshot that views are tried on, and the app without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.application import create_app
from dashboard.settings import Settings
from dashboard.store import Snapshot, open_snapshot


@pytest.fixture(scope="session")
def snapshot(snapshot_folder: Path) -> Snapshot:
    """The published figures. Read only."""
    return open_snapshot(snapshot_folder)


@pytest.fixture(scope="session")
def app(snapshots_folder: Path) -> Dash:
    """The app over the published figures."""
    return create_app(Settings(snapshots=snapshots_folder, host="127.0.0.1", port=8050))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """Requests to the app, answered as in production: errors become pages."""
    return app.server.test_client()
