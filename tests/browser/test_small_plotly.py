"""The small plotly.js draws what the whole one draws: every mark of every kind of chart, in its place and colour."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import plotly
import pytest
from playwright.sync_api import APIRequestContext, Browser
from visits import watch

from dashboard.plotly_script import DRAWN, FETCHED, find_problem

WHOLE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
PAGES = [
    "/area/E08000027", "/region/E12000005", "/", "/workforce", "/compare?chart=scatter", "/compare?chart=map",
    "/compare?chart=funnel&area=E08000027,E08000026,E92000001", "/compare?chart=ranking", "/compare?chart=trend",
]  # fmt: skip
FIGURE = re.compile(r"data-figure='([^']*)'")
DRAW = """async (figures) => {
    const drawn = [];
    for (const figure of figures) {
        const place = document.body.appendChild(document.createElement('div'));
        place.style.width = '640px';
        await Plotly.newPlot(place, figure.data, figure.layout, {displayModeBar: false});
        const marks = place.querySelectorAll('.main-svg path, .main-svg text, .main-svg rect, .main-svg image');
        drawn.push([...marks].filter((mark) => !mark.closest('defs')).map((mark) => {
            const look = getComputedStyle(mark);
            const shape = ['d', 'transform', 'x', 'y', 'width', 'height'].map((name) => mark.getAttribute(name));
            return [mark.tagName, mark.textContent, ...shape, look.fill, look.stroke, look.strokeDasharray].join(' ');
        }));
        place.remove();
    }
    return drawn;
}"""


def draw(browser: Browser, bundle: Path, figures: list[dict]) -> list[list[str]]:
    """Return what each figure looks like with this plotly.js, a line for each mark; none may be complained about."""
    page = browser.new_page()
    visit = watch(page, address="", origin="")
    page.add_script_tag(path=bundle)
    drawn = page.evaluate(DRAW, figures)
    assert visit.complaints == []
    page.close()
    return drawn


def test_draws_every_chart_as_the_whole_plotly_does(browser: Browser, web: APIRequestContext):
    problem = find_problem(FETCHED)
    if problem:
        pytest.skip(f"there is no small plotly.js to try: {problem}")
    figures = [json.loads(unescape(written)) for page in PAGES for written in FIGURE.findall(web.get(page).text())]
    assert len(figures) > 20
    assert {trace.get("type", "scatter") for figure in figures for trace in figure["data"]} == DRAWN
    small, whole = (draw(browser, bundle, figures) for bundle in (FETCHED, WHOLE))
    assert small == whole
    for figure, marks in zip(figures, small, strict=True):
        assert len(marks) > len(figure["data"])
