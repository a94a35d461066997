"""The map and the ranking of a page: one measure, the areas of the selection, from the two views of those names."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.legend import map_legend
from dashboard.components.ranking import ranking_table
from dashboard.figures.outline_map import draw_map
from dashboard.format import describe_period, describe_polarity
from dashboard.measures import MEASURES
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.text import summarise_ranking, title_map, title_ranking


def map_card(
    snapshot: Snapshot,
    selection: Selection,
    *,
    highlight: str = "",
    height: int = 480,
) -> Component:
    """Return the map of the measure, areas shaded in bands."""
    frame = views.show_map(snapshot, selection)
    if frame.empty:
        return empty_card("card-map", title="No map", text=_say_nothing_held(snapshot, selection))
    card = Card(
        view="map",
        title=title_map(frame),
        subtitle=_subtitle(frame),
        summary=summarise_ranking(frame),
        frame=frame,
        picture=draw_map(frame, snapshot.outlines, highlight=highlight, height=height),
        legend=map_legend(frame),
    )
    return chart_card(card, snapshot, selection)


def ranking_card(snapshot: Snapshot, selection: Selection, *, highlight: str = "") -> Component:
    """Return the ranking of the measure."""
    frame = views.show_ranking(snapshot, selection)
    if frame.empty:
        return empty_card("card-ranking", title="No ranking", text=_say_nothing_held(snapshot, selection))
    card = Card(
        view="ranking",
        title=title_ranking(frame),
        subtitle=_subtitle(frame),
        summary=summarise_ranking(frame),
        frame=frame,
        picture=ranking_table(frame, snapshot=snapshot, highlight=highlight),
    )
    return chart_card(card, snapshot, selection)


def _subtitle(frame: object) -> str:
    first = frame.iloc[0]
    return f"{first['indicator_name']}, {describe_period(first)}. {describe_polarity(first['polarity'])}"


def _say_nothing_held(snapshot: Snapshot, selection: Selection) -> str:
    name = snapshot.indicators.at[MEASURES[selection.measure], "name"]
    area = snapshot.areas.at[selection.area_code, "name"]
    return f"No figure is held for {area} on this measure: {name}."
