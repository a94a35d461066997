"""The cards of usual ranges: the chosen measure's control chart, and a small one for each of the 13 questions."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import views
from dashboard.components.card import Card, chart_card, empty_card
from dashboard.components.table import date_table
from dashboard.figures.control_chart import draw_control_chart
from dashboard.figures.small_control import draw_small_control, find_floor
from dashboard.format import describe_polarity, format_number, format_value
from dashboard.measures import ANSWERING, MEASURES, QUESTIONS
from dashboard.rows import list_rows
from dashboard.selection import Selection, area_path
from dashboard.since import KEY as SINCE
from dashboard.store import Snapshot
from dashboard.text.ranges import say_standing, summarise_control, summarise_ranges, title_control, title_ranges
from dashboard.text.returns import describe_break, label_break, say_choice, summarise_returns_trend

SHOWN = ["date", "area_name", "short_name", "role", "value", "status", "unit", "decimals"]
"""What a table by date needs; rows as narrow as that are quick to read."""

WORDS = {indicator: word for word, indicator in QUESTIONS.items()}


def control_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return the chosen measure's series in an area with its usual range, beside its region's and England's."""
    trend = views.show_trend(snapshot, selection)
    own = trend[trend["role"] == "area"]
    if not own["value"].notna().any():
        return empty_card("card-trend", title="No trend", text="No figure can be shown for this area over time.")
    row = own.iloc[-1]
    broken = views.find_breaks(snapshot, row["indicator_id"], first=own["date"].min(), last=own["date"].max())
    chosen = say_choice(row, chosen=MEASURES[selection.measure])
    card = Card(
        view="trend",
        title=title_control(trend),
        subtitle=f"{row['indicator_name']}. {describe_polarity(row['polarity'])}{chosen}",
        summary=" ".join(
            filter(
                None,
                [summarise_control(trend), summarise_returns_trend(trend, views.show_changes(snapshot, selection))],
            )
        ),
        frame=trend,
        picture=draw_control_chart(
            trend,
            is_share=row["indicator_id"] in (*QUESTIONS.values(), ANSWERING),
            breaks={entry["date"]: label_break(entry) for entry in list_rows(broken)},
        ),
        legend=range_legend(trend),
        table=date_table(trend[SHOWN], columns="area_name", caption=row["indicator_name"]),
        notes=tuple(map(describe_break, list_rows(broken))),
    )
    return chart_card(card, snapshot, selection)


def ranges_card(snapshot: Snapshot, selection: Selection) -> Component:
    """Return a small control chart of each of the 13 questions in an area, each leading to its trend."""
    series = views.show_ranges(snapshot, selection)
    if not series["value"].notna().any():
        return empty_card(
            "card-ranges",
            title="No usual ranges",
            text="No figure of the 13 measures can be shown for this area over time.",
        )
    first, last = series["date"].min(), series["date"].max()
    broken = views.find_breaks(snapshot, series["indicator_id"].iloc[0], first=first, last=last)
    floor = find_floor(series)
    card = Card(
        view="ranges",
        title=title_ranges(series),
        subtitle=f"Week by week, % of the homes that answered, all on one scale from "
        f"{format_number(floor, 'percent', decimals=0)} to 100%. Higher is better. Choose one to see it large.",
        summary=summarise_ranges(series),
        frame=series,
        picture=html.Ul(
            [
                _show_small(snapshot, own, selection, breaks=list(broken["date"]), floor=floor)
                for _, own in series.groupby("indicator_id", sort=False)
            ],
            className="ranges",
        ),
        legend=range_legend(series),
        table=date_table(series[SHOWN], columns="short_name", caption="The 13 measures, % of the homes that answered"),
        is_wide=True,
    )
    return chart_card(card, snapshot, selection)


def range_legend(series: pd.DataFrame) -> html.Ul | None:
    """Return what shading and rings mean, of those that the series has; None without any usual range."""
    own = series[series["role"] == "area"]
    known = own[own["centre"].notna()]
    if known.empty:
        return None
    better, worse, other = ((own["signal"] == word).any() for word in ("better", "worse", "other"))
    soft, firm = known["is_provisional"].any(), (~known["is_provisional"]).any()
    keys = [("range", "usual range")] * bool(firm)
    keys += [("range soft", "usual range, provisional: fewer than 13 weeks")] * bool(soft)
    keys += [("break", "a declared break: the range begins anew")] * (known["centre"].nunique() > 1)
    keys += [("better", "better than usual")] * bool(better) + [("worse", "worse than usual")] * bool(worse)
    keys += [("other", "out of the usual")] * bool(other)
    return html.Ul(
        [html.Li([html.Span(className=f"range-key {name}"), text]) for name, text in keys], className="legend"
    )


def _show_small(snapshot: Snapshot, own: pd.DataFrame, selection: Selection, *, breaks: list, floor: float) -> html.Li:
    last = own.iloc[-1]
    word = WORDS[last["indicator_id"]]
    query = {"measure": word} | ({SINCE: selection.since} if selection.since else {})
    address = f"{area_path(snapshot, selection.area_code)}?{urlencode(query)}#card-trend"
    is_known = pd.notna(last["value"]) and pd.notna(last["centre"])
    standing = say_standing(last) if is_known else "no usual range: too few weeks"
    return html.Li(
        dcc.Link(
            [
                html.Span(last["short_name"], className="name"),
                html.Strong(format_value(last)),
                draw_small_control(own, breaks=breaks, floor=floor),
                html.Span(standing, className=f"standing {last['signal']}".strip()),
            ],
            href=address,
            className="here" if MEASURES[selection.measure] == last["indicator_id"] else "",
        )
    )
