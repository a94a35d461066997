"""Views: which frame each card shows. A card and its download ask for the same view by name, so they cannot differ."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard import queries
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.views import national
from dashboard.views.areas import local_areas, mapped_areas, ranked_areas, region_of, similar_areas, wider_areas
from dashboard.views.community import show_cases, show_local_cases, show_vaccination
from dashboard.views.home_care import show_home_care, show_home_care_returns
from dashboard.views.indicators import show_indicators
from dashboard.views.practice import show_practice
from dashboard.views.published import (
    show_deaths,
    show_headlines,
    show_local_deaths,
    show_map,
    show_outbreaks,
    show_ranking,
    show_region_outbreaks,
    show_turnover,
    show_vacancy,
)
from dashboard.views.quality import (
    show_answering,
    show_answering_now,
    show_fallen,
    show_findings_by_rule,
    show_lowest,
    show_reconciliation,
    show_sources,
)
from dashboard.views.ranges import show_ranges
from dashboard.views.recommendations import show_recommendation_figures, show_recommendations
from dashboard.views.returns import (
    find_breaks,
    has_returns,
    pick_trend,
    show_answers,
    show_changes,
    show_findings,
    show_local_trend,
    show_matrix,
    show_profile,
    show_trend,
)
from dashboard.views.signals import show_rules, show_signals
from dashboard.views.similar import show_similar, show_similar_questions
from dashboard.views.since import show_since
from dashboard.views.staff import show_jobs, show_staff
from dashboard.views.variation import show_contributions, show_funnel, show_funnel_lines, show_other_points
from dashboard.views.workforce import show_held, show_local, show_local_returns, show_projection

__all__ = [
    "LISTS", "VIEWS", "find_breaks", "has_returns", "local_areas", "mapped_areas", "pick_trend", "ranked_areas",
    "region_of", "show_answering", "show_answering_now", "show_answers", "show_cases", "show_changes",
    "show_contributions", "show_deaths", "show_fallen", "show_findings", "show_findings_by_rule", "show_funnel",
    "show_funnel_lines", "show_headlines", "show_held", "show_home_care", "show_home_care_returns", "show_indicators",
    "show_jobs", "show_local", "show_local_cases", "show_local_deaths", "show_local_returns", "show_local_trend",
    "show_lowest", "show_map", "show_matrix", "show_other_points", "show_outbreaks", "show_practice", "show_profile",
    "show_projection", "show_ranges", "show_ranking", "show_recommendation_figures", "show_recommendations",
    "show_reconciliation", "show_region_outbreaks", "show_rules", "show_signals", "show_similar",
    "show_similar_questions", "show_since", "show_sources", "show_staff", "show_trend", "show_turnover",
    "show_vacancy", "show_vaccination", "similar_areas", "wider_areas",
]  # fmt: skip

View = Callable[[Snapshot, Selection], pd.DataFrame]

VIEWS: dict[str, View] = {
    "headlines": show_headlines,
    "measures": lambda snapshot, selection: queries.select_support_plan(snapshot),
    "ranking": show_ranking,
    "map": show_map,
    "outbreaks-by-region": show_region_outbreaks,
    "outbreaks": show_outbreaks,
    "deaths": show_deaths,
    "deaths-by-authority": show_local_deaths,
    "cases": show_cases,
    "cases-by-authority": show_local_cases,
    "vaccination": show_vaccination,
    "turnover": show_turnover,
    "vacancy": show_vacancy,
    "workforce": lambda snapshot, selection: queries.select_workforce(snapshot),
    "matrix": show_matrix,
    "profile": show_profile,
    "trend": show_trend,
    "trend-by-authority": show_local_trend,
    "answers": show_answers,
    "later": national.show_later,
    "resident-deaths": national.show_resident_deaths,
    "funnel": show_funnel,
    "home-care": show_home_care,
    "home-care-returns": show_home_care_returns,
    "workforce-areas": show_local,
    "workforce-areas-returns": show_local_returns,
    "ranges": show_ranges,
    "similar": show_similar,
    "similar-questions": show_similar_questions,
    "staff": show_staff,
    "jobs": show_jobs,
    "answering": show_answering,
    "answering-now": show_answering_now,
    "answering-fell": show_fallen,
    "answering-lowest": show_lowest,
}
"""Every view of observations by the name it has in a download's address."""

LISTS: dict[str, View] = {
    "changes": show_changes,
    "findings": show_findings,
    "contributions": show_contributions,
    "projection": show_projection,
    "held": show_held,
    "indicators": show_indicators,
    "sources": show_sources,
    "reconciliation": show_reconciliation,
    "findings-by-rule": show_findings_by_rule,
    "recommendations": show_recommendations,
    "recommendation-figures": show_recommendation_figures,
    "good-practice": show_practice,
    "signals": show_signals,
    "since": show_since,
    "signal-rules": show_rules,
}
"""Views whose rows are no observations; each has columns of its own."""
