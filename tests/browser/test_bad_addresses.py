"""An address that leads nowhere: the status tells the truth, the page says so, and there is a way home."""

from __future__ import annotations

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

NOWHERE = {
    "an unknown area": "/area/E99999999",
    "an unknown region": "/region/E99999999",
    "no code": "/area/",
    "an unknown page": "/no-such-page",
    "a page below a page": "/about/more",
    "a region as an area": "/area/E12000005",
    "an authority as a region": "/region/E08000027",
    "England as a region": "/region/E92000001",
    "an unknown measure": "/?measure=happiness",
    "a measure of another page": "/workforce?measure=deaths",
    "an unknown key": "/?colour=blue",
    "a key where none is known": "/about?measure=deaths",
    "markup": "/area/<script>alert(1)</script>",
}


@pytest.mark.parametrize("path", NOWHERE.values(), ids=NOWHERE.keys())
def test_answers_404(web: APIRequestContext, path: str):
    reply = web.get(path, max_redirects=0)
    assert reply.status == 404
    assert reply.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("name", ["an unknown area", "an unknown page", "a region as an area", "an unknown measure"])
def test_shows_a_page_that_says_so_with_a_way_home(page: Page, name: str):
    page.goto(NOWHERE[name])
    expect(page.locator("h1")).to_have_text("Page not found")
    expect(page.get_by_label("Area", exact=True).and_(page.locator("input"))).to_be_visible()
    home = page.locator("main").get_by_role("link", name="England")
    expect(home).to_have_attribute("href", "/")
    home.click()
    expect(page.locator("h1")).to_have_text("England")


@pytest.mark.parametrize("query", ["", "?measure=turnover"])
def test_sends_a_replaced_code_to_the_one_that_has_the_figures(web: APIRequestContext, query: str):
    reply = web.get(f"/area/E10000002{query}", max_redirects=0)
    assert reply.status == 301
    assert reply.headers["location"] == f"/area/E06000060{query}"


def test_lands_on_the_page_of_the_replacing_code(page: Page):
    page.goto("/area/E10000002?measure=turnover")
    expect(page.locator("h1")).to_have_text("Buckinghamshire")
    assert page.url.endswith("/area/E06000060?measure=turnover")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/download/nothing.csv?area=E92000001", 404),
        ("/download/ranking.csv?area=E99999999", 404),
        ("/download/ranking.csv", 404),
        ("/download/ranking.csv?area=E92000001&measure=happiness", 400),
    ],
)
def test_explains_a_download_that_is_not_there(web: APIRequestContext, path: str, status: int):
    reply = web.get(path)
    assert reply.status == status
    assert "Go to the England page" in reply.text()
