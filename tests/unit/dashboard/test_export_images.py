"""Pictures of cards, drawn on the server: they hold what the card says, or the server says what it lacks."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from dashboard.application import create_app
from dashboard.export import chromium
from dashboard.export.chromium import ChromiumError, find_chromium, run_chromium
from dashboard.export.image import BELOW, PIXELS, cut, write_page
from dashboard.export.shown import Shown, list_shown
from dashboard.figures.theme import ACROSS
from dashboard.metrics import REGISTRY
from dashboard.pages import KINDS
from dashboard.settings import Settings
from dashboard.store import Snapshot

MATRIX = "/export/matrix.png?page=/region/E12000005"


def list_cards(snapshot: Snapshot) -> list[Shown]:
    """Return the cards of one page of each kind that has any."""
    pages = [
        KINDS["country"].layout(snapshot),
        KINDS["region"].layout(snapshot, code="E12000005"),
        KINDS["authority"].layout(snapshot, code="E08000027"),
        KINDS["workforce"].layout(snapshot),
        KINDS["compare"].layout(snapshot, chart="ranking"),
        KINDS["quality"].layout(snapshot),
    ]
    return [card for page in pages for card in list_shown(page)]


def test_draws_a_card_as_large_as_a_slide_and_remembers_it(
    made_up_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    assert find_chromium()
    reply = made_up_client.get(MATRIX)
    assert (reply.status_code, reply.mimetype) == (200, "image/png"), reply.text
    assert "filename=illustrative-region-E12000005-matrix-" in reply.headers["Content-Disposition"]
    with Image.open(io.BytesIO(reply.data)) as drawn:
        assert drawn.width == PIXELS
        assert drawn.height > PIXELS * 9 // 16
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1 << 24)}
        assert (255, 255, 255) in colours
        assert BELOW not in colours
        assert (18, 67, 109) in colours or (181, 69, 11) in colours, "a mark of the matrix"
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert made_up_client.get(MATRIX).data == reply.data
    assert made_up_client.get(MATRIX, headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304


def test_writes_what_each_card_says_into_its_picture(made_up: Snapshot):
    cards = list_cards(made_up)
    assert len(cards) > 50
    for card in cards:
        text = write_page(card, made_up, address="https://example.org/x")
        assert f"Snapshot {made_up.id}, data date 18 September 2020." in text
        assert "https://example.org/x" in text
        assert 'class="actions"' not in text
        assert (ACROSS in text) == card.is_illustrative, card.view
        assert text.count("data-figure=") == len(card.figures)


def test_cuts_a_picture_below_its_card():
    whole = Image.new("RGB", (8, 10), "white")
    whole.paste(BELOW, (0, 6, 8, 10))
    written = io.BytesIO()
    whole.save(written, format="PNG")
    with Image.open(io.BytesIO(cut(written.getvalue()))) as left:
        assert left.size == (8, 6)


@pytest.mark.parametrize(
    ("file", "status", "said"),
    [
        ("page.png?page=/", 404, "A picture is of one card"),
        ("happiness.png?page=/", 404, "It has: page, measures"),
        ("map.png?page=https://example.org/", 404, "no such page"),
    ],
)
def test_refuses_a_picture_of_what_is_no_card(client: FlaskClient, file: str, status: int, said: str):
    reply = client.get(f"/export/{file}")
    assert reply.status_code == status
    assert said in reply.text


def test_says_so_where_no_chromium_is_there_to_draw(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    reply = client.get("/export/measures.png?page=/")
    assert reply.status_code == 503
    assert "This server has no Chromium" in reply.text
    assert "the browser draws it" in reply.text
    assert "no program here called chromium or" in caplog.text


def test_draws_with_the_program_that_is_named_and_with_no_other(
    snapshots_folder: Path, caplog: pytest.LogCaptureFixture
):
    settings = Settings(snapshots=snapshots_folder, host="", port=1, chromium="no-such-chromium")
    client = create_app(settings).server.test_client()
    for path in ("/export/deaths.png?page=/", "/briefing/pack.pdf", "/agenda/pack.pdf?region=E12000005"):
        before = count_exports()
        caplog.clear()
        reply = client.get(path)
        assert reply.status_code == 503, path
        assert "This server has no Chromium" in reply.text, path
        assert "no-such-chromium" not in reply.text, "a setting is not for readers"
        assert "no-such-chromium" in caplog.text, path
        assert count_exports() == before + 1, path


def count_exports() -> float:
    """Return how many exports of any kind were answered with 503."""
    samples = [sample for family in REGISTRY.collect() for sample in family.samples]
    counted = [sample for sample in samples if sample.name == "asc_exports_total"]
    return sum(sample.value for sample in counted if sample.labels["status"] == "503")


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program in Chromium's place."""
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_ends_a_chromium_that_takes_too_long_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stand_in(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait", monkeypatch)
    began = time.monotonic()
    with pytest.raises(ChromiumError, match="took too long"):
        run_chromium([], seconds=0.5)
    assert time.monotonic() - began < 5
    child = (tmp_path / "child").read_text(encoding="utf-8").strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True).stdout.strip()
    assert state in ("", "Z"), "the child lives on"


def test_says_so_when_chromium_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    stand_in(tmp_path, "echo no display >&2; exit 7", monkeypatch)
    with pytest.raises(ChromiumError, match="could not draw"):
        run_chromium([], seconds=5)
    assert "no display" in caplog.text


def test_says_so_when_what_stands_for_chromium_is_no_program(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    program = tmp_path / "chromium"
    program.write_bytes(b"no program")
    program.chmod(0o755)
    with pytest.raises(ChromiumError, match="cannot be started"):
        run_chromium([], seconds=5, named=str(program))
    assert "Exec format error" in caplog.text


def test_refuses_rather_than_wait_for_ever_for_its_turn(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chromium, "PATIENCE", 0.05)
    with chromium._ONE_AT_A_TIME, pytest.raises(ChromiumError, match="busy"):
        run_chromium([], seconds=5)
