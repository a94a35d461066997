"""The dashboard that knows copies of its questions, for gunicorn: GROWN_MEASURES names them (growing.py).

They are declared before anything else reads the measures, so that every page shows them as it shows the 13.
"""

from __future__ import annotations

import json
import os

from dashboard import measures

copies = json.loads(os.environ["GROWN_MEASURES"])
for declared in (measures.QUESTIONS, measures.RETURNED, measures.MEASURES):
    declared.update(copies)
for kind in ("country", "region", "authority"):
    measures.OFFERED[kind] += tuple(copies)

from app import server

__all__ = ["server"]
