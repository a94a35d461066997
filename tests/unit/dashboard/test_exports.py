"""Exports of cards and pages, opened again by other readers: openpyxl, calamine, LibreOffice, pypdf, python-pptx."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient
from pptx import Presentation
from pptx.slide import Slide
from pypdf import PdfReader

from dashboard.export.convert import OFFICES, ConversionError, convert_to_ods
from dashboard.export.csv import find_rows
from dashboard.export.native_charts import find_kind
from dashboard.export.shown import list_shown, read_rows
from dashboard.pages import area, region
from dashboard.store import Snapshot

PAGES = ["/", "/region/E12000005", "/area/E08000027", "/area/E06000017", "/workforce", "/compare?chart=ranking"]
REGION = "/region/E12000005"


def fetch(web: FlaskClient, file: str, page: str) -> bytes:
    reply = web.get(f"/export/{file}", query_string={"page": page})
    assert reply.status_code == 200, reply.text[:300]
    return reply.data


def read_table(book: openpyxl.Workbook, name: str) -> pd.DataFrame:
    """Return a sheet's table as a frame: from the row of headings, the first that names an area."""
    rows = [list(row) for row in book[name].iter_rows(values_only=True)]
    begin = next(place for place, row in enumerate(rows) if row[0] == "Area")
    return pd.DataFrame(rows[begin + 1 :], columns=rows[begin])


def list_parts(slide: Slide) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text


@pytest.mark.parametrize("page", PAGES)
def test_writes_a_sheet_and_a_slide_for_each_card_of_a_page(made_up_client: FlaskClient, page: str):
    book = openpyxl.load_workbook(io.BytesIO(fetch(made_up_client, "page.xlsx", page)))
    deck = Presentation(io.BytesIO(fetch(made_up_client, "page.pptx", page)))
    assert book.sheetnames[:2] == ["Cover", "Contents"]
    titles = [book[name]["A1"].value for name in book.sheetnames if name not in ("Cover", "Contents", "Notes")]
    assert titles == [slide.shapes.title.text for slide in deck.slides]
    for slide in deck.slides:
        assert any("Snapshot" in words for words in list_parts(slide))
        assert slide.notes_slide.notes_text_frame.text
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert drawn
        assert all(shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in drawn)
        made_up = slide.shapes.title.text.startswith("Illustrative")
        assert ("ILLUSTRATIVE" in list(list_parts(slide))) == made_up


@pytest.mark.parametrize("view", ["matrix", "ranking", "deaths", "turnover"])
def test_holds_the_numbers_of_the_view(made_up: Snapshot, made_up_client: FlaskClient, view: str):
    book = openpyxl.load_workbook(io.BytesIO(fetch(made_up_client, f"{view}.xlsx", REGION)))
    table = read_table(book, book.sheetnames[-1])
    frame = find_rows(made_up, view, {"area": "E12000005"})
    value = next(name for name in table.columns if name.startswith("Value"))
    assert list(table["Area code"]) == list(frame["area_code"])
    for cell, held, status in zip(table[value], frame["value"], frame["status"], strict=True):
        if pd.isna(held):
            assert cell == {"c": "[c]", "x": "[x]", "z": "[z]", "": "[x]"}[status]
        else:
            assert cell == pytest.approx(held)


def test_explains_each_mark_beside_the_table_and_on_the_cover(made_up_client: FlaskClient):
    book = openpyxl.load_workbook(io.BytesIO(fetch(made_up_client, "profile.xlsx", "/area/E06000017")))
    sheet = [str(row[0]) for row in book[book.sheetnames[-1]].iter_rows(values_only=True)]
    assert "[c]: hidden to protect homes" in sheet
    cover = [str(row[0]) for row in book["Cover"].iter_rows(values_only=True)]
    assert "[c]: hidden to protect homes." in cover
    assert any(line.startswith("Snapshot ") for line in cover)


def test_keeps_headings_over_numbers_and_text_apart(made_up_client: FlaskClient):
    content = fetch(made_up_client, "ranking.xlsx", REGION)
    table = pd.read_excel(io.BytesIO(content), sheet_name="Ranking", engine="calamine", header=None)
    begin = table.index[table[0] == "Area"][0]
    values = table.loc[begin + 1 :, 4]
    assert all(isinstance(value, float | int) for value in values)
    assert "per 1,000" in table.loc[begin, 4]


def test_draws_native_charts_with_the_figures_of_the_card(made_up: Snapshot, made_up_client: FlaskClient):
    deck = Presentation(io.BytesIO(fetch(made_up_client, "deaths.pptx", REGION)))
    chart = next(shape.chart for shape in deck.slides[0].shapes if shape.has_chart)
    frame = find_rows(made_up, "deaths", {"area": "E12000005"})
    series = {one.name: list(one.values) for one in chart.plots[0].series}
    for name, own in frame.groupby("area_name"):
        assert series[name] == pytest.approx(list(own.sort_values("date")["value"]))


def test_knows_which_figures_powerpoint_can_draw(made_up: Snapshot):
    kinds = {}
    for page in (region.layout(made_up, code="E12000005"), area.layout(made_up, code="E08000027")):
        kinds |= {card.view: find_kind(card.figures[0]) for card in list_shown(page) if card.figures}
    assert (kinds["deaths"], kinds["turnover"]) == ("lines", "lines")
    assert kinds["outbreaks"] == "bars"
    assert kinds["funnel"] == "points"


def test_reads_a_table_with_cells_that_span(made_up: Snapshot):
    card = next(one for one in list_shown(region.layout(made_up, code="E12000005")) if one.view == "matrix")
    head, *rows = read_rows(card.tables[0])
    assert (head[0], head[-1]) == ("Council", "Homes answering")
    assert {len(row) for row in rows} == {len(head)} == {15}
    assert [row[0] for row in rows[-2:]] == ["West Midlands", "England"]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/export/matrix.xlsx?page=/region/E99999999", 404, "no such page"),
        ("/export/matrix.xlsx?page=https://example.org/", 404, "no such page"),
        ("/export/matrix.xlsx", 404, "Give ?page="),
        ("/export/happiness.xlsx?page=/", 404, "It has: page, measures"),
        ("/export/matrix.docx?page=/", 404, "There are: xlsx, ods, pptx"),
        ("/export/page.xlsx?page=/region/E12000005%3Fmeasure%3Dhappiness", 404, "no such page"),
    ],
)
def test_refuses_what_is_not_there_and_says_what_is(made_up_client: FlaskClient, address: str, status: int, said: str):
    reply = made_up_client.get(address)
    assert reply.status_code == status
    assert said in reply.text


def test_says_so_where_no_program_can_write_the_open_format(
    made_up_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    reply = made_up_client.get("/export/ranking.ods", query_string={"page": REGION})
    assert reply.status_code == 503
    assert "no LibreOffice" in reply.text


@pytest.mark.parametrize("written", ["false", 'printf PK >"$6/table.ods"'])
def test_gives_no_file_that_the_program_did_not_finish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, written: str
):
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\necho the disk is full >&2\n{written}\n", encoding="utf-8")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ConversionError, match="could not convert"):
        convert_to_ods(b"a table")
    assert "the disk is full" in caplog.text


@pytest.mark.parametrize("page", ["/", REGION, "/area/E06000017"])
def test_reads_the_same_cells_in_two_readers(made_up_client: FlaskClient, page: str):
    content = fetch(made_up_client, "page.xlsx", page)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, engine="calamine", header=None)
    assert list(sheets) == book.sheetnames
    for name, frame in sheets.items():
        rows = [[cell for cell in row if cell is not None] for row in book[name].iter_rows(values_only=True)]
        assert [[cell for cell in row if not pd.isna(cell)] for row in frame.to_numpy()] == rows


def test_holds_the_numbers_of_the_view_in_the_open_format(made_up: Snapshot, made_up_client: FlaskClient):
    content = fetch(made_up_client, "matrix.ods", REGION)
    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, engine="calamine", header=None)
    assert list(sheets)[:3] == ["Cover", "Contents", "Notes"]
    table = sheets["13 measures by area"]
    begin = table.index[table[0] == "Area"][0]
    value = next(place for place, words in table.loc[begin].items() if str(words).startswith("Value"))
    frame = find_rows(made_up, "matrix", {"area": "E12000005"})
    written = table.loc[begin + 1 :, value].tolist()
    assert len(written) == len(frame) > 100
    for cell, held in zip(written, frame["value"], strict=True):
        assert cell == (pytest.approx(held) if pd.notna(held) else cell)
        assert isinstance(cell, str) == pd.isna(held)


def test_gives_slides_that_another_program_draws(made_up_client: FlaskClient, tmp_path: Path):
    """LibreOffice makes a page of each slide, and none of its words runs off it."""
    office = next(filter(None, map(shutil.which, OFFICES)), None)
    assert office, "No LibreOffice on the PATH: `make office` installs one where it can."
    content = fetch(made_up_client, "page.pptx", REGION)
    (tmp_path / "deck.pptx").write_bytes(content)
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "deck.pptx"], check=True, capture_output=True, timeout=60
    )
    pages = PdfReader(tmp_path / "deck.pdf").pages
    slides = list(Presentation(io.BytesIO(content)).slides)
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        text = squeeze(page.extract_text())
        assert squeeze(slide.shapes.title.text) in text
        for shape in slide.shapes:
            if shape.has_table:
                cells = [cell.text for row in shape.table.rows for cell in row.cells]
                assert all(squeeze(words) in text for words in cells)


def squeeze(words: str) -> str:
    return "".join(words.split())


def test_keeps_what_tells_the_rows_of_a_table_apart(made_up_client: FlaskClient):
    deck = Presentation(io.BytesIO(fetch(made_up_client, "vaccination.pptx", REGION)))
    table = next(shape.table for shape in deck.slides[0].shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Dose", "West Midlands", "England", "As at"]
    assert rows[1] == ["Residents of older-adult homes", "", "", ""]
    assert [row[0] for row in rows[2:4]] == ["First", "Second"]


def test_shows_in_a_slide_what_the_cells_of_the_page_show(made_up_client: FlaskClient):
    first = {}
    for show in ("value", "change"):
        deck = Presentation(io.BytesIO(fetch(made_up_client, "matrix.pptx", f"{REGION}?show={show}")))
        table = next(shape.table for shape in deck.slides[0].shapes if shape.has_table)
        assert len(table.rows) == 17, "14 councils, the region, England"
        first[show] = [table.cell(row, 1).text for row in range(1, 17)]
    assert all(int(words.lstrip("▼▽△▲ ")) > 20 for words in first["value"])
    assert any(words.startswith(("+", "−")) or words == "0" for words in first["change"])
    assert not any(word in "".join(first["value"]) for word in ("similar", "worse"))
