"""Asks a running dashboard the same before and after its clock is set, and prints the answers. Run by a test.

Its log goes to standard error, as in production.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from dashboard.application import create_app
from dashboard.logs import configure_logging
from dashboard.settings import Settings

DAYS = (0, 400, -400)
QUALITY = {
    "output": ".._pages_content.children..._pages_store.data..",
    "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
    "inputs": [
        {"id": "_pages_location", "property": "pathname", "value": "/quality"},
        {"id": "_pages_location", "property": "search", "value": ""},
    ],
    "changedPropIds": ["_pages_location.pathname"],
}


def main(data: Path, clock: Path) -> None:
    """Print, for each setting of the clock, what it says and what the dashboard answered."""
    configure_logging()
    client = create_app(Settings(snapshots=data / "snapshots", host="", port=1)).server.test_client()
    answers = []
    for days in DAYS:
        clock.write_text(f"{days:+d}d", encoding="utf-8")
        page = client.post("/_dash-update-component", json=QUALITY)
        ready, metrics = client.get("/readyz"), client.get("/metrics")
        said = {"now": time.time(), "statuses": [page.status_code, ready.status_code, metrics.status_code]}
        answers.append(said | {"page": page.text, "warnings": ready.json["warnings"], "metrics": metrics.text})
    print(json.dumps(answers))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
