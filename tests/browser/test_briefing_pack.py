"""The pack as a reader gets it: the PDF that Chromium prints, read by another program, and cards collected."""

from __future__ import annotations

import io
import re

import pandas as pd
import pypdf
import pytest
from playwright.sync_api import APIRequestContext, Page, expect
from pptx import Presentation
from served import Dashboard
from visits import wait_until_drawn

REGION = "E12000005"
MOST_PAGES = 6


def fetch(web: APIRequestContext, address: str) -> bytes:
    reply = web.get(address, timeout=60_000)
    assert reply.status == 200, reply.text()[:300]
    return reply.body()


def list_tags(reader: pypdf.PdfReader) -> list[tuple[str, str]]:
    """Return the kind and the text alternative of each element in the tree of tags."""
    found: list[tuple[str, str]] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [(str(node["/S"]), str(node.get("/Alt", "")))] if "/S" in node else []
            waiting += [node["/K"]] if isinstance(node.get("/K"), (list, dict, pypdf.generic.IndirectObject)) else []
    return found


@pytest.fixture(scope="module")
def content(web: APIRequestContext) -> bytes:
    """The PDF of a region."""
    return fetch(web, f"/briefing/pack.pdf?area={REGION}")


def test_prints_a_tagged_pdf_in_english_of_six_pages_at_most(content: bytes):
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "West Midlands: briefing"
    assert len(reader.pages) <= MOST_PAGES
    tags = list_tags(reader)
    assert {"/Document", "/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure"} <= {kind for kind, _ in tags}
    assert all(len(alternative) > 30 for kind, alternative in tags if kind == "/Figure")
    assert all(abs(page.mediabox.width - 595) < 2 and abs(page.mediabox.height - 842) < 2 for page in reader.pages)


def test_holds_the_snapshots_figures_as_text_and_charts_as_vectors(content: bytes, dashboard: Dashboard):
    reader = pypdf.PdfReader(io.BytesIO(content))
    pages = [page.extract_text() for page in reader.pages]
    live = (dashboard.data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
    for place, words in enumerate(pages, start=1):
        assert f"Page {place} of {len(pages)}" in words
        assert live in words
    assert "ILLUSTRATIVE" in pages[1]
    folder = dashboard.data / "snapshots" / live
    observed = pd.read_parquet(folder / "observations.parquet")
    names = pd.read_parquet(folder / "indicators.parquet").set_index("id")["short_name"]
    own = observed[
        (observed["area_code"] == REGION) & observed["indicator_id"].str.endswith("_yes_of_answered_percent")
    ]
    newest = own[own["date"] == own["date"].max()]
    assert len(newest) == 13
    for row in newest.itertuples():
        assert re.search(rf"{re.escape(names[row.indicator_id])}\s+{row.value:.0f}%", pages[1]), row.indicator_id
    assert not any(image for page in reader.pages for image in page.images)


def test_prints_the_same_again_and_pins_the_snapshot(content: bytes, web: APIRequestContext, dashboard: Dashboard):
    live = (dashboard.data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
    again = pypdf.PdfReader(io.BytesIO(fetch(web, f"/briefing/pack.pdf?area={REGION}&snapshot={live}")))
    before = pypdf.PdfReader(io.BytesIO(content))
    assert [page.extract_text() for page in again.pages] == [page.extract_text() for page in before.pages]
    assert again.metadata == before.metadata


def test_collects_cards_orders_them_and_makes_their_files(page: Page, web: APIRequestContext):
    page.goto(f"/region/{REGION}")
    wait_until_drawn(page)
    for view in ("matrix", "deaths"):
        page.locator(f"#card-{view}").get_by_role("button", name="Add to briefing").click()
    expect(page.get_by_role("status").filter(has_text="2 charts")).to_be_visible()
    page.locator("#card-deaths").get_by_role("button", name="Add to briefing").click()
    expect(page.get_by_role("status").filter(has_text="already")).to_be_visible()
    titles = [page.locator(f"#card-{view} h2").inner_text() for view in ("matrix", "deaths")]

    link = page.locator("header nav").get_by_role("link", name="Briefing")
    expect(link).to_have_attribute("data-count", "2")
    link.click()
    expect(page.locator("h1")).to_have_text("Briefing")
    expect(page.locator("#basket-cards a")).to_have_text(titles)
    page.get_by_role("link", name="Show as a pack").click()
    expect(page.locator(".pack .card h2")).to_have_text(titles)

    page.get_by_role("button", name=f"Move up: {titles[1]}").click()
    expect(page.locator(".pack .card h2")).to_have_text(titles[::-1])
    address = page.locator(".briefing-actions").get_by_role("link", name="PDF").get_attribute("href")
    reader = pypdf.PdfReader(io.BytesIO(fetch(web, address)))
    words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    assert len(reader.pages) <= 2
    assert 0 <= words.index(titles[1]) < words.index(titles[0])
    deck = Presentation(io.BytesIO(fetch(web, address.replace("pack.pdf", "pack.pptx"))))
    assert [slide.shapes.title.text for slide in deck.slides] == titles[::-1]

    page.get_by_role("button", name=f"Remove: {titles[0]}").click()
    expect(page.locator(".pack .card h2")).to_have_text(titles[1:])
    page.get_by_role("button", name="Empty the briefing").click()
    expect(page.locator(".pack .part-line")).to_be_visible()
    expect(page.locator(".basket")).to_be_hidden()
