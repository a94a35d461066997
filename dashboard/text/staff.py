"""Words for figures of staff and home care in one area."""

from __future__ import annotations

import pandas as pd

from dashboard.format import format_value, in_sentence

FIRST = ("absence_care_workers_percent", "agency_staff_percent")
PUBLISHED = ("turnover_percent", "vacancy_local_percent")


def title_staff(frame: pd.DataFrame) -> str:
    """Return the area's absence and agency staff where held, otherwise its turnover and vacancies."""
    own = frame[(frame["role"] == "area") & frame["value"].notna()].set_index("indicator_id", drop=False)
    for names in (FIRST, PUBLISHED):
        found = [own.loc[name] for name in names if name in own.index]
        if found:
            first, *rest = found
            said = [f"{_shorten(first['short_name'])} {format_value(first)}"]
            return ", ".join(
                [*said, *[f"{in_sentence(_shorten(row['short_name']))} {format_value(row)}" for row in rest]]
            )
    return "No figure on staff or home care can be shown"


def _shorten(name: str) -> str:
    """Return a short name without its year, which the table has."""
    return name.partition(",")[0]
