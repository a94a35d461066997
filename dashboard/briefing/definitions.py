"""Definitions: what each of the 13 measures counts, and the words and marks that the pack uses."""

from __future__ import annotations

import re

from dashboard.briefing.part import Listing, Part
from dashboard.briefing.rows import make_table
from dashboard.briefing.standing import Standing
from dashboard.measures import list_questions
from dashboard.rows import list_rows

OPENING = re.compile(r"^.*? (?:that|which) reported in the Capacity Tracker that they ")
"""What the definitions of the 13 share, which the heading of their column says once."""
WORDS = (
    (
        "Clearly below, clearly above",
        "A difference from England that chance alone gives once in 500 comparisons. Below or above: once in 20.",
    ),
    (
        "Usual range",
        "The control limits of an area's own weeks since the last break. Fewer than 13 weeks: provisional.",
    ),
    ("Points", "Percentage points. A change divides into homes that answered both times, and who answered."),
    ("Hidden", "Not shown, to protect homes: few answered, or another hidden figure would follow from it."),
    ("Not held", "No source in this snapshot has the figure. It is neither zero nor hidden."),
    (
        "Illustrative",
        "Made up to show how the dashboard works. No council's answers to the 13 questions were published.",
    ),
    ("Median", "Of councils with a figure: half lie above it, half below."),
)


def make_definitions(standing: Standing) -> Part:
    """Return what the measures and words of the pack mean."""
    snapshot = standing.snapshot
    ids = list_questions(snapshot) or list(dict.fromkeys(standing.plan["indicator_id"]))
    measures = snapshot.indicators.loc[ids]
    rows = [
        [row["short_name"], _shorten(str(row["definition"])), row["recommendations"].replace(" ", ", ")]
        for row in list_rows(measures)
    ]
    groups = measures["denominator"].iloc[0]
    return Part(
        name="definitions",
        heading="Definitions",
        title="What each measure counts",
        subtitle="Share of care homes that reported in the Capacity Tracker that they do what stands here. Counted "
        f"among: {groups[:1].lower()}{groups[1:]}.",
        listings=(
            Listing(
                make_table(
                    ("Measure", "The home reported that they …", "Recommendations"),
                    [("", rows)],
                    caption="The 13 measures",
                    name="definitions",
                )
            ),
            Listing(
                make_table(
                    ("Word", "Meaning"), [("", list(map(list, WORDS)))], caption="Words and marks", name="words"
                ),
                label="Words and marks",
            ),
        ),
    )


def _shorten(definition: str) -> str:
    """Return a definition without what all of them begin with."""
    short = OPENING.sub("", definition)
    return short[:1].upper() + short[1:] if short != definition else definition
