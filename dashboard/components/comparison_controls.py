"""The controls of /compare: two lists to choose from, the kinds of chart, quick ways to add areas, and dates.

Each change goes to the address; the address draws the page (assets/compare.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, State, dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.comparison import (
    CHARTS,
    MOST_INDICATORS,
    PATH,
    Comparison,
    default_areas,
    default_indicators,
    write_query,
)
from dashboard.components.comparison_dates import date_choice
from dashboard.components.dropdown import DROPDOWN
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.views import similar_areas

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
            html.Div([_choose_chart(snapshot, comparison), date_choice(snapshot, comparison)], className="view-choice"),
        ],
        className="compare-controls",
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
        attributes={"options": {"tabIndex": 0}},
        withScrollArea=False,  # the list itself scrolls (compare.css): its own area would be out of a keyboard's reach
        comboboxProps=DROPDOWN,
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


def _link(snapshot: Snapshot, comparison: Comparison, words: str, *, key: str, areas: tuple[str, ...]) -> Component:
    href = PATH + write_query(snapshot, replace(comparison, areas=areas))
    return html.A(words, href=href, **{"data-keep": key, "data-sets": "area"})
