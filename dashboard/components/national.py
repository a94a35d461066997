"""The cards that only the England page has: the 13 series at a glance, the later statistics, deaths of residents."""

from __future__ import annotations

import pandas as pd
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.later import later_table
from dashboard.components.question_matrix import question_matrix
from dashboard.components.table import date_table
from dashboard.figures.trend import draw_trend
from dashboard.format import describe_polarity, format_date
from dashboard.rows import list_rows
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text import summarise_trend
from dashboard.text.national import describe_limits, title_later, title_questions, title_resident_deaths
from dashboard.text.returns import describe_break
from dashboard.views import national

NAMES = {
    "resident_deaths_all_week_count": "All causes",
    "resident_deaths_2019_week_count": "A year before",
    "resident_deaths_covid_week_count": "COVID-19",
}
ACROSS_BREAK = "No earlier extract lies on the same side of the last break, so no change is given."


def answers_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return England's 13 questions counted from returns, apart from what the taskforce published."""
    series = views.show_answers(snapshot, selection)
    changes = _pick_longest(views.show_changes(snapshot, selection))
    matrix = views.show_matrix(snapshot, selection)
    standing = national.find_standing(snapshot, selection)
    indicator, first, last = series["indicator_id"].iloc[0], series["date"].min(), series["date"].max()
    broken = views.find_breaks(snapshot, indicator, first=first, last=last)
    card = Card(
        view="answers",
        title=title_questions(series, changes),
        subtitle=f"England, % of the homes that answered, {format_date(first)} to {format_date(last)}. Counted from "
        f"returns, apart from the published figures above. {describe_polarity(series['polarity'].iloc[0])}",
        summary=describe_limits(standing),
        frame=series,
        picture=question_matrix(
            series,
            changes=changes,
            standing=standing,
            regions=national.count_regions(matrix),
            breaks=list(broken["date"]),
            caption="The 13 measures in England, counted from returns",
        ),
        table=date_table(series, columns="short_name", caption="The 13 measures, % of the homes that answered"),
        notes=(*[ACROSS_BREAK] * changes.empty, *map(describe_break, list_rows(broken))),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)


def resident_deaths_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return weekly deaths of people who lived in care homes, wherever they died, beside the year before."""
    trend = national.show_resident_deaths(snapshot, selection)
    if not trend["value"].notna().any():
        text = "The snapshot holds no figure on deaths of care home residents."
        return empty_card("card-resident-deaths", title="Deaths of care home residents", text=text)
    card = Card(
        view="resident-deaths",
        title=title_resident_deaths(trend),
        subtitle="Deaths of care home residents each week wherever they died, by day of death. Not the same count as "
        "deaths in care homes. Lower is better.",
        summary=summarise_trend(trend),
        frame=trend,
        picture=draw_trend(trend.assign(series=trend["indicator_id"].map(NAMES)), series="series", height=320),
    )
    return chart_card(card, snapshot, selection)


def later_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the department's later headline statistics on visits, testing and vaccination, each with its dates."""
    frame = national.show_later(snapshot, selection)
    if frame.empty:
        text = "The snapshot holds none of the department's statistics of 2021 and 2022."
        return empty_card("card-later", title="Later statistics", text=text)
    first, last = format_date(frame["date"].min()), format_date(frame["date"].max())
    card = Card(
        view="later",
        title=title_later(frame),
        subtitle=f"The department's later statistics for England, {first} to {last}. Each has dates of its own; the "
        "questions differ from the 13 above.",
        summary="",
        frame=frame,
        picture=later_table(frame, caption="Later statistics on visits, testing and vaccination"),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)


def _pick_longest(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes since the earliest of the dates that a view of changes holds: four weeks before."""
    return changes[changes["date_from"] == changes["date_from"].min()]
