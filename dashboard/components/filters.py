"""Filters over a list: what assets/filter.js shows and hides, and how many entries are left."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup


def search_field(*, key: str, label: str, value: str, most: int) -> html.Div:
    """Return a field to type in; what stands in it goes into the address under the key."""
    # Dash has no plain input among its elements.
    field = Markup(
        '<input type="search" id="filter-{key}" data-filter-by="{key}" value="{value}" maxlength="{most}" '
        'autocomplete="off" spellcheck="false">'
    ).format(key=key, value=value, most=most)
    return html.Div([html.Label(label, htmlFor=f"filter-{key}"), field], className="search-field")


def choice_field(*, key: str, label: str, options: Mapping[str, str], chosen: str) -> html.Div:
    """Return a list to choose from, all of them first."""
    entries = [html.Option("All", value="", selected=not chosen)]
    entries += [html.Option(name, value=word, selected=word == chosen) for word, name in options.items()]
    select = html.Select(entries, id=f"filter-{key}", **{"data-filter-by": key})
    return html.Div([html.Label(label, htmlFor=f"filter-{key}"), select], className="choice-field")


def filter_row(fields: list[Component], *, shown: str, what: str, label: str) -> html.Div:
    """Return the fields in a row, with a line that says how many entries they leave; screen readers hear it change."""
    said = html.P(shown, role="status", className="shown", **{"data-what": what})
    clear = html.Button("Clear", type="button", className="link-button clear-filters")
    return html.Div([*fields, said, clear], className="filter-row", role="search", **{"aria-label": label})
