"""Asks the dashboard on a data folder for addresses, in a process of its own, and prints what it said, as JSON.

Run by the tests. Its log goes to standard error, as in production.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dashboard.application import create_app
from dashboard.logs import configure_logging
from dashboard.settings import Settings


def main(data: Path, *paths: str) -> None:
    """Print the status of each answer, and what it says, files too."""
    configure_logging()
    client = create_app(Settings(snapshots=data / "snapshots", host="", port=1)).server.test_client()
    replies = [client.get(path) for path in paths]
    said = [[reply.status_code, reply.data.decode(errors="replace")] for reply in replies]
    print(json.dumps(dict(zip(paths, said, strict=True))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
