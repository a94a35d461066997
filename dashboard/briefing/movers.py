"""What moved most, for the worse and for the better: measures in the area, and areas inside it."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.briefing.part import Listing, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.briefing.standing import Standing
from dashboard.format import Row, format_change, format_date, format_short_date, format_value, in_sentence, join_names
from dashboard.measures import QUESTIONS
from dashboard.rows import list_rows
from dashboard.text import change_between
from dashboard.text.national import format_tenths

MEASURES, PLACES = 4, 5
"""How many measures, and how many areas, stand at each end."""
FEWEST_HOMES = 10
"""Homes that must have answered both times for an area to be listed: with fewer, one answer is ten points."""
WORSE, BETTER = "For the worse", "For the better"
HEADS = ("Now", "Points", "Same homes", "Who answered", "Homes both times")


def make_movers(standing: Standing) -> Part:
    """Return the worst and best movers, or that no change can be given."""
    if not standing.has_returns:
        return _show_published(standing)
    valued = standing.changes[standing.changes["change_points"].notna()]
    if valued.empty:
        said = "No change can be given: no earlier extract lies on the same side of the last break, or each is hidden."
        return Part(name="movers", heading="Worst and best movers", title="No change can be given", lines=(said,))
    listings = [Listing(_list_measures(valued, standing), label="Measures" if standing.kind != "authority" else "")]
    places = pick_places(standing)
    if len(places):
        what = "Regions" if standing.kind == "country" else "Councils"
        listings.append(Listing(_list_places(places, what=what), label=f"{what}, each on one measure", frame=places))
    span = f"{format_date(valued['date_from'].iloc[0])} to {format_date(valued['date_to'].iloc[0])}"
    return Part(
        name="movers",
        heading="Worst and best movers",
        title=title_movers(valued),
        subtitle=f"Change in percentage points, {span}, in two parts: among the homes that answered both times, and "
        "from who answered.",
        listings=tuple(listings),
        notes=(f"Areas in which fewer than {FEWEST_HOMES} homes answered both times are left out.",)
        if len(places)
        else (),
        is_illustrative=bool(valued["is_illustrative"].any()),
        frames=(standing.profile,),
    )


def title_movers(valued: pd.DataFrame) -> str:
    """Return which measure fell most and which rose most, to a tenth of a point."""
    worst, best = valued.loc[valued["change_points"].idxmin()], valued.loc[valued["change_points"].idxmax()]
    parts = []
    if round(worst["change_points"], 1) < 0:
        parts.append(f"{in_sentence(worst['short_name'])} fell most ({format_tenths(worst['change_points'])})")
    if round(best["change_points"], 1) > 0:
        parts.append(f"{in_sentence(best['short_name'])} rose most ({format_tenths(best['change_points'])})")
    said = join_names(parts) if parts else "no measure moved"
    return said[:1].upper() + said[1:]


def pick_places(standing: Standing) -> pd.DataFrame:
    """Return the areas inside this one that moved most on a measure, the worst, then the best; none of a council."""
    if standing.kind == "authority":
        return standing.matrix.iloc[:0]
    matrix = standing.matrix
    own = matrix[(matrix["role"] == "area") & matrix["indicator_id"].isin(QUESTIONS.values())]
    own = own[own["change_points"].notna() & (own["n_both"] >= FEWEST_HOMES)]
    worst, best = _pick_ends(own, most=PLACES)
    return pd.concat([worst.assign(side=WORSE), best.assign(side=BETTER)])


def _pick_ends(rows: pd.DataFrame, *, most: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that fell most, the steepest first, and those that rose most; none that did not move."""
    shown = rows["change_points"].round(1)
    worst = rows[shown < 0].nsmallest(most, "change_points", keep="first")
    best = rows[shown > 0].nlargest(most, "change_points", keep="first")
    return worst, best


def _list_measures(valued: pd.DataFrame, standing: Standing) -> html.Table:
    own = standing.profile[standing.profile["role"] == "area"].set_index("indicator_id")
    bodies = []
    for side, rows in zip((WORSE, BETTER), _pick_ends(valued, most=MEASURES), strict=True):
        cells = [
            _list_row(row["short_name"], row, now=format_value(own.loc[row["indicator_id"]])) for row in list_rows(rows)
        ]
        bodies.append((side, cells or [["None", "", "", "", "", ""]]))
    return make_table(
        ("Measure", *HEADS), bodies, caption="Measures that moved most", numbers=range(1, 6), name="movers"
    )


def _list_places(places: pd.DataFrame, *, what: str) -> html.Table:
    bodies = []
    for side in (WORSE, BETTER):
        rows = list_rows(places[places["side"] == side])
        cells = [
            _list_row(f"{row['area_name']}: {in_sentence(row['short_name'])}", row, now=format_value(row))
            for row in rows
        ]
        bodies.append((side, cells or [["None", "", "", "", "", ""]]))
    return make_table((what, *HEADS), bodies, caption=f"{what} that moved most", numbers=range(1, 6), name="movers")


def _list_row(name: str, row: Row, *, now: str) -> list[Cell]:
    parts = [
        format_tenths(row[column])
        for column in ("change_points", "change_same_homes_points", "change_who_answered_points")
    ]
    return [name, now, html.Strong(parts[0]), *parts[1:], f"{row['n_both']:,.0f}"]


def _show_published(standing: Standing) -> Part:
    """Return England's published changes, all that is known of movement where there are no returns."""
    changes = change_between(standing.plan).sort_values("change", kind="stable")
    first, last = (format_short_date(day) for day in (standing.plan["date"].min(), standing.plan["date"].max()))
    bodies = [
        (side, [_list_published(row) for row in list_rows(rows)])
        for side, rows in (("Rose least", changes.head(MEASURES)), ("Rose most", changes.iloc[::-1].head(MEASURES)))
    ]
    table = make_table(
        ("Measure", first, last, "Points"), bodies, caption="Published changes", numbers=(1, 2, 3), name="movers"
    )
    least, most = changes.iloc[0], changes.iloc[-1]
    return Part(
        name="movers",
        heading="Worst and best movers",
        title=f"{most['short_name']} rose most in England, {in_sentence(least['short_name'])} least",
        subtitle="England, as published: share of care homes that reported each measure in place, change in percentage "
        "points.",
        listings=(Listing(table, frame=standing.plan),),
        notes=() if standing.kind == "country" else (f"For {standing.name} no change is held.",),
    )


def _list_published(row: Row) -> list[Cell]:
    change = format_change(row["value_after"] - row["value_before"], "count", decimals=0)
    return [row["short_name"], f"{row['value_before']:.0f}%", f"{row['value_after']:.0f}%", html.Strong(change)]
