"""`python -m dashboard.precompress`: compresses the static files as well as can be, once, at set-up (10 seconds)."""

from __future__ import annotations

from pathlib import Path

from dashboard.application import create_app
from dashboard.settings import Settings
from dashboard.statics import STATICS, build_variants


def main() -> None:
    """Leave the variants where servers look for them."""
    app = create_app(Settings(snapshots=Path(), host="", port=1))
    build_variants(app.server.extensions[STATICS])


if __name__ == "__main__":
    main()
