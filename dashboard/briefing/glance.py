"""The 13 measures at a glance: the area beside wider ones, how sure the difference is, and what moved."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.briefing.part import Listing, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.briefing.standing import Standing
from dashboard.components.profile import draw_spine
from dashboard.components.verdict import show_verdict
from dashboard.figures.sparkline import draw_series
from dashboard.format import (
    SHORT,
    Row,
    describe_period,
    describe_polarity,
    format_change,
    format_short_date,
    format_value,
)
from dashboard.rows import list_rows
from dashboard.text import change_between, summarise_plan, title_plan
from dashboard.text.national import describe_limits, describe_regions, describe_signal, format_tenths, title_questions
from dashboard.text.returns import format_share_answering, summarise_profile, title_profile
from dashboard.text.verdicts import count_comparisons, describe_chance, list_reasons, title_own_verdicts
from dashboard.views.national import count_regions

HEADING = "The 13 measures at a glance"
NOT_COMPARED = "break"
"""What stands in place of a change where a break lies between."""


def make_glance(standing: Standing) -> Part:
    """Return the 13 measures of the area; as published for England where the area has no answers."""
    if not standing.has_returns:
        return _show_plan(standing)
    return _show_england(standing) if standing.kind == "country" else _show_area(standing)


def _show_plan(standing: Standing) -> Part:
    changes = change_between(standing.plan)
    first, last = (format_short_date(day) for day in (standing.plan["date"].min(), standing.plan["date"].max()))
    bodies = [
        (group, [_list_plan(row) for row in list_rows(rows)]) for group, rows in changes.groupby("group", sort=False)
    ]
    table = make_table(
        ("Measure reported in place", first, last, "Points"),
        bodies,
        caption="The 13 measures in England, as published",
        numbers=(1, 2, 3),
        name="glance",
    )
    is_other = standing.kind != "country"
    note = f"For {standing.name} no answer to these questions is held: they were published for England only."
    return Part(
        name="glance",
        heading=HEADING,
        title=title_plan(standing.plan),
        subtitle="England, share of care homes that reported each measure in place, as published. "
        f"{describe_polarity(standing.plan['polarity'].iloc[0])}",
        listings=(Listing(table, frame=standing.plan),),
        summary=summarise_plan(standing.plan),
        notes=(note,) if is_other else (),
    )


def _list_plan(row: Row) -> list[Cell]:
    change = format_change(row["value_after"] - row["value_before"], "count", decimals=0)
    return [row["indicator_name"], f"{row['value_before']:.0f}%", html.Strong(f"{row['value_after']:.0f}%"), change]


def _show_england(standing: Standing) -> Part:
    """Return England's published pair beside its series from returns, and how many regions stand apart."""
    series, moved = standing.ranges, _by_indicator(standing.changes)
    published = change_between(standing.plan).set_index("short_name")
    regions = count_regions(standing.matrix)
    newest, since = series["date"].max(), _name_since(standing.changes)
    bodies = []
    for group, rows in series.groupby("group", sort=False):
        cells = [
            _list_england(own, published=published, moved=moved, standing=standing, regions=regions)
            for _, own in rows.groupby("indicator_id", sort=False)
        ]
        bodies.append((group, cells))
    days = [f"Published {day.day} {day:%b}" for day in (standing.plan["date"].min(), standing.plan["date"].max())]
    heads = (
        "Measure",
        *days,
        "0 to 100%",
        f"Returns {newest.day} {newest:%b}",
        since,
        "Beside its own weeks",
        "Regions beside England",
    )
    table = make_table(heads, bodies, caption="The 13 measures in England", numbers=(1, 2, 4, 5), name="glance")
    answers = series[["indicator_id", "date", "value", "short_name"]]
    return Part(
        name="glance",
        heading=HEADING,
        title=title_questions(answers.assign(unit="percent", status="", decimals=0), standing.changes),
        subtitle="England, % of homes. The published figures are real; those from returns are % of the homes that "
        f"answered, {describe_period(series.iloc[-1])}. {describe_polarity(series['polarity'].iloc[0])}",
        listings=(Listing(table, frame=pd.concat([standing.plan, series], ignore_index=True)),),
        summary=describe_limits(standing.limits),
        is_illustrative=bool(series["is_illustrative"].any()),
    )


def _list_england(
    own: pd.DataFrame, *, published: pd.DataFrame, moved: dict[str, Row], standing: Standing, regions: pd.DataFrame
) -> list[Cell]:
    last = own.iloc[-1]
    name, short = last["indicator_id"], last["short_name"]
    pair = [
        f"{published.at[short, at]:.0f}%" if short in published.index else SHORT[""][0]
        for at in ("value_before", "value_after")
    ]
    signal = describe_signal(standing.limits.loc[name]) if name in standing.limits.index else ""
    apart = describe_regions(regions.loc[name]) if name in regions.index else "not compared"
    line = draw_series(own)
    return [short, *pair, line, html.Strong(format_value(last)), show_tenths(moved.get(name)), signal, apart]


def _show_area(standing: Standing) -> Part:
    """Return the area beside its region and England, with its place among all councils."""
    profile, moved = standing.profile, _by_indicator(standing.changes)
    own = profile[profile["role"] == "area"]
    beside = profile[profile["role"] == "comparator"]
    wide = {name: list_rows(rows) for name, rows in beside.groupby("indicator_id", sort=False)}
    names = [own["area_name"].iloc[0], *beside["area_name"].unique()]
    bodies = [
        (group, [_list_area(row, wide.get(row["indicator_id"], []), moved) for row in list_rows(rows)])
        for group, rows in own.groupby("group", sort=False)
    ]
    heads = (
        "Measure",
        *names,
        "Lower | higher than England",
        "Verdict beside England",
        _name_since(standing.changes),
        "Homes that answered",
    )
    last = len(names)
    table = make_table(
        heads,
        bodies,
        caption=f"The 13 measures in {standing.name}",
        numbers=(*range(1, last + 1), last + 3, last + 4),
        name="glance",
    )
    reasons = [f"Not compared: {reason}" for reason in list_reasons(profile)]
    chance = [describe_chance(own)] if count_comparisons(own) else []
    return Part(
        name="glance",
        heading=HEADING,
        title=title_own_verdicts(profile) or title_profile(profile),
        subtitle=f"% of the homes that answered, {describe_period(own.iloc[0])}. "
        f"{describe_polarity(own['polarity'].iloc[0])} Dots: {names[0]}; upright lines: England; bars: all councils "
        "and the middle half of them.",
        listings=(Listing(table, frame=profile),),
        summary=summarise_profile(profile),
        notes=tuple([*chance, *reasons]),
        is_illustrative=bool(profile["is_illustrative"].any()),
    )


def _list_area(row: Row, wide: list[Row], moved: dict[str, Row]) -> list[Cell]:
    return [
        row["short_name"],
        show_value(row),
        *[format_value(other) for other in wide],
        draw_spine(row, wide),
        html.Span(show_verdict(row["versus_england"]), className="verdict"),
        show_tenths(moved.get(row["indicator_id"])),
        format_share_answering(row) or SHORT[""][0],
    ]


def show_value(row: Row) -> Component:
    """Return a value in bold, or the word for why there is none."""
    if pd.isna(row["value"]):
        return html.Span(SHORT[row["status"]][0], className="word")
    return html.Strong(format_value(row))


def show_tenths(row: Row | None) -> str:
    """Return a change in points to a tenth, or why there is none."""
    if row is None:
        return NOT_COMPARED
    return SHORT[row["status"]][0] if pd.isna(row["change_points"]) else format_tenths(row["change_points"])


def _by_indicator(changes: pd.DataFrame) -> dict[str, Row]:
    return {row["indicator_id"]: row for row in list_rows(changes)}


def _name_since(changes: pd.DataFrame) -> str:
    if changes.empty:
        return "Change, points"
    day = changes["date_from"].iloc[0]
    return f"Points since {day.day} {day:%b}"
