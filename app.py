"""The entry point: `server` for gunicorn, and `python app.py` for development."""

from __future__ import annotations

import logging
import os
import sys

from dashboard.application import create_app
from dashboard.settings import read_settings

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")

try:
    settings = read_settings(os.environ)
except ValueError as error:
    sys.exit(f"Cannot start. {error}")

app = create_app(settings)
server = app.server

if __name__ == "__main__":
    app.run(host=settings.host, port=settings.port, debug=False)
