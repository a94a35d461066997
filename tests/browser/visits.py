"""Looking at a page: which addresses, when a page is drawn, and what it said and asked for meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

# The first ones are also those that are looked at in every width and by the accessibility checker.
KINDS = [
    "/",
    "/region/E12000005",
    "/area/E08000027",
    "/support",
    "/compare",
    "/workforce",
    "/downloads",
    "/briefing",
    "/api",
    "/indicators",
    "/recommendations",
    "/quality",
    "/about",
]
FOR_PROGRAMS = ("/downloads", "/api")
"""Pages of files and addresses: no cards, and the words that programs use."""
OTHER_PLACES = [
    "/region/E12000003",
    "/region/E12000007",
    "/area/E06000060",  # Buckinghamshire, whose code changed in April 2020
    "/area/E09000001",  # City of London, with no figure in several sources
    "/area/E06000053",  # Isles of Scilly, with few homes and few deaths
    "/area/E06000017",  # Rutland, whose figures from few homes are hidden
    "/area/E10000021",  # Northamptonshire, which ended in 2021
    "/area/E06000061",  # North Northamptonshire, which began in 2021
    "/area/E06000028",  # Bournemouth, which ended in 2019
]
COMPARISONS = [
    f"/compare?chart={chart}&indicator=ipc_1_3_full_wages_yes_of_answered_percent,ipc_5_1_clinical_lead_yes_of_answered_percent"
    for chart in ("trend", "ranking", "heatmap", "scatter", "map", "table")
]
COMPARISONS += [
    "/compare?chart=funnel&area=E08000027,E08000026,E92000001",
    "/compare?chart=map&indicator=vacancy_percent",  # held for England only: says so
    "/compare?indicator=none&area=none",
]
LOCAL_MEASURES = ("deaths", "all-deaths", "outbreak-counts", "turnover", "vacancies")
MEASURES = [
    *[f"/?measure={name}" for name in ("deaths", "all-deaths", "outbreaks", "turnover", "vacancies")],
    *[f"/region/E12000005?measure={name}" for name in LOCAL_MEASURES],
    *[f"/area/E08000027?measure={name}" for name in LOCAL_MEASURES],
    "/area/E09000001?measure=vacancies",
    "/area/E06000053?measure=turnover",
    "/area/E10000021?measure=turnover",
    "/area/E06000061?measure=turnover",
    *[f"/workforce?measure={name}" for name in ("turnover", "vacancies", "agency")],
    "/?measure=answering",
    "/region/E12000005?measure=isolate",
    "/region/E12000007?measure=absence",
    "/area/E08000027?measure=clinical-lead",
    "/area/E06000017?measure=ppe",  # Rutland, whose figures from few homes are hidden
    "/area/E09000001?measure=occupancy",
]
CATALOGUES = [
    "/indicators?q=ppe&kind=returns",
    "/indicators?q=nothing+has+this",
    "/recommendations?held=none&owner=dhsc",
    "/quality?region=E12000007",
    "/quality?severity=information&source=cqc_deaths",  # none is like this: says so
]
EVERY = [*KINDS, *OTHER_PLACES, *MEASURES, *COMPARISONS, *CATALOGUES]


WATCH_POLICY = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""
"""Run in a page before its own scripts, by the browser itself: takes down whatever the page's policy stops."""


@dataclass
class Visit:
    """A page, the headers it came with, and what it said on the console, threw, asked for and was answered."""

    page: Page
    address: str
    origin: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def strangers(self) -> list[str]:
        """Return the addresses asked for that are neither the dashboard's nor inside the page itself."""
        own = (self.origin + "/", "data:", "blob:")
        return [address for address in self.asked if not address.startswith(own)]


def watch(page: Page, *, address: str, origin: str) -> Visit:
    """Return a visit that takes down what the page does from now on."""
    visit = Visit(page=page, address=address, origin=origin)

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.complaints.append(f"{message.type}: {message.text}")

    def take_answer(response: Response) -> None:
        if response.status >= 400:
            visit.refused.append(f"{response.status} {response.url}")

    def take_failure(request: Request) -> None:
        visit.refused.append(f"{request.failure} {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: visit.complaints.append(f"thrown: {error}"))
    page.on("request", lambda request: visit.asked.append(request.url))
    page.on("response", take_answer)
    page.on("requestfailed", take_failure)
    return visit


def wait_until_drawn(page: Page) -> None:
    """Return when the page has its heading and every chart is there.

    By locators: the content-security policy stops Playwright's wait_for_function, which evaluates a string.
    """
    expect(page.locator("#early")).to_have_count(0)
    expect(page.locator("h1").first).to_be_visible()
    page.evaluate("window.asc.draw_waiting()")  # charts below the fold wait until they come near
    expect(page.locator('[data-drawn="wanted"], [data-drawn="failed"]')).to_have_count(0)


def open_details(page: Page) -> None:
    """Open every table and every list of caveats, and return when the tables have rows."""
    page.evaluate("() => document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())")
    expect(page.locator("details:not([open])")).to_have_count(0)
    expect(page.locator("section.card details.table-view:not(:has(tbody tr))")).to_have_count(0)


def open_visit(context: BrowserContext, address: str, *, origin: str) -> Visit:
    """Return a watched visit of the address, drawn."""
    page = context.new_page()
    visit = watch(page, address=address, origin=origin)
    visit.headers = page.goto(address).headers
    wait_until_drawn(page)
    return visit
