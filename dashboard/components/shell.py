"""The shell round every page: document, header, area picker, footer, and how choosing an area changes the address."""

from __future__ import annotations

import dash
import dash_mantine_components as dmc
import plotly
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.still import hold_still
from dashboard.selection import ENGLAND, area_path
from dashboard.store import Snapshot, StoreError, current_snapshot
from dashboard.text.returns import describe_tracker

DOCUMENT = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    {%metas%}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
    <link rel="alternate" type="application/atom+xml" title="Releases" href="/feeds/releases.atom">
    {%css%}
    <script src="/assets/theme.js"></script>
  </head>
  <body>
    <div id="early"><!--early--></div>
    {%app_entry%}
    <footer>{%config%}{%scripts%}{%renderer%}</footer>
  </body>
</html>"""

PLOTLY = f"/plotly/{plotly.__version__}/plotly.min.js"
"""Where the script is that draws charts."""

EARLY = "<!--early-->"
"""Where the document has the text of its page until Dash has come."""

THEMES = {"device": "As my device", "light": "Light", "dark": "Dark", "contrast": "High contrast"}

NAVIGATION = (
    ("/", "England"),
    ("/compare", "Compare"),
    ("/workforce", "Workforce"),
    ("/indicators", "Indicators"),
    ("/quality", "Data quality"),
    ("/downloads", "Downloads"),
    ("/about", "About the data"),
)
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Contains National Statistics "
    "data © Crown copyright and database right. Contains OS data © Crown copyright and database right 2020. "
    "Vacancies by authority: British Red Cross, from Skills for Care data, CC BY 4.0."
)


def make_layout() -> Component:
    """Return the layout that stays while pages change; without figures, one that says so."""
    try:
        return make_shell(current_snapshot())
    except StoreError:
        return html.Main(
            [html.H1("The figures are not ready"), html.P("Try again in a few minutes.")], className="plain"
        )


def make_shell(snapshot: Snapshot) -> Component:
    """Return the header, the area picker, the place for a page, and the footer."""
    return dmc.MantineProvider(
        theme={"fontFamily": "Arial, 'Helvetica Neue', Helvetica, sans-serif", "primaryColor": "blue"},
        children=[
            dcc.Location(id="address", refresh="callback-nav"),
            html.A("Skip to the figures", href="#main", className="skip"),
            make_header(),
            make_picker(snapshot),
            html.Main(dash.page_container, id="main", tabIndex=-1, **{"data-plotly": PLOTLY}),
            hold_still(make_footer(snapshot)),
        ],
    )


def make_header() -> html.Header:
    """Return the name of the product and the pages."""
    links = [html.Li(dcc.Link(name, href=path, className="nav-link")) for path, name in NAVIGATION]
    return html.Header(
        html.Div(
            [
                html.Span("Adult social care COVID-19 dashboard", className="product"),
                html.Nav(html.Ul(links), **{"aria-label": "Pages"}),
            ],
            className="width",
        )
    )


def make_picker(snapshot: Snapshot) -> html.Div:
    """Return the area picker: type-ahead over England, the regions and the authorities."""
    groups = [("England", [ENGLAND]), ("Regions", queries.list_regions(snapshot))]
    groups.append(("Councils", queries.list_authorities(snapshot)))
    groups.append(("Councils that ended before August 2020 or began later", queries.list_other_authorities(snapshot)))
    names = snapshot.areas["name"]
    data = [
        {
            "group": group,
            "items": [{"value": area_path(snapshot, code), "label": names[code]} for code in codes],
        }
        for group, codes in groups
    ]
    picker = dmc.Select(
        id="area-picker",
        data=data,
        label="Area",
        placeholder="Type a region or council",
        searchable=True,
        selectFirstOptionOnChange=True,
        nothingFoundMessage="No region or council has this in its name",
        maxDropdownHeight=360,
        comboboxProps={"zIndex": 1000, "transitionProps": {"duration": 0}},
    )
    dated = f"{describe_tracker(snapshot)} Each figure shows its own date."
    return html.Div(
        html.Div([picker, html.P(dated, className="newest")], className="width picker-row"),
        className="picker-bar",
    )


def make_footer(snapshot: Snapshot) -> html.Footer:
    """Return the snapshot's id and date, and the attribution that its sources ask for."""
    return html.Footer(
        html.Div(
            [
                html.P(
                    [
                        f"Snapshot {snapshot.id}. ",
                        html.Span(f"{describe_tracker(snapshot)} "),
                        dcc.Link("Sources, definitions and limits", href="/about"),
                    ]
                ),
                html.P(LICENCE),
                html.P(make_theme_picker()),
            ],
            className="width",
        ),
        className="page-footer",
    )


def make_theme_picker() -> html.Label:
    """Return the choice of colours; the browser remembers it (assets/theme.js)."""
    options = [html.Option(words, value=name) for name, words in THEMES.items()]
    # A plain list of the browser's own: Dash has no business with it.
    return html.Label(["Colours ", html.Select(options, id="theme")], className="theme-picker")


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
