"""Native PowerPoint charts: from a figure of ours to chart data that a person can edit, in the same colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import plotly.graph_objects as go
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.figures.theme import BLUE, GREY, INK, LIGHT, MUTED

DASHES = {"dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT, "solid": MSO_LINE.SOLID}
TEXT = Pt(12)
QUARTERS_FROM_DAYS, YEARS_FROM_DAYS = 300, 800


def list_traces(figure: go.Figure) -> list:
    """Return the traces that a native chart can show: no shaded areas, which it has not."""
    return [trace for trace in figure.data if getattr(trace, "fill", None) != "toself"]


def find_kind(figure: go.Figure) -> str:
    """Return which native chart can stand for a figure: "bars", "lines", "points", or "" where there is none."""
    traces = list_traces(figure)
    if not traces or figure.layout.xaxis.visible is False:  # a map has no axes
        return ""
    if all(trace.type == "bar" for trace in traces):
        return "bars"
    if not all(trace.type == "scatter" for trace in traces):
        return ""
    firsts = [trace.x[0] for trace in traces if trace.x is not None and len(trace.x)]
    return "lines" if firsts and all(isinstance(first, dt.date | str) for first in firsts) else "points"


def make_data(figure: go.Figure, kind: str) -> tuple[XL_CHART_TYPE, CategoryChartData | XyChartData]:
    """Return the type and the data of a native chart. A missing value stays missing: no point, no zero."""
    traces = list_traces(figure)
    if kind == "points":
        data = XyChartData()
        for place, trace in enumerate(traces):
            series = data.add_series(_name(trace, place))
            for x, y in zip(trace.x, trace.y, strict=True):
                if x is not None and y is not None:
                    series.add_data_point(float(x), float(y))
        return XL_CHART_TYPE.XY_SCATTER, data
    places = sorted({_date(x) for trace in traces for x in trace.x})
    data = CategoryChartData(number_format="General")
    # Columns on an axis of dates would be as thin as a day: theirs are words.
    data.categories = [f"{day.day} {day:%b %Y}" for day in places] if kind == "bars" else places
    for place, trace in enumerate(traces):
        held = dict(zip(map(_date, trace.x), trace.y, strict=True))
        data.add_series(_name(trace, place), [_number(held.get(x)) for x in places])
    return (XL_CHART_TYPE.COLUMN_CLUSTERED if kind == "bars" else XL_CHART_TYPE.LINE), data


def make_bars(names: Sequence[str], series: dict[str, Sequence[float | None]]) -> CategoryChartData:
    """Return the data of a bar chart with these names and series, the first name at the top."""
    data = CategoryChartData(number_format="General")
    data.categories = list(reversed(names))
    for name, values in series.items():
        data.add_series(name, [_number(value) for value in reversed(values)])
    return data


def dress(chart: Chart, figure: go.Figure | None, kind: str) -> None:
    """Give a native chart the look of ours: our colours and axes, quiet grid; a legend where it tells apart."""
    chart.font.size = TEXT
    chart.has_title = False
    traces = list_traces(figure) if figure is not None else []
    colors = [_color(trace) for trace in traces] or [BLUE, GREY]
    names = [trace.name for trace in traces]
    # A name in the legend once; grey lines stand behind, and nobody looks for one of twenty.
    named = [bool(name) and colors[at] != GREY and name not in names[:at] for at, name in enumerate(names)]
    chart.has_legend = sum(named) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        _hide_names(chart, [place for place, is_named in enumerate(named) if not is_named])
    for place, one in enumerate(chart.plots[0].series):
        _dress_series(one, colors[place % len(colors)], traces[place] if traces else None, kind)
    for axis in (chart.value_axis, chart.category_axis):
        axis.format.line.color.rgb = _rgb(MUTED)
        axis.tick_labels.font.size = TEXT
    chart.value_axis.major_gridlines.format.line.color.rgb = _rgb(LIGHT)
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if kind == "bars":
        chart.plots[0].gap_width = 40
    if kind == "lines":
        chart.category_axis.tick_labels.number_format = "mmm yyyy"
        chart.category_axis.tick_labels.number_format_is_linked = False
        _space_dates(chart, traces)
    if figure is None:
        chart.value_axis.minimum_scale = 0
        return
    if figure.layout.yaxis.ticksuffix == "%":
        chart.value_axis.tick_labels.number_format = '0"%"'
        chart.value_axis.tick_labels.number_format_is_linked = False
    _set_range(chart.value_axis, figure.layout.yaxis, from_zero=kind == "bars")
    if kind == "points":
        _set_range(chart.category_axis, figure.layout.xaxis, from_zero=False)


def label_bars(chart: Chart, *, places: int, special: Sequence[int]) -> None:
    """Write each bar's value at its end, and give those at the `special` places, from the top, the colour of ink."""
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.font.size = TEXT
    plot.data_labels.number_format = f"#,##0.{'0' * places}" if places else "#,##0"
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    series = plot.series[0]
    last = len(list(series.values)) - 1
    for place in special:
        fill = series.points[last - place].format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(INK)


def _set_range(axis: object, drawn: object, *, from_zero: bool) -> None:
    """Let an axis begin and end where that of our figure does."""
    low, high = drawn.range or (None, None)
    if low is None and (from_zero or drawn.rangemode in ("tozero", "nonnegative")):
        low = 0
    for name, value in (("minimum_scale", low), ("maximum_scale", high)):
        if isinstance(value, int | float):
            setattr(axis, name, float(value))


def _space_dates(chart: Chart, traces: Sequence) -> None:
    """Label a date axis once a month, of longer series once a quarter or a year; the library has no call for it."""
    dates = [_date(x) for trace in traces for x in trace.x]
    days = (max(dates) - min(dates)).days if dates else 0
    axis = chart.category_axis._element
    every = "3" if QUARTERS_FROM_DAYS < days <= YEARS_FROM_DAYS else "1"
    for name, value in (("majorUnit", every), ("majorTimeUnit", "years" if days > YEARS_FROM_DAYS else "months")):
        for old in axis.findall(qn(f"c:{name}")):
            axis.remove(old)
        unit = axis.makeelement(qn(f"c:{name}"), {"val": value})
        axis.append(unit)


def _hide_names(chart: Chart, places: Sequence[int]) -> None:
    """Leave series out of the legend: lines without a name, and the grey ones behind, tell nobody anything there."""
    legend = chart.legend._element
    position = legend.find(qn("c:legendPos"))
    for place in reversed(places):
        entry = legend.makeelement(qn("c:legendEntry"), {})
        entry.append(entry.makeelement(qn("c:idx"), {"val": str(place)}))
        entry.append(entry.makeelement(qn("c:delete"), {"val": "1"}))
        position.addnext(entry)


def _date(value: object) -> dt.date:
    return dt.date.fromisoformat(str(value)[:10])


def _dress_series(series: object, color: str, trace: object, kind: str) -> None:
    if kind == "bars":
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(color)
        return
    if "lines" not in str(trace.mode or "lines"):
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(color)
        series.format.line.fill.background()
        return
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = _rgb(color)
    series.format.line.width = Pt(1 if color == GREY else 2.5)
    series.format.line.dash_style = DASHES.get(trace.line.dash or "solid", MSO_LINE.DASH)


def _color(trace: object) -> str:
    for part in (getattr(trace, "line", None), getattr(trace, "marker", None)):
        color = getattr(part, "color", None)
        if isinstance(color, str) and color.startswith("#"):
            return color
    return BLUE


def _name(trace: object, place: int) -> str:
    return str(trace.name or f"Series {place + 1}")


def _number(value: object) -> float | None:
    return None if value is None or value != value else float(value)


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color.lstrip("#").upper())
