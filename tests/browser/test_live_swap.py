"""A new snapshot goes live without a restart; a damaged one is refused, the old one stays, and /healthz says so."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIRequestContext, Page, Playwright, expect
from served import Dashboard, build_snapshot, serve
from visits import wait_until_drawn

FIGURES = "published/taskforce_indicators.csv"
ORIGINS = "published/origins.csv"
BEFORE, AFTER = "1.1,E92000001,,2020-08-10,,point,94", "1.1,E92000001,,2020-08-10,,point,93"


def hash_of(file: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def second(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot in which one published figure is another."""
    data = tmp_path_factory.mktemp("second") / "data"
    shutil.copytree(data_folder, data, ignore=shutil.ignore_patterns("snapshots"))
    text = (data / FIGURES).read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    before = hash_of(data / FIGURES)
    (data / FIGURES).write_text(text.replace(BEFORE, AFTER), encoding="utf-8", newline="")
    # As `carry` would have written it: a table that is not the one that was carried is refused.
    origins = (data / ORIGINS).read_text(encoding="utf-8")
    (data / ORIGINS).write_text(origins.replace(before, hash_of(data / FIGURES)), encoding="utf-8", newline="")
    return data / "snapshots" / build_snapshot(data)


@pytest.fixture(scope="module")
def own(data_folder: Path, second: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A dashboard whose snapshots these tests change."""
    data = tmp_path_factory.mktemp("swapped") / "data"
    shutil.copytree(data_folder / "snapshots", data / "snapshots")
    shutil.copytree(second, data / "snapshots" / second.name)
    with serve(data, log=data.parent / "server.log") as started:
        yield started


@pytest.fixture
def first_id(own: Dashboard, data_folder: Path) -> Iterator[str]:
    """The id of the first snapshot, live when the test begins."""
    snapshot_id = (data_folder / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
    make_live(own, snapshot_id)
    return snapshot_id


@pytest.fixture
def health(own: Dashboard, playwright: Playwright) -> Iterator[APIRequestContext]:
    """Requests to that dashboard."""
    requests = playwright.request.new_context(base_url=own.origin)
    yield requests
    requests.dispose()


def make_live(own: Dashboard, snapshot_id: str) -> None:
    """Replace CURRENT in one step, as a build does."""
    pointer = own.data / "snapshots" / ".CURRENT.new"
    pointer.write_text(snapshot_id + "\n", encoding="utf-8")
    pointer.replace(own.data / "snapshots" / "CURRENT")


def test_shows_the_new_figures_after_a_reload(own: Dashboard, first_id: str, second: Path, health, page: Page):
    page.goto(own.origin + "/")
    wait_until_drawn(page)
    cell = page.locator("#card-measures table.dumbbell tbody tr").filter(has=page.locator("td")).first
    expect(page.locator("footer").filter(has_text=first_id)).to_be_visible()
    expect(cell).to_contain_text("94%")

    make_live(own, second.name)
    for _ in range(6):  # every worker, not only the one that answers first
        assert health.get("/healthz").json() == {"status": "ok", "snapshot": second.name, "problem": ""}
    page.reload()
    wait_until_drawn(page)
    expect(page.locator("footer").filter(has_text=second.name)).to_be_visible()
    expect(cell).to_contain_text("93%")
    expect(cell).not_to_contain_text("94%")


def test_keeps_the_old_snapshot_when_the_new_one_is_damaged(own: Dashboard, first_id: str, second: Path, health):
    assert health.get("/healthz").json()["snapshot"] == first_id
    damaged = own.data / "snapshots" / second.name
    whole = (damaged / "observations.parquet").read_bytes()
    with (damaged / "observations.parquet").open("ab") as stream:
        stream.write(b"x")
    make_live(own, damaged.name)

    for _ in range(6):
        said = health.get("/healthz")
        assert said.status == 200
        assert said.json()["snapshot"] == first_id
        assert "observations.parquet" in said.json()["problem"]
        assert damaged.name in said.json()["problem"]
    assert health.get("/").status == 200
    assert f"{first_id} stays" in own.log.read_text(encoding="utf-8")
    (damaged / "observations.parquet").write_bytes(whole)


def test_keeps_the_old_snapshot_when_the_pointer_leads_nowhere(own: Dashboard, first_id: str, health):
    assert health.get("/healthz").json()["snapshot"] == first_id
    make_live(own, "2020-08-12-nowhere")
    said = health.get("/healthz").json()
    assert said["snapshot"] == first_id
    assert "2020-08-12-nowhere" in said["problem"]
    make_live(own, first_id)
    assert health.get("/healthz").json() == {"status": "ok", "snapshot": first_id, "problem": ""}
