"""The entry point: `server` for gunicorn, and `python app.py` for development."""

from __future__ import annotations

import os
import sys

from dashboard.application import create_app
from dashboard.logs import configure_logging, list_secrets
from dashboard.settings import read_settings

configure_logging(secrets=list_secrets(os.environ))

try:
    settings = read_settings(os.environ)
except ValueError as error:
    sys.exit(f"Cannot start. {error}")

app = create_app(settings)
server = app.server

if __name__ == "__main__":
    app.run(host=settings.host, port=settings.port, debug=False)
