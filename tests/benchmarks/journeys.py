"""The journeys of simulated readers, for locust: a page, what its links lead to, a download, the API. Loopback only."""

from __future__ import annotations

import random

from locust import FastHttpUser, between, task

ENCODED = {"Accept-Encoding": "br"}
PLACES = ["_pages_location", "pathname"], ["_pages_location", "search"]
OUTPUTS = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
REGIONS = [f"/region/E1200000{number}" for number in range(1, 10)]
PAGES = ["/", "/support", "/compare", "/workforce", "/indicators", "/quality", "/about"]
MEASURES = ("deaths", "all-deaths", "outbreak-counts", "turnover")
CODES = [f"E0800{number:04d}" for number in [*range(1, 20), *range(21, 37)]]
"""Metropolitan districts, without the code that another one replaced."""


class Reader(FastHttpUser):
    """Someone who opens a page, looks at three or four more, and now and then takes figures along."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Open the first page, as from a link in a message."""
        self.client.get(random.choice(PAGES[:1] + REGIONS), headers=ENCODED, name="document")

    @task(2)
    def open_document(self) -> None:
        """Load a page anew."""
        self.client.get(random.choice(PAGES + REGIONS), headers=ENCODED, name="document")

    @task(10)
    def follow_link(self) -> None:
        """Go to another page within the dashboard, as Dash asks for it."""
        path = random.choice([*(f"/area/{code}" for code in CODES), *REGIONS, *PAGES])
        has_measure = path.startswith(("/area", "/region")) and random.random() < 0.3
        given = [path, f"?measure={random.choice(MEASURES)}" if has_measure else ""]
        inputs = [
            {"id": place, "property": name, "value": value} for (place, name), value in zip(PLACES, given, strict=True)
        ]
        body = {
            "output": ".._pages_content.children..._pages_store.data..",
            "outputs": OUTPUTS,
            "inputs": inputs,
            "changedPropIds": ["_pages_location.pathname"],
        }
        self.client.post("/_dash-update-component", json=body, headers=ENCODED, name="callback")

    @task(1)
    def download(self) -> None:
        """Take a card's rows."""
        area = random.choice(REGIONS)[8:]
        self.client.get(f"/download/ranking.csv?area={area}", headers=ENCODED, name="CSV")

    @task(1)
    def ask_api(self) -> None:
        """Ask for the areas of a region."""
        self.client.get("/api/v1/indicators?limit=20", headers=ENCODED, name="API")
