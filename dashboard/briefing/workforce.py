"""Workforce: what is held of staff and jobs, each figure with its own date, and the winter projection for England."""

from __future__ import annotations

from dash import html

from dashboard import views
from dashboard.briefing.part import Chart, Listing, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.briefing.standing import Standing, has_own
from dashboard.components.staff import JOBS, RETURNS, staff_table
from dashboard.components.workforce import projection_table
from dashboard.figures.line_drawing import draw_lines
from dashboard.figures.trend import draw_trend
from dashboard.format import Row, describe_period, describe_polarity, format_value
from dashboard.text import summarise_trend, title_turnover, title_vacancy
from dashboard.text.staff import title_staff
from dashboard.text.workforce import list_projection_notes, summarise_projection, title_projection

HEADING = "Workforce"


def make_workforce(standing: Standing) -> Part:
    """Return the area's workforce; what is not held is said."""
    listings, titles, notes = [], [], []
    if standing.kind == "country":
        figures = views.VIEWS["workforce"](standing.snapshot, standing.selection)
        vacancy = views.show_vacancy(standing.snapshot, standing.selection)
        listings.append(Listing(_list_report(figures), label="As the taskforce reported", frame=figures))
        titles.append(title_vacancy(vacancy))
    for frame, groups, label in (
        (standing.jobs, JOBS, "Turnover and vacancies, as published"),
        (standing.staff, RETURNS, "Staff and home care, as reported in returns"),
    ):
        if standing.kind == "country" and groups is JOBS:
            continue
        if not has_own(frame):
            notes.append(f"{label.partition(',')[0]}: not held for {standing.name}.")
            continue
        table = staff_table(frame, groups, snapshot=standing.snapshot, areas=standing.areas, caption=label)
        listings.append(Listing(table, label=label, frame=frame))
        titles.append(title_staff(frame))
    made_up = any(listing.frame is not None and listing.frame["is_illustrative"].any() for listing in listings)
    return Part(
        name="workforce",
        heading=HEADING,
        title=titles[0] if titles else f"No workforce figure is held for {standing.name}",
        subtitle="Each figure has its own date and its own base." if listings else "",
        listings=tuple(listings),
        charts=tuple(filter(None, [_draw_turnover(standing)])),
        notes=tuple(notes),
        is_illustrative=made_up,
    )


def make_winter(standing: Standing) -> Part | None:
    """Return the winter projection of vacancies; None below England, for which alone it is made."""
    frame = views.show_projection(standing.snapshot, standing.selection)
    if standing.kind != "country" or frame.empty:
        return None
    vacancy = views.show_vacancy(standing.snapshot, standing.selection)
    return Part(
        name="winter",
        heading="Winter",
        title=title_projection(frame),
        subtitle="Vacancy rate in adult social care, England, % of jobs. Lower is better.",
        listings=(Listing(projection_table(frame, caption=title_projection(frame))),),
        lines=(summarise_projection(frame),),
        notes=list_projection_notes(frame),
        frames=(vacancy,),
    )


def _list_report(figures: object) -> html.Table:
    rows = [_list_figure(own) for _, own in figures.groupby("indicator_id", sort=False)]
    heads = ("Measure", "Figure", "When", "Before", "When", "Which way is better")
    return make_table(heads, [("", rows)], caption="The taskforce's workforce figures", numbers=(1, 3), name="report")


def _list_figure(own: object) -> list[Cell]:
    last = own.iloc[-1]
    before: Row | None = own.iloc[-2] if len(own) > 1 else None
    earlier = ["", ""] if before is None else [format_value(before), describe_period(before)]
    return [
        last["indicator_name"],
        html.Strong(format_value(last)),
        describe_period(last),
        *earlier,
        describe_polarity(last["polarity"]),
    ]


def _draw_turnover(standing: Standing) -> Chart | None:
    trend = views.show_turnover(standing.snapshot, standing.selection)
    if not has_own(trend):
        return None
    is_median = trend["indicator_id"] == "turnover_median_percent"
    named = trend.assign(series=trend["area_name"].where(~is_median, trend["area_name"] + " (median)"))
    title, summary = title_turnover(trend), summarise_trend(trend)
    subtitle = "Staff who left in the year to March, %. Medians are of the councils with a figure. Lower is better."
    drawing = draw_lines(named, series="series", alt=f"{title}. {subtitle} {summary}")
    figure = draw_trend(named, series="series", height=260)
    return Chart(title=title, subtitle=subtitle, summary=summary, frame=named, drawing=drawing, figure=figure)
