"""Downloads carry what the page shows: the same numbers, their sources, and pictures that can travel."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from playwright.sync_api import APIRequestContext, Page, expect
from served import Dashboard
from visits import Visit, open_details, wait_until_drawn

CARDS = {
    "/": ["measures", "ranking", "map", "deaths"],
    "/region/E12000005": ["ranking", "outbreaks"],
    "/area/E08000027": ["ranking", "deaths"],
    "/workforce": ["turnover", "vacancy"],
}
PICTURES = {"/": ["map", "deaths"], "/region/E12000005": ["deaths"], "/area/E08000027": ["outbreaks"], "/workforce": []}

pages_with_cards = pytest.mark.parametrize("drawn", list(CARDS), indirect=True)
TABLE = """card => {
    const table = card.querySelector("details.table-view table");
    const words = (row) => [...row.cells].map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    return {headings: words(table.tHead.rows[0]), rows: rows.map(words)};
}"""


def read_csv(web: APIRequestContext, visit: Visit, card: str) -> pd.DataFrame:
    """Return the CSV behind the card's link."""
    link = visit.page.locator(f"#card-{card} a[href^='/download/']").get_attribute("href")
    reply = web.get(link)
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/csv")
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.body().startswith("\ufeff".encode())
    return pd.read_csv(io.BytesIO(reply.body()), encoding="utf-8-sig", dtype={"status": str, "quality": str})


def number_in(text: str) -> float | None:
    """Return the number that a cell shows, None where it has words instead."""
    bare = text.replace(",", "").removesuffix("%")
    try:
        return float(bare)
    except ValueError:
        return None


@pages_with_cards
def test_gives_the_rows_and_numbers_of_the_table_on_the_page(drawn: Visit, web: APIRequestContext):
    open_details(drawn.page)
    for card in CARDS[drawn.address]:
        shown = drawn.page.locator(f"#card-{card}").evaluate(TABLE)
        frame = read_csv(web, drawn, card)
        place = next(i for i, heading in enumerate(shown["headings"]) if heading.startswith("Value"))
        area = shown["headings"].index("Area")
        assert len(shown["rows"]) == len(frame) > 0
        for cells, (_, row) in zip(shown["rows"], frame.iterrows(), strict=True):
            assert cells[area] == row["area_name"]
            if number_in(cells[place]) is None:
                assert pd.isna(row["value"])
            else:
                bare = cells[place].removesuffix("%")
                assert bare == f"{row['value']:,.{len(bare.partition('.')[2])}f}"


@pages_with_cards
def test_says_in_each_row_where_it_comes_from(drawn: Visit, web: APIRequestContext, dashboard: Dashboard):
    live = (dashboard.data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
    for card in CARDS[drawn.address]:
        frame = read_csv(web, drawn, card)
        assert {"status", "quality", "is_illustrative", "unit", "date", "area_code"} <= set(frame.columns)
        assert set(frame["snapshot"]) == {live}
        assert set(frame["licence"]) <= {"OGL-3.0", "CC-BY-4.0"}
        for source in frame["source"].unique():
            assert source in drawn.page.locator(f"#card-{card} .source").inner_text()


@pages_with_cards
def test_gives_a_picture_large_enough_to_print(drawn: Visit, tmp_path: Path):
    for card in PICTURES[drawn.address]:
        with drawn.page.expect_download() as waiting:
            drawn.page.locator(f"#card-{card}").get_by_role("button", name="Download image").click()
        assert waiting.value.suggested_filename.endswith(".png")
        waiting.value.save_as(tmp_path / "picture.png")
        content = (tmp_path / "picture.png").read_bytes()
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", content[16:24]) == (2560, 1440)
        assert len(content) > 20_000


REFUSING = "() => { navigator.clipboard.write = () => Promise.reject(new Error('not allowed')); }"
KINDS_COPIED = "navigator.clipboard.read().then((items) => items.flatMap((item) => item.types))"


@pytest.mark.parametrize("drawn", ["/"], indirect=True)
@pytest.mark.parametrize("card", ["deaths", "measures"])  # a chart, and a table that is one
def test_copies_the_picture_of_a_card(drawn: Visit, card: str):
    drawn.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = drawn.page.locator(f"#card-{card} .copy-image")
    button.click()
    expect(drawn.page.locator("#said")).to_have_text("Image copied. Paste it into a slide or an e-mail.")
    expect(button).to_be_focused()
    assert drawn.page.evaluate(KINDS_COPIED) == ["image/png"]


@pytest.mark.parametrize("card", ["deaths", "measures"])
def test_says_what_to_do_where_the_browser_refuses_to_copy(page: Page, card: str):
    page.goto("/")
    wait_until_drawn(page)
    page.evaluate(REFUSING)
    page.locator(f"#card-{card} .copy-image").click()
    said = "The browser does not let this page copy images. Download the image instead."
    expect(page.locator("#said")).to_have_text(said)
    expect(page.locator(f"#card-{card} .actions").get_by_text("Download image")).to_be_focused()


def test_says_so_where_the_server_cannot_draw(page: Page):
    page.route("**/export/*.png*", lambda route: route.fulfill(status=503, body="no Chromium"))
    page.goto("/")
    wait_until_drawn(page)
    page.locator("#card-measures .copy-image").click()
    expect(page.locator("#said")).to_have_text(
        "The image could not be made just now. Copy the table instead, or try again."
    )


@pytest.mark.parametrize("drawn", ["/area/E08000027"], indirect=True)
def test_gives_a_drawing_with_all_that_a_picture_says(drawn: Visit, tmp_path: Path, dashboard: Dashboard):
    live = (dashboard.data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
    card = drawn.page.locator("#card-trend")
    with drawn.page.expect_download() as waiting:
        card.get_by_role("button", name="Download SVG").click()
    waiting.value.save_as(tmp_path / "picture.svg")
    words = squeeze("".join(ElementTree.parse(tmp_path / "picture.svg").getroot().itertext()))  # noqa: S314 - ours
    for part in ("h2", ".subtitle", ".source"):
        assert squeeze(card.locator(part).inner_text()) in words
    assert squeeze(f"Snapshot {live}") in words
    assert "ILLUSTRATIVE" in words
    assert waiting.value.suggested_filename.startswith("illustrative-")


def squeeze(words: str) -> str:
    return "".join(words.replace("\u00a0", " ").split())
