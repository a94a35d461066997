"""Words and tables that every report shares: dates as a person says them, differences with their sign."""

from __future__ import annotations

import datetime as dt

from rich.table import Table

MADE_UP = "made up (illustrative)"


def make_table(title: str, *columns: str, numbers: tuple[str, ...] = ()) -> Table:
    """Return an empty table with these columns; those named in `numbers` stand to the right."""
    table = Table(title=title or None, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def say_date(date: dt.date | str) -> str:
    """Return a date as 10 August 2020; an ISO date as text is read first."""
    day = dt.date.fromisoformat(date) if isinstance(date, str) else date
    return f"{day.day} {day:%B %Y}"


def say_moment(published_at: str | None) -> str:
    """Return a moment in UTC as 10 August 2020 at 09:31 UTC, "not recorded" where there is none."""
    if published_at is None:
        return "not recorded"
    moment = dt.datetime.fromisoformat(published_at)
    return f"{moment.day} {moment:%B %Y at %H:%M} UTC"


def say_difference(before: float, after: float) -> str:
    """Return what was added or taken away, with its sign."""
    return f"{after - before:+,}" if after != before else "none"


def say_count(count: int, thing: str) -> str:
    """Return "1 row" or "1,204 rows"."""
    return f"{count:,} {thing}{'s' if count != 1 else ''}"
