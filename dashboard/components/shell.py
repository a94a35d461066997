"""The shell round every page: document, header, first-visit line, and how choosing an area changes the address."""

from __future__ import annotations

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import NAME
from dashboard.components.area_picker import make_picker
from dashboard.components.footer import make_footer, read_feedback
from dashboard.components.still import hold_still
from dashboard.plotly_script import find_script
from dashboard.store import Snapshot, StoreError, current_store

DOCUMENT = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    {%metas%}
    <meta name="theme-color" content="#12436d">
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
    <link rel="alternate" type="application/atom+xml" title="Releases" href="/feeds/releases.atom">
    {%css%}
  </head>
  <body>
    <div id="progress" hidden></div>
    <div id="trouble" role="alert"></div>
    <div id="early"><!--early--></div>
    {%app_entry%}
    <p id="said" role="status"></p>
    <footer>{%config%}{%scripts%}{%renderer%}</footer>
  </body>
</html>"""
"""The document. Beside the page: the bar of a slow change, what went wrong, and what was done, each for assets/*.js."""

DESCRIPTION = (
    "Published figures on COVID-19 in adult social care in England, its regions and its councils: infection control, "
    "outbreaks, deaths, vaccination and workforce, each with its source, date and caveats."
)

EARLY = "<!--early-->"
"""Where the document has the text of its page until Dash has come."""

NAVIGATION = (
    ("/", "England"),
    ("/support", "Support"),
    ("/compare", "Compare"),
    ("/workforce", "Workforce"),
    ("/indicators", "Indicators"),
    ("/recommendations", "Recommendations"),
    ("/quality", "Data quality"),
    ("/downloads", "Downloads"),
    ("/briefing", "Briefing"),
    ("/about", "About the data"),
)


def make_layout() -> Component:
    """Return the layout that stays while pages change; without figures, one that says so."""
    try:
        store = current_store()
        snapshot = store.snapshot
        return make_shell(snapshot, is_newest=not store.problem)
    except StoreError:
        return html.Main(
            [html.H1("The figures are not ready"), html.P("Try again in a few minutes.")], className="plain"
        )


def make_shell(snapshot: Snapshot, *, is_newest: bool = True) -> Component:
    """Return the header, the area picker, the place for a page, and the footer."""
    return dmc.MantineProvider(
        theme={"fontFamily": "Arial, 'Helvetica Neue', Helvetica, sans-serif", "primaryColor": "blue"},
        children=[
            dcc.Location(id="address", refresh="callback-nav"),
            html.A("Skip to the figures", href="#main", className="skip"),
            make_header(),
            make_picker(snapshot),
            hold_still(make_first_visit()),
            html.Main(dash.page_container, id="main", tabIndex=-1, **{"data-plotly": find_script().address}),
            hold_still(make_footer(snapshot, feedback=read_feedback(), is_newest=is_newest)),
        ],
    )


def make_header() -> html.Header:
    """Return the name of the product and the pages, on a small screen behind a button (assets/shell.js)."""
    links = [html.Li(dcc.Link(name, href=path, className="nav-link")) for path, name in NAVIGATION]
    return html.Header(
        html.Div(
            [
                html.Span(NAME, className="product"),
                html.Button(
                    "Menu",
                    id="menu-button",
                    type="button",
                    **{"aria-expanded": "false", "aria-controls": "pages"},
                ),
                html.Nav(html.Ul(links), id="pages", **{"aria-label": "Pages"}),
            ],
            className="width",
        )
    )


def make_first_visit() -> html.Aside:
    """Return the line for who comes the first time; the browser remembers that it was read (assets/theme.js)."""
    return html.Aside(
        html.P(
            [
                "New here? The title of each chart says what it shows; its date and source stand below. ",
                dcc.Link("How to read a chart", href="/about#how-to-read"),
                html.Button("Hide this line", type="button", className="link-button hide-first-visit"),
            ],
            className="width",
        ),
        className="first-visit",
        **{"aria-label": "How to read a chart"},
    )


def register_navigation(app: Dash) -> None:
    """Let the choice of an area or a measure change the address, and the address set the choice shown."""
    app.clientside_callback(
        ClientsideFunction("navigation", "follow_area"),
        Output("area-picker", "value"),
        Input("address", "pathname"),
    )
    app.clientside_callback(
        ClientsideFunction("navigation", "choose_area"), Input("area-picker", "value"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("navigation", "follow_measure"),
        Output("address", "search"),
        Input("measure", "value"),
        State("measure", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
