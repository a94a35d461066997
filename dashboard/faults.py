"""Faults of ours: logged with a reference, so that what a person quotes finds the line in the log."""

from __future__ import annotations

import logging
import secrets

from dashboard import metrics

log = logging.getLogger(__name__)


def record_fault(where: str) -> str:
    """Log the exception that is being handled and return the reference to show."""
    reference = secrets.token_hex(4)
    metrics.FAULTS.inc()
    log.exception("reference %s: %s", reference, where)
    return reference
