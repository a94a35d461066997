"""Pages fit their window: nothing scrolls sideways and no words are cut off, from a desktop down to 320 pixels."""

from __future__ import annotations

import pytest
from visits import KINDS, OTHER_PLACES, Visit, open_details

WIDTHS = (1280, 390, 320)

# What reaches outside the window, after the charts have had time to follow it. What a table scrolls inside its own
# frame is not lost, and what is hidden from eyes on purpose (the skip link until it has the focus, captions for screen
# readers) has no place to fit. The promise ends as soon as all fits, or gives what still does not.
OUTSIDE = """async () => {
    const words = "h1, h2, h3, p, th, td, li, dt, dd, a, button, summary, label, input, svg.main-svg";
    const scrolls = (one) => {
        for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
            if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
        }
        return false;
    };
    const find = () => [...document.querySelectorAll(words)]
        .filter((one) => !one.closest(".skip, .hidden") && one.checkVisibility({visibilityProperty: true}))
        .map((one) => ({box: one.getBoundingClientRect(), one}))
        .filter(({box}) => box.width && (box.left < -0.5 || box.right > window.innerWidth + 0.5))
        .filter(({one}) => !scrolls(one))
        .map(({box, one}) => `${one.tagName} ${Math.round(box.left)} to ${Math.round(box.right)} in ` +
            `${one.closest("[id]").id}: ${one.textContent.slice(0, 60)}`);
    const scrolled = () => document.documentElement.scrollWidth - window.innerWidth;
    const end = performance.now() + 10000;
    while (performance.now() < end && (find().length || scrolled() > 0)) await new Promise(requestAnimationFrame);
    return scrolled() > 0 ? [`scrolls ${scrolled()} pixels sideways`, ...find()] : find();
}"""
CUT = """() => [...document.querySelectorAll("h1, h2, h3, p, th, td, li, a, button, summary, label")]
    .filter((one) => !one.closest(".skip, .hidden") && one.checkVisibility({visibilityProperty: true}))
    .filter((one) => getComputedStyle(one).overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.tagName + ": " + one.textContent.slice(0, 60))"""


@pytest.mark.parametrize("drawn", [*KINDS, *OTHER_PLACES, "/no-such-page"], indirect=True)
def test_fits_every_width(drawn: Visit):
    open_details(drawn.page)
    for width in WIDTHS:
        drawn.page.set_viewport_size({"width": width, "height": 900})
        assert drawn.page.evaluate(OUTSIDE) == [], f"outside {width} pixels"
        assert drawn.page.evaluate(CUT) == [], f"cut at {width} pixels"
    drawn.page.set_viewport_size({"width": 1280, "height": 900})
