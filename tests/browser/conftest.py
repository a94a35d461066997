"""A browser, and the dashboard as gunicorn serves it, from figures of its own on a port of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIRequestContext, BrowserContext, Playwright, expect
from served import Dashboard, build_snapshot, make_up_returns, serve
from visits import WATCH_POLICY, Visit, open_visit

from tests.made_once import make_once

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # tests run as root in containers, where Chromium's sandbox cannot start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A limit for a machine that has other work too, not a wait: each expectation ends as soon as it holds.
MOST_MILLISECONDS = 30_000
expect.set_options(timeout=MOST_MILLISECONDS)
DESKTOP = {"width": 1280, "height": 900}
ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium: Playwright's own download is not wanted."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.fail(
            f"No Chromium on the PATH (looked for {', '.join(CHROMIUMS)}). `make test` installs one where it can; "
            "otherwise install it with the system's package manager, such as: apt-get install chromium",
            pytrace=False,
        )
    return browser_type_launch_args | {"executable_path": found, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """Every page begins at the width of a desktop."""
    return browser_context_args | {"viewport": DESKTOP, "locale": "en-GB"}


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private data folder with a snapshot of the figures that the repository carries and of made-up returns."""

    def make(folder: Path) -> None:
        for name in ("published", "lookups"):
            shutil.copytree(ROOT / "data" / name, folder / "data" / name)
        make_up_returns(folder / "data")
        build_snapshot(folder / "data")

    return make_once(tmp_path_factory, "served", make) / "data"


@pytest.fixture(scope="session")
def dashboard(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """The dashboard, started once for all tests that leave its figures alone."""
    with serve(data_folder, log=tmp_path_factory.mktemp("served") / "server.log", WORK_PER_MINUTE="0") as started:
        yield started


@pytest.fixture(scope="session")
def base_url(dashboard: Dashboard) -> str:
    """What a path in page.goto() is relative to."""
    return dashboard.origin


@pytest.fixture(scope="session")
def web(playwright: Playwright, base_url: str) -> Iterator[APIRequestContext]:
    """Requests without a browser."""
    requests = playwright.request.new_context(base_url=base_url)
    yield requests
    requests.dispose()


@pytest.fixture(scope="session")
def warm_context(browser, browser_context_args: dict, base_url: str) -> Iterator[BrowserContext]:
    """One context for pages that are only looked at: scripts are fetched once."""
    context = browser.new_context(**(browser_context_args | {"base_url": base_url}))
    context.add_init_script(WATCH_POLICY)
    yield context
    context.close()


@pytest.fixture(scope="session")
def drawn(request: pytest.FixtureRequest, warm_context: BrowserContext, base_url: str) -> Iterator[Visit]:
    """A drawn page at the address in the parameter, shared by the tests that only look at it."""
    visit = open_visit(warm_context, request.param, origin=base_url)
    yield visit
    visit.page.close()
