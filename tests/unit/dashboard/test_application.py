"""The application as a whole, before any page is drawn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dashboard.application import create_app
from dashboard.settings import read_settings

SCRIPTS = 8


def test_serves_scripts_to_many_threads_at_once_from_the_first_request(tmp_path: Path) -> None:
    server = create_app(read_settings({"ASC_DATA_DIR": str(tmp_path)})).server
    path = "/_dash-component-suites/dash/deps/react@18.3.1.min.js"
    with ThreadPoolExecutor(SCRIPTS) as pool:
        statuses = list(pool.map(lambda _: server.test_client().get(path).status_code, range(SCRIPTS)))
    assert statuses == [200] * SCRIPTS


def test_finishes_its_set_up_without_figures_and_shows_them_when_they_come(tmp_path: Path, caplog) -> None:
    app = create_app(read_settings({"ASC_DATA_DIR": str(tmp_path)}))
    assert caplog.messages == []
    client = app.server.test_client()
    assert client.get("/").status_code == 503
    assert client.get("/_dash-layout").status_code == 200
    outputs = {callback["output"] for callback in client.get("/_dash-dependencies").get_json()}
    assert any("_pages_content" in output for output in outputs)
