"""Workforce: what is held of staff and jobs, each figure with its own date, and the winter projection for England."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard import views
from dashboard.briefing.part import Chart, Listing, Part
from dashboard.briefing.rows import Cell, make_table
from dashboard.briefing.standing import Standing, has_own
from dashboard.components.staff import JOBS, RETURNS, Groups, staff_table
from dashboard.components.workforce import projection_table
from dashboard.figures.line_drawing import draw_lines
from dashboard.figures.trend import draw_trend
from dashboard.format import Row, describe_period, describe_polarity, format_value
from dashboard.text import summarise_trend, title_turnover, title_vacancy
from dashboard.text.staff import title_staff
from dashboard.text.workforce import list_projection_notes, summarise_projection, title_projection

HEADING = "Workforce"
PUBLISHED = "Turnover and vacancies, as published"


def make_workforce(standing: Standing) -> Part:
    """Return what has been published of the area's workforce; what is not held is said."""
    turnover = _draw_turnover(standing)
    listings, titles = [], []
    if standing.kind == "country":
        figures = views.VIEWS["workforce"](standing.snapshot, standing.selection)
        listings.append(Listing(_list_report(figures), label="As the taskforce reported", frame=figures))
        titles.append(title_vacancy(views.show_vacancy(standing.snapshot, standing.selection)))
    elif standing.kind == "authority" and has_own(standing.jobs):
        table = _list_staff(standing, standing.jobs, JOBS, caption=PUBLISHED)
        listings.append(Listing(table, label=PUBLISHED, frame=standing.jobs))
        titles.append(title_staff(standing.jobs))
    titles += [turnover.title] if turnover else []
    return Part(
        name="workforce",
        heading=HEADING,
        title=(titles[0] if listings else "") if titles else f"No workforce figure is published for {standing.name}",
        subtitle="Each figure has its own date and its own base." if titles else "",
        listings=tuple(listings),
        charts=(turnover,) if turnover else (),
        notes=("No vacancy rate is published by region.",) if standing.kind == "region" else (),
    )


def make_staff(standing: Standing) -> Part | None:
    """Return staff in care homes and home care as counted from returns; None where no return counts them."""
    if not has_own(standing.staff):
        return None
    return Part(
        name="staff",
        heading="Staff in care homes, and home care",
        title=title_staff(standing.staff),
        subtitle="As reported in returns: the newest figure of each.",
        listings=(Listing(_list_staff(standing, standing.staff, RETURNS, caption="Staff"), frame=standing.staff),),
        is_illustrative=bool(standing.staff["is_illustrative"].any()),
    )


def _list_staff(standing: Standing, frame: pd.DataFrame, groups: Groups, *, caption: str) -> html.Table:
    return staff_table(frame, groups, snapshot=standing.snapshot, areas=standing.areas, caption=caption)


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
