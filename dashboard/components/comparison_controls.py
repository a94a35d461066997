"""The controls of /compare: two lists to choose from, the kinds of chart, quick ways to add areas, and dates.

Each change goes to the address; the address draws the page (assets/compare.js).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, State, dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import queries
from dashboard.comparison import (
    CHARTS,
    MOST_INDICATORS,
    OVER_TIME,
    PATH,
    Comparison,
    default_areas,
    default_indicators,
    list_dates,
    write_query,
)
from dashboard.format import format_date, format_short_date
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.views import similar_areas
from dashboard.views.comparing import find_date, list_steps

INDICATORS, AREAS, DRAWN = "compare-indicators", "compare-areas", "compare-drawn"
LEVELS = (("country", "England"), ("region", "Regions"), ("authority", "Councils"))


def register_comparing(app: Dash) -> None:
    """Let a choice in either list change the address."""
    app.clientside_callback(
        ClientsideFunction("comparing", "follow_choices"),
        Input(INDICATORS, "value"),
        Input(AREAS, "value"),
        State(DRAWN, "data"),
    )


def comparison_controls(snapshot: Snapshot, comparison: Comparison) -> html.Div:
    """Return the controls above the chart."""
    return html.Div(
        [
            html.Div(
                [_choose_indicators(snapshot, comparison), _choose_areas(snapshot, comparison)], className="lists"
            ),
            html.Div(dcc.Store(id=DRAWN, data=_describe_drawn(snapshot, comparison)), className="hidden"),
            _add_areas(snapshot, comparison),
            html.Div(
                [_choose_chart(snapshot, comparison), _choose_dates(snapshot, comparison)], className="view-choice"
            ),
        ],
        className="compare-controls",
    )


def date_slider(snapshot: Snapshot, comparison: Comparison) -> html.Div | None:
    """Return the slider over the dates held, with its Play button; None for charts that show no single date of many."""
    steps = list_steps(snapshot, comparison)
    day = find_date(snapshot, comparison) if steps else None
    if len(steps) < 2 or day is None:
        return None
    # Written by hand: Dash has no plain slider, and its own would be drawn anew with each step.
    slider = Markup(
        '<input type="range" id="compare-date" data-keep="date" min="0" max="{}" step="1" value="{}" data-dates="{}" '
        'data-words="{}" aria-valuetext="{}">'
    ).format(
        len(steps) - 1,
        steps.index(day),
        " ".join(one.isoformat() for one in steps),
        "|".join(map(format_date, steps)),
        format_date(day),
    )
    return html.Div(
        [
            html.Button("Play", id="compare-play", className="play", type="button", **{"data-keep": "play"}),
            html.Div(
                [
                    html.Label(
                        ["Date: ", html.Strong(format_date(day), id="compare-date-words")], htmlFor="compare-date"
                    ),
                    slider,
                    html.Div(
                        [html.Span(format_short_date(steps[0])), html.Span(format_short_date(steps[-1]))],
                        className="ends",
                        **{"aria-hidden": "true"},
                    ),
                ],
                className="dated",
            ),
            html.P("", id="compare-note", role="status", className="play-note"),
        ],
        className="date-slider",
    )


def name_choice(snapshot: Snapshot, indicator: str) -> str:
    """Return an indicator's short name with what tells it from another of that name: made up, or England only."""
    held = snapshot.by_indicator[indicator]
    name = str(snapshot.indicators.at[indicator, "short_name"])
    if held["is_illustrative"].any():
        return f"{name} (illustrative)"
    return name if (held["area_code"] != ENGLAND).any() else f"{name} (England only)"


def _describe_drawn(snapshot: Snapshot, comparison: Comparison) -> dict[str, list[str]]:
    """Return what the page shows and its defaults, for the script to tell a choice of the reader's from a redraw."""
    return {
        "indicators": list(comparison.indicators),
        "areas": list(comparison.areas),
        "usual_indicators": list(default_indicators(snapshot)),
        "usual_areas": list(default_areas(snapshot)),
    }


def _choose_indicators(snapshot: Snapshot, comparison: Comparison) -> dmc.MultiSelect:
    groups: dict[str, list[dict[str, str]]] = {}
    for name, row in snapshot.indicators.iterrows():
        if name in snapshot.by_indicator:
            entry = {"value": name, "label": name_choice(snapshot, name)}
            groups.setdefault(row["group"], []).append(entry)
    return _make_list(
        INDICATORS,
        label=f"Indicators ({len(comparison.indicators)} chosen, at most {MOST_INDICATORS})",
        placeholder="Type to find an indicator",
        nothing="No indicator has this in its name",
        groups=groups,
        chosen=comparison.indicators,
        maxValues=MOST_INDICATORS,
    )


def _choose_areas(snapshot: Snapshot, comparison: Comparison) -> dmc.MultiSelect:
    names = snapshot.areas["name"]
    groups = {"England and its regions": [ENGLAND, *queries.list_regions(snapshot)]}
    for region in queries.list_regions(snapshot):
        groups[f"Councils in {names[region]}"] = queries.list_authorities(snapshot, region=region)
    groups["Councils that ended before August 2020 or began later"] = queries.list_other_authorities(snapshot)
    return _make_list(
        AREAS,
        label=f"Areas ({len(comparison.areas)} chosen)",
        placeholder="Type to find a region or council",
        nothing="No region or council has this in its name",
        groups={group: [{"value": code, "label": names[code]} for code in codes] for group, codes in groups.items()},
        chosen=comparison.areas,
    )


def _make_list(
    name: str,
    *,
    label: str,
    placeholder: str,
    nothing: str,
    groups: dict[str, list[dict[str, str]]],
    chosen: Sequence[str],
    **more: object,
) -> dmc.MultiSelect:
    return dmc.MultiSelect(
        id=name,
        data=[{"group": group, "items": items} for group, items in groups.items()],
        value=list(chosen),
        label=label,
        placeholder=placeholder,
        searchable=True,
        hidePickedOptions=True,
        selectFirstOptionOnChange=True,
        nothingFoundMessage=nothing,
        maxDropdownHeight=320,
        comboboxProps={"zIndex": 1000, "transitionProps": {"duration": 0}},
        **more,
    )


def _add_areas(snapshot: Snapshot, comparison: Comparison) -> html.Div:
    """Return the quick ways to add areas: a region's councils, those like the first council, the regions; and none."""
    names = snapshot.areas["name"]
    regions = [
        html.Option(names[code], value=",".join(queries.list_authorities(snapshot, region=code)))
        for code in queries.list_regions(snapshot)
    ]
    every = html.Option("England (all 151)", value=",".join(queries.list_authorities(snapshot)))
    marks = {"data-keep": "region", "data-chosen": ",".join(comparison.areas)}
    marks |= {"data-usual": ",".join(default_areas(snapshot))}
    links = [_link(snapshot, comparison, "The nine regions", key="regions", areas=default_areas(snapshot))]
    first = next((code for code in comparison.areas if snapshot.areas.at[code, "kind"] == "authority"), None)
    near = similar_areas(snapshot, first) if first else []
    if near:
        areas = tuple(dict.fromkeys([*comparison.areas, *near]))
        links.append(_link(snapshot, comparison, f"Add areas similar to {names[first]}", key="similar", areas=areas))
    if comparison.areas:
        links.append(_link(snapshot, comparison, "Clear areas", key="clear", areas=()))
    return html.Div(
        [
            html.Label("Add all councils in", htmlFor="compare-region"),
            html.Select([*regions, every], id="compare-region", **marks),
            html.Button("Add", id="compare-add", type="button", className="plain-button", **{"data-keep": "add"}),
            *links,
        ],
        className="add-areas",
    )


def _choose_chart(snapshot: Snapshot, comparison: Comparison) -> html.Nav:
    """Return the kinds of chart as links, the one shown marked."""
    entries = []
    for chart, name in CHARTS.items():
        href = PATH + write_query(snapshot, replace(comparison, chart=chart))
        marks = {"aria-current": "true"} if chart == comparison.chart else {}
        entries.append(
            html.Li(html.A(name, href=href, **{"data-keep": f"chart-{chart}", "data-sets": "chart"}, **marks))
        )
    return html.Nav(html.Ul(entries), className="chart-choice", **{"aria-label": "Kind of chart"})


def _choose_dates(snapshot: Snapshot, comparison: Comparison) -> html.Div | None:
    """Return the two ends of a chart over time as lists of the dates held; None for a chart of one date."""
    dates = list_dates(snapshot, comparison.indicators)
    if comparison.chart not in OVER_TIME or len(dates) < 2:
        return None
    # An address may name a day between two held ones: it is offered too, so that the list says what is drawn.
    early = _offer(sorted({*dates, *filter(None, [comparison.first])}), comparison.first, usual="the first")
    late = _offer(sorted({*dates, *filter(None, [comparison.last])}, reverse=True), comparison.last, usual="the newest")
    return html.Div(
        [
            html.Label("From", htmlFor="compare-from"),
            html.Select(early, id="compare-from", **{"data-key": "from", "data-keep": "from"}),
            html.Label("to", htmlFor="compare-to"),
            html.Select(late, id="compare-to", **{"data-key": "to", "data-keep": "to"}),
        ],
        className="date-choice",
    )


def _offer(dates: list[dt.date], chosen: dt.date | None, *, usual: str) -> list[html.Option]:
    days = [html.Option(format_short_date(day), value=day.isoformat(), selected=day == chosen) for day in dates]
    return [html.Option(usual, value="", selected=chosen is None), *days]


def _link(snapshot: Snapshot, comparison: Comparison, words: str, *, key: str, areas: tuple[str, ...]) -> Component:
    href = PATH + write_query(snapshot, replace(comparison, areas=areas))
    return html.A(words, href=href, **{"data-keep": key, "data-sets": "area"})
