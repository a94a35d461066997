"""Words for a page's contents: a few for each card."""

from __future__ import annotations

LABELS = {
    "measures": "13 measures, published",
    "map": "Map",
    "ranking": "Ranking",
    "matrix": "13 measures by area",
    "answers": "13 measures, week by week",
    "profile": "13 measures here",
    "ranges": "Usual ranges",
    "trend": "Trend",
    "funnel": "Variation",
    "contributions": "What makes up the gap",
    "similar": "Similar areas",
    "similar-questions": "13 measures in similar areas",
    "changes": "What moved",
    "findings": "Data to put right",
    "outbreaks": "Outbreaks",
    "outbreaks-by-region": "Outbreaks by region",
    "deaths": "Deaths",
    "resident-deaths": "Deaths of residents",
    "cases": "Cases",
    "vaccination": "Vaccination",
    "home-care": "Home care",
    "home-care-returns": "Home care returns",
    "staff": "Staff",
    "jobs": "Vacancies",
    "vacancy": "Vacancies",
    "projection": "Winter vacancies",
    "held": "What is held",
    "workforce-areas": "By area",
    "turnover": "Turnover",
    "later": "Later figures",
    "changed": "What changed",
}
"""What a card is about, by its view."""
