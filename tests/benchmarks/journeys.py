"""The journeys of simulated readers, for locust: a page, what its links lead to, a download, the API. Loopback only."""

from __future__ import annotations

import itertools
import random

from locust import FastHttpUser, between, task
from places import ENCODED, PAGES, REGIONS, ask_page, list_places

DOCUMENTS = [*PAGES, *REGIONS]
PLACES = list(list_places())
choose = random.choice
numbers = itertools.count()


class Reader(FastHttpUser):
    """Someone who opens a page, looks at three or four more, and now and then takes figures along."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Open the first page, as from a link in a message."""
        # Each reader has an address of its own, as a proxy would say: what one address may ask for is limited.
        number = next(numbers)
        self.headers = ENCODED | {"X-Forwarded-For": f"10.0.{number // 256}.{number % 256}"}
        self.open_document()

    @task(2)
    def open_document(self) -> None:
        """Load a page anew."""
        self.client.get(choose(DOCUMENTS), headers=self.headers, name="document")

    @task(10)
    def follow_link(self) -> None:
        """Go to another page within the dashboard, as Dash asks for it."""
        body = ask_page(*choose(PLACES))
        self.client.post("/_dash-update-component", json=body, headers=self.headers, name="callback")

    @task(1)
    def download(self) -> None:
        """Take a card's rows."""
        area = choose(REGIONS)[8:]
        self.client.get(f"/download/ranking.csv?area={area}", headers=self.headers, name="CSV")

    @task(1)
    def ask_api(self) -> None:
        """Ask for the areas of a region."""
        self.client.get("/api/v1/indicators?limit=20", headers=self.headers, name="API")
