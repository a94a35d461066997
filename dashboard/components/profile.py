"""The 13 questions of one area: its share on a spine with region, England and all councils, and who answered."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.components.verdict import show_verdict
from dashboard.figures.spine import Spine, place_spine
from dashboard.format import SHORT, Row, format_number, format_value
from dashboard.rows import list_rows
from dashboard.text.returns import name_question
from dashboard.text.verdicts import SIDES

BESIDE = "Beside England"
OPEN = "If the rest had said no, or yes"
ENDS = {"higher is better": ("lower", "higher is better"), "lower is better": ("lower is better", "higher")}
SCALE = (
    "Every line has a scale of its own, with England always in the same place: compare marks along a line, not "
    "between lines."
)
SPREAD = (
    ("lowest", "Lowest council"),
    ("lower_quartile", "Lower quartile"),
    ("median", "Median"),
    ("upper_quartile", "Upper quartile"),
    ("highest", "Highest council"),
)


def profile_table(profile: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a question by focus group; the labels for narrow screens are in the cells' attributes."""
    own = profile[profile["role"] == "area"]
    beside = profile[profile["role"] == "comparator"]
    wide = {name: list_rows(rows) for name, rows in beside.groupby("indicator_id", sort=False)}
    names = [own["area_name"].iloc[0], *beside["area_name"].unique()]
    bodies = []
    for group, rows in own.groupby("group", sort=False):
        heading = html.Tr(html.Th(group, colSpan=len(names) + 5, scope="rowgroup", className="group"))
        made = [_make_row(row, wide.get(row["indicator_id"], [])) for row in list_rows(rows)]
        bodies.append(html.Tbody([heading, *made]))
    ends = ENDS.get(own["polarity"].iloc[0], ("lower", "higher"))
    head = html.Tr(
        [
            html.Th("Measure reported in place", scope="col"),
            *[html.Th(name, scope="col", className="number") for name in names],
            html.Th([html.Span(end) for end in ends], scope="col", className="track-ends"),
            html.Th(BESIDE, scope="col", className="verdict"),
            html.Th("Answered", scope="col", className="number"),
            html.Th(OPEN, scope="col", className="number"),
        ]
    )
    return html.Table([html.Caption(caption, className="hidden"), html.Thead(head), *bodies], className="profile")


def spine_legend(profile: pd.DataFrame) -> html.Ul:
    """Return what each mark and bar of the spines means, and that each has a scale of its own."""
    own = profile[profile["role"] == "area"]
    wide = profile.loc[profile["role"] == "comparator", "area_name"].unique()
    councils = own["areas"].max()
    marks = [("dot", f"{own['area_name'].iloc[0]}; filled where clearly apart from England")]
    marks += [("region", wide[0])] * (len(wide) > 1) + [("england", wide[-1])] * (len(wide) > 0)
    if pd.notna(councils):
        marks += [("range", f"lowest to highest of {councils:,.0f} councils"), ("middle", "the middle half of them")]
    keys = [
        html.Li([html.Span(html.Span(className=mark), className=f"spine key {mark}-key"), text]) for mark, text in marks
    ]
    return html.Ul([*keys, html.Li(SCALE, className="scale")], className="legend spine-legend")


def spread_table(profile: pd.DataFrame, *, caption: str) -> html.Table:
    """Return a row a question with the area's figure, and the lowest, quartiles and highest of the councils."""
    own = profile[profile["role"] == "area"]
    heads = ["Measure", own["area_name"].iloc[0], *[words for _, words in SPREAD], "Councils"]
    rows = [
        html.Tr(
            [
                html.Th(name_question(row), scope="row"),
                html.Td(format_value(row), className="number"),
                *[html.Td(_show_share(row[name]), className="number") for name, _ in SPREAD],
                html.Td("" if pd.isna(row["areas"]) else f"{row['areas']:,.0f}", className="number"),
            ]
        )
        for row in list_rows(own)
    ]
    head = [html.Th(text, scope="col", className="number" if place else "") for place, text in enumerate(heads)]
    return html.Table([html.Caption(caption), html.Thead(html.Tr(head)), html.Tbody(rows)], className="data-table")


def _make_row(row: Row, wide: list[Row]) -> html.Tr:
    everyone = row["denominator"] + row["not_answered"]
    answered = f"{row['denominator']:,.0f} of {everyone:,.0f} homes" if everyone > 0 else ""
    bounds = [format_number(row[name], "percent", decimals=0) for name in ("lower_bound", "upper_bound")]
    is_open = pd.notna(row["lower_bound"]) and row["not_answered"] > 0
    spread = describe_spread(row)
    return html.Tr(
        [
            html.Th(name_question(row), scope="row"),
            _make_cell(_show_value(row), label=row["area_name"]),
            *[_make_cell(format_value(other), label=other["area_name"]) for other in wide],
            html.Td(
                [draw_spine(row, wide), html.Span(spread, className="hidden")], className="spine-cell", title=spread
            ),
            html.Td(show_verdict(row["versus_england"]), className="verdict", **{"data-label": BESIDE}),
            _make_cell(answered, label="Answered"),
            _make_cell(" to ".join(bounds) if is_open else "", label=OPEN),
        ]
    )


def describe_spread(row: Row) -> str:
    """Return how the councils lie, in words; "" where the snapshot holds no spread."""
    if pd.isna(row["lowest"]):
        return ""
    low, near, far, high = (
        _show_share(row[name]) for name in ("lowest", "lower_quartile", "upper_quartile", "highest")
    )
    return f"Councils from {low} to {high}, the middle half from {near} to {far}"


def _show_share(value: float) -> str:
    return "" if pd.isna(value) else format_number(value, "percent", decimals=0)


def _make_cell(shown: Component | str, *, label: str) -> html.Td:
    return html.Td(shown, className="number", **{"data-label": label})


def _show_value(row: Row) -> Component:
    if pd.isna(row["value"]):
        return html.Span(SHORT[row["status"]][0], className="word")
    return html.Strong(format_value(row))


def draw_spine(row: Row, wide: list[Row]) -> html.Div | None:
    """Return an area's row among all councils, its region and England on one line; None without England's figure."""
    shares = [other["value"] for other in wide]
    spine = place_spine(row, region=shares[0] if len(shares) > 1 else None, england=shares[-1] if shares else None)
    if spine is None:
        return None
    clear = row["versus_england"].replace(" ", "-") if row["versus_england"] in SIDES else ""
    points = [("england", spine.england), ("region", spine.region), (f"dot {clear}".strip(), spine.area)]
    marks = [html.Span(className=name, style={"left": f"{at:.1f}%"}) for name, at in points if at is not None]
    return html.Div([*_draw_bars(spine), *marks], className="spine", **{"aria-hidden": "true"})


def _draw_bars(spine: Spine) -> list[html.Span]:
    bars = [("range", spine.lowest, spine.highest), ("middle", spine.lower_quartile, spine.upper_quartile)]
    return [
        html.Span(className=name, style={"left": f"{low:.1f}%", "width": f"{high - low:.1f}%"})
        for name, low, high in bars
        if low is not None
    ]
