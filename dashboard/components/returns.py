"""The cards of figures counted from returns: matrix, profile, trend, changes, findings."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.focus import focus_list
from dashboard.components.matrix import matrix_table, missing_legend
from dashboard.components.matrix_controls import heat_map, matrix_controls
from dashboard.components.profile import profile_table, spine_legend, spread_table
from dashboard.components.return_lists import change_table, finding_table
from dashboard.components.table import date_table
from dashboard.components.verdict import describe_verdicts, verdict_legend
from dashboard.figures.trend import draw_trend
from dashboard.format import MISSING, describe_period, describe_polarity, format_date, join_names
from dashboard.measures import ANSWERING, MEASURES, QUESTIONS
from dashboard.rows import list_rows
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text.heat_map import describe_since
from dashboard.text.returns import (
    count_others,
    describe_break,
    label_break,
    say_choice,
    summarise_matrix,
    summarise_profile,
    summarise_returns_trend,
    title_changes,
    title_findings,
    title_profile,
    title_returns_trend,
)
from dashboard.text.verdicts import summarise_verdicts, title_own_verdicts, title_verdicts

OWN_PEOPLE = "The council"
"""How the one who can put a finding right is named where it is the area's own people."""

ROUNDED = "Rounded to whole points, so the two parts may not add up to the change."


def matrix_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the newest answers of a region's councils to the 13 questions."""
    matrix = views.show_matrix(snapshot, selection)
    first = matrix.iloc[0]
    card = Card(
        view="matrix",
        title=title_verdicts(matrix),
        subtitle="Care homes that reported each measure in place, % of those that answered, "
        f"{describe_period(first)}. {describe_polarity(first['polarity'])}",
        summary=" ".join(filter(None, [summarise_verdicts(matrix), summarise_matrix(matrix)])),
        frame=matrix,
        picture=heat_map(
            matrix_controls(_name_columns(matrix), view=selection.table),
            matrix_table(
                matrix,
                snapshot=snapshot,
                here=selection.area_code,
                caption="The 13 measures by area",
                view=selection.table,
            ),
            view=selection.table,
        ),
        legend=html.Div(
            [
                verdict_legend(matrix),
                html.P(describe_since(matrix), className="change-legend"),
                missing_legend(matrix),
            ]
        ),
        is_wide=True,
        is_table=True,
    )
    return chart_card(card, snapshot, selection)


def profile_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return one area's answers to the 13 questions beside its region's and England's."""
    profile = views.show_profile(snapshot, selection)
    first = profile.iloc[0]
    names = list(profile["area_name"].unique())
    card = Card(
        view="profile",
        title=title_own_verdicts(profile) or title_profile(profile),
        subtitle=f"Share of the homes that answered, {describe_period(first)}. {describe_polarity(first['polarity'])}",
        summary=summarise_profile(profile),
        frame=profile,
        picture=profile_table(profile, caption=f"The 13 measures in {join_names(names)}"),
        legend=html.Div([spine_legend(profile), describe_verdicts(profile), missing_legend(profile)]),
        table=spread_table(profile, caption="The same beside all councils"),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)


def trend_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the chosen measure's series beside wider areas; a region's councils stand in grey behind."""
    trend = views.show_trend(snapshot, selection)
    own = trend[trend["role"] == "area"]
    if not own["value"].notna().any():
        return empty_card("card-trend", title="No trend", text="No figure can be shown for this area over time.")
    row = own.iloc[-1]
    behind = views.show_local_trend(snapshot, selection) if row["area_kind"] == "region" else None
    broken = views.find_breaks(snapshot, row["indicator_id"], first=own["date"].min(), last=own["date"].max())
    chosen = say_choice(row, chosen=MEASURES[selection.measure])
    card = Card(
        view="trend",
        title=title_returns_trend(trend),
        subtitle=f"{row['indicator_name']}.{' Councils in grey.' if behind is not None else ''} "
        f"{describe_polarity(row['polarity'])}{chosen}",
        summary=summarise_returns_trend(trend, views.show_changes(snapshot, selection)),
        frame=trend,
        picture=draw_trend(
            trend,
            series="area_name",
            background=behind,
            is_share=row["indicator_id"] in (*QUESTIONS.values(), ANSWERING),
            breaks={entry["date"]: label_break(entry) for entry in list_rows(broken)},
        ),
        legend=focus_list(behind),
        table=date_table(trend, columns="area_name", caption=row["indicator_name"]),
        notes=tuple(map(describe_break, list_rows(broken))),
    )
    return chart_card(card, snapshot, selection)


def changes_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the change of the 13 questions since a week and four weeks before, divided in two."""
    changes = views.show_changes(snapshot, selection)
    if changes.empty:
        text = "No earlier extract can be compared with the newest one: none lies on the same side of the last break."
        return empty_card("card-changes", title="No change to show yet", text=text)
    if changes["change_points"].isna().all():
        text = f"Each change here is {MISSING[changes['status'].iloc[0]]}."
        return empty_card("card-changes", title="No change can be shown", text=text)
    card = Card(
        view="changes",
        title=title_changes(changes),
        subtitle=f"Change in percentage points to {format_date(changes['date_to'].iloc[0])}: among the homes that "
        "answered both times, and from who answered.",
        summary="",
        frame=changes,
        picture=change_table(changes, caption="Changes of the 13 measures"),
        notes=(ROUNDED,),
        is_wide=True,
        is_table=True,
        source=name_source(snapshot, changes),
    )
    return chart_card(card, snapshot, selection)


def findings_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return what the area's own people can put right in its returns, and how much more is for others."""
    findings = views.show_findings(snapshot, selection)
    is_own = findings["who_can"].str.startswith(OWN_PEOPLE)
    own, others = findings[is_own], findings[~is_own]
    if own.empty:
        text = " ".join(filter(None, ["No check found anything that the council can put right.", count_others(others)]))
        return empty_card("card-findings", title="Nothing for the council to put right in the returns", text=text)
    card = Card(
        view="findings",
        title=title_findings(own),
        subtitle=f"What checks found in the extract of {format_date(own['date'].iloc[0])}, as numbers of places.",
        summary=count_others(others),
        frame=findings,
        picture=finding_table(own, caption="Findings about the data"),
        is_wide=True,
        is_table=True,
        source=name_source(snapshot, findings),
    )
    return chart_card(card, snapshot, selection)


def _name_columns(matrix: pd.DataFrame) -> dict[str, str]:
    """Return the heat-map's columns: the word of each in an address, and its name."""
    held = dict(zip(matrix["indicator_id"], matrix["short_name"], strict=True))
    return {word: held[name] for word, name in MEASURES.items() if name in held}


def name_source(snapshot: Snapshot, frame: pd.DataFrame) -> str:
    """Return the sources of rows that are no observations."""
    titles = [
        f"{snapshot.sources.at[name, 'publisher']}: {snapshot.sources.at[name, 'title']}"
        for name in dict.fromkeys(frame["source_id"])
    ]
    return f"Source: {'; '.join(titles)}."
