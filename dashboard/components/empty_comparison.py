"""What /compare says where it cannot draw: what is missing, what is held instead, and a link to it."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.comparison import PATH, Comparison, default_areas, default_indicators, list_dates, write_query
from dashboard.format import join_names
from dashboard.selection import ENGLAND
from dashboard.store import Snapshot
from dashboard.text.comparing import explain_no_pair, say_span
from dashboard.views.comparing import is_mixed, list_held

LEVELS = {"country": "England", "region": "regions", "authority": "councils"}


def explain_nothing(snapshot: Snapshot, comparison: Comparison) -> html.Section:
    """Return a card in place of a chart that has nothing to draw."""
    title, parts = _find_reason(snapshot, comparison)
    return html.Section(
        id="card-compare",
        className="card wide",
        **{"aria-labelledby": "card-compare-title"},
        children=[html.H2(title, id="card-compare-title"), html.Div(parts, className="empty")],
    )


def _find_reason(snapshot: Snapshot, comparison: Comparison) -> tuple[str, list[Component]]:
    if not comparison.indicators:
        usual = replace(comparison, indicators=default_indicators(snapshot), first=None, last=None, on=None)
        return "Choose an indicator", [
            html.P("Nothing is chosen to compare."),
            _link(snapshot, usual, "Start with one"),
        ]
    if not comparison.areas:
        usual = replace(comparison, areas=default_areas(snapshot))
        return "Choose an area", [html.P("No area is chosen."), _link(snapshot, usual, "Start with the nine regions")]
    if comparison.chart == "scatter":
        names = [snapshot.indicators.at[name, "short_name"] for name in comparison.indicators[:2]]
        dates = [list_held(snapshot, comparison, name) for name in comparison.indicators[:2]]
        mixed = len(names) > 1 and is_mixed(snapshot, comparison)
        return "No scatter can be drawn", [html.P(explain_no_pair(names, dates, is_mixed=mixed))]
    if comparison.chart == "funnel":
        return "No funnel for this choice", _explain_funnel(snapshot, comparison)
    return "No figure is held for this choice", _explain_holdings(snapshot, comparison)


def _explain_funnel(snapshot: Snapshot, comparison: Comparison) -> list[Component]:
    held = list(snapshot.funnels["indicator_id"].unique())
    why = "Limits of chance are worked out for shares of care homes that are held by council."
    if comparison.indicators[0] in held:
        every = replace(comparison, areas=(*queries.list_authorities(snapshot), ENGLAND))
        link = _link(snapshot, every, "Show all councils")
        return [html.P(["A funnel sets councils beside each other, and no council with a figure is chosen. ", link])]
    if not held:
        return [html.P(f"{why} This snapshot holds no returns, so there are none.")]
    links = [
        html.Li(_link(snapshot, replace(comparison, indicators=(name,), on=None), _name(snapshot, name)))
        for name in sorted(held, key=lambda name: snapshot.indicators.index.get_loc(name))
    ]
    return [html.P(f"{why} They are held for:"), html.Ul(links)]


def _explain_holdings(snapshot: Snapshot, comparison: Comparison) -> list[Component]:
    """Return for each indicator the kinds of area and the dates that are held, with a link to some of them."""
    parts: list[Component] = []
    for name in comparison.indicators:
        kinds = [kind for kind in LEVELS if queries.has_level(snapshot, name, kind=kind)]
        said = f"{_name(snapshot, name)} is held for {join_names([LEVELS[kind] for kind in kinds])}: "
        near = replace(
            comparison, indicators=(name,), areas=_some_areas(snapshot, kinds), first=None, last=None, on=None
        )
        parts.append(
            html.P([f"{said}{say_span(list_dates(snapshot, [name]))}. ", _link(snapshot, near, "Show what is held")])
        )
    if comparison.first or comparison.last or comparison.on:
        whole = replace(comparison, first=None, last=None, on=None)
        parts.append(html.P(["The dates chosen may leave it out. ", _link(snapshot, whole, "Show all dates")]))
    return parts


def _some_areas(snapshot: Snapshot, kinds: list[str]) -> tuple[str, ...]:
    if "region" in kinds:
        return default_areas(snapshot)
    return tuple(queries.list_authorities(snapshot)) if "authority" in kinds else (ENGLAND,)


def _name(snapshot: Snapshot, indicator: str) -> str:
    return str(snapshot.indicators.at[indicator, "name"])


def _link(snapshot: Snapshot, comparison: Comparison, words: str) -> dcc.Link:
    return dcc.Link(words, href=PATH + write_query(snapshot, comparison))
