"""The first sheet: the line to take, what not to say, and the weekly course of deaths and outbreaks."""

from __future__ import annotations

import pandas as pd

from dashboard import queries, views
from dashboard.briefing.movers import title_movers
from dashboard.briefing.part import Chart, Part
from dashboard.briefing.standing import Standing, has_own
from dashboard.components.headline import headline_row
from dashboard.components.leads import write_lead
from dashboard.figures.bars import draw_weekly_bars
from dashboard.figures.line_drawing import draw_lines
from dashboard.figures.trend import draw_trend
from dashboard.format import format_date
from dashboard.rows import list_rows
from dashboard.text import summarise_trend, title_peak, title_plan, title_vacancy
from dashboard.text.ranges import pick_newest, summarise_ranges, title_ranges
from dashboard.text.returns import title_profile
from dashboard.text.staff import title_staff
from dashboard.text.verdicts import ENQUIRE, title_own_verdicts, title_verdicts
from dashboard.views.returns import find_breaks

CAUSES = {"deaths_covid_week_count": "COVID-19", "deaths_all_week_count": "All causes"}
MOST_NAMED = 3
"""Measures out of their usual range that the first sheet names; of more it says how many."""
COVID = "COVID-19 deaths in care homes"


def make_line(standing: Standing, *, signals: str) -> Part:
    """Return what can be said from the data, a point each; `signals` is what there is to say of these."""
    snapshot = standing.snapshot
    headlines = views.show_headlines(snapshot, standing.selection)
    said = [
        ("What moved", _say_change(standing)),
        ("Signals", signals),
        ("Against its own past", _say_past(standing)),
        ("Deaths", _say_trend(pick_covid(standing.deaths), what=COVID)),
        ("Outbreaks", _say_trend(standing.outbreaks, what="new outbreaks")),
        ("Workforce", _say_workforce(standing)),
    ]
    return Part(
        name="line",
        heading="The line to take",
        title=_say_protection(standing) or title_peak(pick_covid(standing.deaths), what=COVID),
        subtitle=write_lead(standing.snapshot, standing.selection),
        opening=(headline_row(headlines),),
        lines=tuple((point, _close(words)) for point, words in said if words),
        is_illustrative=standing.has_returns and bool(standing.profile["is_illustrative"].any()),
        frames=(headlines, *([standing.plan] if standing.kind == "country" else [])),
    )


def make_cautions(standing: Standing) -> Part:
    """Return what the data does not bear, to be read before anybody speaks."""
    made_up = standing.has_returns and bool(standing.profile["is_illustrative"].any())
    lines: list[tuple[str, str]] = []
    if made_up:
        lines.append(
            (
                "Do not quote what is marked illustrative.",
                "Those figures are made up, so that England matches the published totals. All others are as published.",
            )
        )
    if not standing.has_returns:
        lines.append(
            ("Do not speak of local answers.", "The 13 measures were published for England only, on two dates.")
        )
    lines.append(("Do not call a mark a failing.", ENQUIRE))
    lines.append(
        (
            "Do not read a rise as an improvement by itself.",
            "Part of it may be a change in who answered: see the movers.",
        )
    )
    lines += [
        ("Do not compare across the break.", f"{row['date_text']}: {row['what']}")
        for row in list_rows(list_breaks(standing).tail(1))
    ]
    return Part(name="cautions", heading="What not to say", title="", lines=tuple(lines))


def list_breaks(standing: Standing) -> pd.DataFrame:
    """Return the breaks of the 13 questions' series in the area, none without series."""
    series = standing.ranges
    if series.empty:
        return standing.snapshot.breaks.iloc[:0]
    first, last = series["date"].min(), series["date"].max()
    return find_breaks(standing.snapshot, series["indicator_id"].iloc[0], first=first, last=last)


def make_trends(standing: Standing) -> Part | None:
    """Return deaths and outbreaks week by week; None where neither is held."""
    charts = [_draw_deaths(standing), _draw_outbreaks(standing)]
    drawn = tuple(chart for chart in charts if chart is not None)
    if not drawn:
        return None
    return Part(name="trends", heading="Deaths and outbreaks, week by week", title="", charts=drawn)


def pick_covid(deaths: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of deaths with COVID-19, where others stand among them."""
    return deaths[deaths["indicator_id"] != "deaths_all_week_count"]


def _draw_deaths(standing: Standing) -> Chart | None:
    trend = standing.deaths
    if not has_own(trend):
        return None
    is_national = standing.kind == "country"
    named = trend.assign(series=trend["indicator_id"].map(CAUSES) if is_national else trend["area_name"])
    what = "number" if is_national else "per 1,000 people aged 65 and over"
    return _make_chart(
        named,
        title=title_peak(pick_covid(trend), what=COVID),
        subtitle=f"Deaths in care homes notified to CQC each week, {what}. Lower is better.",
        figure=draw_trend(named, series="series"),
    )


def _draw_outbreaks(standing: Standing) -> Chart | None:
    trend = standing.outbreaks
    if not has_own(trend):
        return None
    named = trend.assign(series=trend["area_name"])
    is_count = standing.kind == "authority"
    what = "number of homes with a first outbreak" if is_count else "% of care homes"
    return _make_chart(
        named,
        title=title_peak(trend, what="new outbreaks"),
        subtitle=f"New care-home outbreaks each week, {what}. Lower is better.",
        figure=draw_weekly_bars(trend) if is_count else draw_trend(named, series="series"),
    )


def _make_chart(named: pd.DataFrame, *, title: str, subtitle: str, figure: object) -> Chart:
    summary = summarise_trend(named)
    drawing = draw_lines(named, series="series", alt=f"{title}. {subtitle} {summary}")
    return Chart(title=title, subtitle=subtitle, summary=summary, frame=named, drawing=drawing, figure=figure)


def _say_protection(standing: Standing) -> str:
    if not standing.has_returns:
        return title_plan(standing.plan) if standing.kind == "country" else ""
    if standing.kind == "authority":
        return title_own_verdicts(standing.profile) or title_profile(standing.profile)
    return title_verdicts(standing.matrix)


def _say_change(standing: Standing) -> str:
    if not standing.has_returns:
        return ""
    valued = standing.changes[standing.changes["change_points"].notna()]
    if valued.empty:
        return ""
    return f"{title_movers(valued)}, in points since {format_date(valued['date_from'].iloc[0])}"


def _say_past(standing: Standing) -> str:
    if not standing.has_returns:
        return ""
    newest = pick_newest(standing.ranges)
    if int((newest["signal"] != "").sum()) > MOST_NAMED:
        return title_ranges(standing.ranges)
    return summarise_ranges(standing.ranges) or title_ranges(standing.ranges)


def _say_trend(trend: pd.DataFrame, *, what: str) -> str:
    if not has_own(trend):
        return ""
    return f"{title_peak(trend, what=what)}. {summarise_trend(trend)}"


def _say_workforce(standing: Standing) -> str:
    if standing.kind == "country":
        return title_vacancy(queries.select(standing.snapshot, indicators=["vacancy_percent"], areas=[standing.code]))
    return next((title_staff(frame) for frame in (standing.staff, standing.jobs) if has_own(frame)), "")


def _close(words: str) -> str:
    """Return the words as a sentence with its full stop."""
    return words if words.endswith(".") else f"{words}."
