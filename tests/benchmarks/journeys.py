"""The journeys of simulated readers, for locust: a page, what its links lead to, a download, the API. Loopback only."""

from __future__ import annotations

import random

from locust import FastHttpUser, between, task
from places import ENCODED, PAGES, REGIONS, ask_page, list_places

DOCUMENTS = [*PAGES, *REGIONS]
PLACES = list(list_places())
choose = random.choice


class Reader(FastHttpUser):
    """Someone who opens a page, looks at three or four more, and now and then takes figures along."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Open the first page, as from a link in a message."""
        self.client.get(choose(DOCUMENTS), headers=ENCODED, name="document")

    @task(2)
    def open_document(self) -> None:
        """Load a page anew."""
        self.client.get(choose(DOCUMENTS), headers=ENCODED, name="document")

    @task(10)
    def follow_link(self) -> None:
        """Go to another page within the dashboard, as Dash asks for it."""
        body = ask_page(*choose(PLACES))
        self.client.post("/_dash-update-component", json=body, headers=ENCODED, name="callback")

    @task(1)
    def download(self) -> None:
        """Take a card's rows."""
        area = choose(REGIONS)[8:]
        self.client.get(f"/download/ranking.csv?area={area}", headers=ENCODED, name="CSV")

    @task(1)
    def ask_api(self) -> None:
        """Ask for the areas of a region."""
        self.client.get("/api/v1/indicators?limit=20", headers=ENCODED, name="API")
