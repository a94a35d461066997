"""Words for the workforce: the winter projection and its bases, what is held where, which area is highest."""

from __future__ import annotations

import pandas as pd

from dashboard.format import format_number, format_value, join_names
from dashboard.rows import list_rows
from dashboard.store import Snapshot
from dashboard.text.returns import name_place

RULE = "A rule of thumb from earlier winters, not a forecast of this one."


def title_projection(frame: pd.DataFrame) -> str:
    """Return the projected range of the vacancy rate, in ten words or fewer."""
    return f"Winter could raise vacancies to between {_say_range(frame)}"


def lead_projection(frame: pd.DataFrame) -> str:
    """Return the projection as the second sentence of the page; "" without one."""
    if frame.empty:
        return ""
    return f"On its figures, vacancies would stand between {_say_range(frame)} in winter."


def summarise_projection(frame: pd.DataFrame) -> str:
    """Return the rates, the points that winters add, and the posts that they stand for on each base."""
    row = frame.iloc[0]
    added = [format_number(row[f"{end}_percent"] - row["current_percent"], "count", decimals=1)
             for end in ("lower", "upper")]  # fmt: skip
    return (
        f"The vacancy rate went from {_percent(row['before_percent'])} ({row['before_date_text']}) to "
        f"{_percent(row['current_percent'])} ({row['current_date_text']}). Earlier winters added {added[0]} to "
        f"{added[1]} percentage points. {' '.join(map(_say_base, list_rows(frame)))} {RULE}"
    )


def list_projection_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return what is odd about the projection, to stand beside it: its two bases and what the rate covers."""
    bases = frame.set_index("base")
    notes = []
    if {"counted", "implied"} <= set(bases.index):
        counted, implied = bases.loc["counted"], bases.loc["implied"]
        notes.append(
            f"The report does not agree with itself: it counts {counted['base_posts']:,.0f} care assistants, but its "
            f"“{implied['lower_posts']:,.0f} to {implied['upper_posts']:,.0f} posts” implies "
            f"{implied['base_posts']:,.0f}. Both are shown."
        )
    notes.append(
        f"The rate covers all care jobs; the points added are those of care workers. The data set behind them, "
        f"ASC-WDS, covers {frame['coverage_percent'].iloc[0]:.0f}% of regulated independent providers."
    )
    return tuple(notes)


def describe_base(row: pd.Series | dict) -> str:
    """Return a base of the projection in words."""
    how = {"counted": "care assistants that the report counts", "implied": "posts that its own range implies"}
    return f"{row['base_posts']:,.0f} {how[row['base']]}"


def note_contradictions(snapshot: Snapshot, frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the catalogue's caveats on the vacancy rates, to stand in view beside the numbers."""
    names = dict.fromkeys(frame["indicator_id"])
    return tuple(line for name in names for line in snapshot.indicators.at[name, "caveats"].split("\n") if line)


def title_held(held: pd.DataFrame) -> str:
    """Return how many of the measures councils and regions have, in ten words or fewer."""
    has = held[held["held_indicator_id"] != ""].groupby("level")["subject"].nunique()
    count = held["subject"].nunique()
    return f"Councils have {has.get('authority', 0)} of {count} workforce measures, regions {has.get('region', 0)}"


def summarise_held(held: pd.DataFrame) -> str:
    """Return what no region and no council has a figure of."""
    parts = []
    for level, words in (("region", "region"), ("authority", "council")):
        rows = held[(held["level"] == level) & (held["held_indicator_id"] == "")]
        names = [name[:1].lower() + name[1:] for name in rows["subject"]]
        if names:
            parts.append(f"Not held by {words}: {join_names([name.replace(': ', ', ') for name in names])}.")
    return " ".join(parts)


def title_local(frame: pd.DataFrame) -> str:
    """Return which area has the highest figure of the first measure; none of low reliability is ranked."""
    own = frame[(frame["role"] == "area") & frame["value"].notna()]
    own = own[~own["quality"].isin(["u", "pu"])]
    if own.empty:
        return "Figures of low reliability only"
    first = own[own["indicator_id"] == own["indicator_id"].iloc[0]]
    top = first.loc[first["value"].idxmax()]
    same = int((first["value"] == top["value"]).sum())
    where = name_place(top) if same == 1 else f"{same} areas"
    return f"{top['short_name']}: highest in {where}, {format_value(top)}"


def _say_range(frame: pd.DataFrame) -> str:
    row = frame.iloc[0]
    return f"{_percent(row['lower_percent'])} and {_percent(row['upper_percent'])}"


def _say_base(row: dict) -> str:
    return f"Of the {describe_base(row)}: {row['lower_posts']:,.0f} to {row['upper_posts']:,.0f} more vacant posts."


def _percent(value: float) -> str:
    return format_number(value, "percent", decimals=1)
