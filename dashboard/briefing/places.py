"""What stands below the 13 measures: the areas inside this one, or a council's own weeks with their usual range."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard import views
from dashboard.briefing.line import list_breaks
from dashboard.briefing.part import Listing, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.briefing.standing import Standing
from dashboard.components.verdict import name_class, show_marked
from dashboard.figures.small_control import draw_small_control, find_floor
from dashboard.format import MISSING, SHORT, Row, format_bare, format_number, format_value
from dashboard.measures import ANSWERING
from dashboard.rows import list_rows
from dashboard.selection import TableView
from dashboard.text.ranges import pick_newest, say_standing, summarise_ranges, title_ranges
from dashboard.text.returns import summarise_matrix
from dashboard.text.verdicts import ENQUIRE, summarise_verdicts, title_verdicts
from dashboard.views.heat_map import order_areas

MOST_PLACES = 16
MARKS = "▲ clearly better, △ better, ▽ worse, ▼ clearly worse than England. No mark: similar, or not compared."


def make_places(standing: Standing) -> Part | None:
    """Return the part; None where the area has no answers."""
    if not standing.has_returns:
        return None
    return _show_weeks(standing) if standing.kind == "authority" else _show_inside(standing)


def _show_inside(standing: Standing) -> Part:
    """Return the newest answers of the areas inside, those with most marks below England first."""
    matrix = standing.matrix
    questions = matrix[matrix["indicator_id"] != ANSWERING]
    ordered = order_areas(matrix, TableView())
    shown = ordered[:MOST_PLACES]
    wide = list(dict.fromkeys(questions.loc[questions["role"] == "comparator", "area_code"]))
    by_area = dict(tuple(questions.groupby("area_code", sort=False)))
    names = list(questions["short_name"].unique())
    what = "Region" if standing.kind == "country" else "Council"
    bodies = [("", [_list_area(by_area[code]) for code in codes]) for codes in (shown, wide)]
    table = make_table(
        (what, *names),
        bodies,
        caption=f"The 13 measures by {what.lower()}",
        numbers=range(1, len(names) + 1),
        name="places",
    )
    left = len(ordered) - len(shown)
    more = f" The {len(shown)} with most marks below England, of {len(ordered)}; the dashboard has all." if left else ""
    return Part(
        name="places",
        heading=f"{what}s",
        title=title_verdicts(matrix),
        subtitle=f"% of the homes that answered. {MARKS}{_explain_missing(questions)}{more}",
        listings=(Listing(table, frame=matrix),),
        summary=summarise_verdicts(matrix) or summarise_matrix(matrix),
        is_illustrative=bool(matrix["is_illustrative"].any()),
    )


def make_similar(standing: Standing) -> Part | None:
    """Return the newest answers of a council and of those most like it; None where there are none to set beside it."""
    if not standing.has_returns or standing.kind != "authority":
        return None
    frame = views.show_similar_questions(standing.snapshot, standing.selection)
    if frame.empty:
        return None
    rows = [_list_area(cells) for _, cells in frame.groupby("area_code", sort=False)]
    heads = ("Council", *frame["short_name"].unique())
    table = make_table(
        heads, [("", rows)], caption="The 13 measures in similar councils", numbers=range(1, len(heads)), name="places"
    )
    return Part(
        name="similar",
        heading="Councils most like it",
        title=f"{standing.name} beside the five councils most like it",
        subtitle=f"% of the homes that answered. Alike in population, age, density, care homes and kind. {MARKS}"
        f"{_explain_missing(frame)}",
        listings=(Listing(table, frame=frame),),
        is_illustrative=bool(frame["is_illustrative"].any()),
    )


def _list_area(cells: pd.DataFrame) -> list[Cell]:
    return [cells["area_name"].iloc[0], *[_show_cell(row) for row in list_rows(cells)]]


def _show_cell(row: Row) -> Cell:
    value = format_bare(row)
    if not value:
        return html.Span(SHORT[row["status"]][1], className="word")
    return html.Span(show_marked(value, verdict=row["versus_england"]), className=name_class(row["versus_england"]))


def _explain_missing(rows: pd.DataFrame) -> str:
    """Return what the marks in place of figures mean, of those that the rows have."""
    marks = {SHORT[status][1]: MISSING[status] for status in rows.loc[rows["value"].isna(), "status"].unique()}
    return "".join(f" {mark}: {words}." for mark, words in marks.items())


def _show_weeks(standing: Standing) -> Part:
    """Return each measure's own weeks, with the range that is usual for them."""
    series = standing.ranges
    floor = find_floor(series)
    breaks = list(list_breaks(standing)["date"])
    rows = [_list_weeks(own, breaks=breaks, floor=floor) for _, own in series.groupby("indicator_id", sort=False)]
    heads = (
        "Measure",
        f"Weeks, {format_number(floor, 'percent', decimals=0)} to 100%",
        "Now",
        "Usual range",
        "Standing",
    )
    table = make_table(
        heads,
        [("", rows)],
        caption=f"The 13 measures in {standing.name}, week by week",
        numbers=(2, 3),
        name="own-weeks",
    )
    return Part(
        name="places",
        heading="Against its own past",
        title=title_ranges(series),
        subtitle="% of the homes that answered. Shaded: the usual range since the last break, provisional with fewer "
        f"than 13 weeks. {ENQUIRE}",
        listings=(Listing(table, frame=series),),
        summary=summarise_ranges(series),
        is_illustrative=bool(series["is_illustrative"].any()),
    )


def _list_weeks(own: pd.DataFrame, *, breaks: list, floor: float) -> list[Cell]:
    last = pick_newest(own).iloc[0]
    known = pd.notna(last["centre"])
    limits = [min(max(last[name], 0), 100) for name in ("lower_limit", "upper_limit")] if known else []
    usual = " to ".join(format_number(value, "percent", decimals=0) for value in limits) or "too few weeks"
    value = format_value(last) if pd.notna(last["value"]) else SHORT[last["status"]][0]
    standing = say_standing(last) if known and pd.notna(last["value"]) else ""
    return [
        last["short_name"],
        draw_small_control(own, breaks=breaks, floor=floor),
        html.Strong(value),
        usual,
        standing,
    ]
