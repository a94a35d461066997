"""Views of an authority beside those most like it."""

from __future__ import annotations

import pandas as pd

from dashboard import queries
from dashboard.measures import ANSWERING, list_questions
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.views.areas import similar_areas, wider_areas

LIKENESS = ["likeness", "differs_in"]
PARTS = {
    "part_population": "population",
    "part_aged_65": "the share aged 65 and over",
    "part_aged_80": "the share aged 80 and over",
    "part_density": "people per square kilometre",
    "part_care_homes": "care homes per older person",
    "part_kind": "kind of council",
}
"""What likeness is made of, in words."""


def show_similar(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest figures of the chosen measure in an area and the ten most like it, then region and England.

    The highest first; `likeness` is 0 for the area itself and 1 for the nearest, null for the wider areas, and
    `differs_in` says in what an area differs most from this one.
    """
    code = selection.area_code
    alike = similar_areas(snapshot, code, most=10)
    codes = [code, *alike] if alike else []
    compared = wider_areas(snapshot, code)
    frame = queries.select_ranking(snapshot, selection.indicator_id, areas=codes, compared=compared)
    # Where none of them has a figure there is nothing to set beside one another.
    frame = frame if frame["area_code"].isin(codes).any() else frame.iloc[:0]
    frame = queries.add_areas_without_figures(snapshot, frame, areas=codes)
    held = snapshot.similar_areas
    parts = held[held["area_code"] == code].set_index("similar_code")[list(PARTS)]
    return frame.assign(
        likeness=frame["area_code"].map({area: place for place, area in enumerate(codes)}),
        differs_in=frame["area_code"].map(parts.idxmax(axis=1).map(PARTS)).fillna("").astype(object),
    )


def show_similar_questions(snapshot: Snapshot, selection: Selection) -> pd.DataFrame:
    """Return the newest figures of the 13 questions in an area and the five most like it."""
    code = selection.area_code
    alike = similar_areas(snapshot, code)
    frame = queries.select(snapshot, indicators=list_questions(snapshot), areas=[code, *alike] if alike else [])
    frame = frame[frame["date"] == queries.newest_date(snapshot, ANSWERING)]
    place = {area: number for number, area in enumerate([code, *alike])}
    return frame.iloc[frame["area_code"].map(place).argsort(kind="stable")].reset_index(drop=True)
