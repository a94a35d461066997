"""What every calculation hands over."""

from __future__ import annotations

OBSERVATION = [
    "area_code",
    "date",
    "date_text",
    "period",
    "value",
    "numerator",
    "denominator",
    "status",
    "quality",
]
