"""Asks the dashboard on a data folder, in a process of its own, and prints what it said, as JSON. Run by the tests.

Its log goes to standard error, as in production.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dashboard.application import create_app
from dashboard.logs import configure_logging
from dashboard.settings import Settings

PATHS = ("/about", "/downloads", "/readyz", "/metrics")


def main(data: Path) -> None:
    """Print the status and the text of each answer."""
    configure_logging()
    client = create_app(Settings(snapshots=data / "snapshots", host="", port=1)).server.test_client()
    replies = {path: client.get(path) for path in PATHS}
    print(json.dumps({path: [reply.status_code, reply.text] for path, reply in replies.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
