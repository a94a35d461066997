"""Words for verdicts: what stands clearly apart from England, what the marks mean, how many of them are chance.

They are said of the 13 questions only. Of each a higher share is better, so "worse" lies below.
"""

from __future__ import annotations

import pandas as pd

from dashboard.format import format_value, in_sentence, join_names, sentence
from dashboard.measures import QUESTIONS
from dashboard.rows import list_rows
from dashboard.text.returns import name_place

SIDES = {"clearly worse": "below", "clearly better": "above"}
CHANCE = 0.05
"""How often the lighter mark comes by chance alone."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORDS_OF_A_TITLE = 10
ENQUIRE = "A mark is a reason to enquire what lies behind a figure, not a judgement of anyone."
NAMED = 6
"""Findings that a summary names; what is beyond them stands in the table."""


def title_verdicts(matrix: pd.DataFrame) -> str:
    """Return which areas stand clearly apart from England, in ten words or fewer; of the wider area if none does."""
    questions = _pick_questions(matrix)
    if questions["value"].isna().all():
        return "No figure can be shown here"
    kind = "region" if questions["area_kind"].iloc[0] == "region" else "council"
    clear = _pick_clear(questions)
    own = clear[clear["role"] == "area"]
    found = own if len(own) else clear
    leaders = title_leaders(questions) if kind == "region" else ""
    if leaders:
        return leaders
    if found.empty:
        return f"No {kind} stands clearly apart from England"
    side = _name_side(found)
    areas = found.drop_duplicates("area_code")
    names = [name_place(row) for row in list_rows(areas)]
    if len(names) > 1:
        said = f"{join_names(names)} stand clearly {side} England"
        counted = f"{say_number(len(names))} {kind}s stand clearly {side} England"
        return sentence(said if len(names) == 2 and _fits(said) else counted)
    measures = f"on {say_number(len(found))} measure" + ("s" if len(found) > 1 else "")
    said = f"{names[0]} stands clearly {side} England {measures}"
    who = f"one {kind}" if len(own) else "the region"
    return sentence(said if _fits(said) else f"{who} stands clearly {side} England {measures}")


def title_leaders(matrix: pd.DataFrame) -> str:
    """Return which region leads and which lags, by clear marks only; "" where no region leads or none lags.

    A region leads that stands clearly above England on at least one measure and clearly below on none; one lags the
    other way round.
    """
    regions = matrix[matrix["role"] == "area"]
    counts = pd.crosstab(regions["area_code"], regions["versus_england"])
    above, below = (counts.get(f"clearly {word}", 0 * counts.sum(axis=1)) for word in ("better", "worse"))
    leads, lags = above[(above > 0) & (below == 0)], below[(below > 0) & (above == 0)]
    if leads.empty or lags.empty:
        return ""
    names = {row["area_code"]: name_place(row) for row in list_rows(regions.drop_duplicates("area_code"))}
    parts = [_name_most(found, names) for found in (leads, lags)]
    return sentence(f"{parts[0][0]} lead{parts[0][1]}; {parts[1][0]} lag{parts[1][1]}")


def _name_most(found: pd.Series, names: dict[str, str]) -> tuple[str, str]:
    """Return the one region with most marks, or how many share that, and the ending of its verb."""
    most = found[found == found.max()]
    return (names[most.index[0]], "s") if len(most) == 1 else (f"{len(most)} regions", "")


def summarise_verdicts(matrix: pd.DataFrame) -> str:
    """Return each figure clearly apart from England with who answered and England's, below first, and what to do."""
    clear = _pick_clear(_pick_questions(matrix))
    if clear.empty:
        return ""
    england = _find_england(matrix)
    ordered = clear.sort_values(["versus_england", "p_england"], ascending=[False, True], kind="stable")
    said = [
        f"{sentence(name_place(row))}, {in_sentence(row['short_name'])}: {format_value(row)} of the "
        f"{row['denominator']:,.0f} homes that answered, beside {england[row['indicator_id']]} in England "
        f"({row['versus_england']})."
        for row in list_rows(ordered.head(NAMED))
    ]
    left = len(ordered) - len(said)
    more = [f"The table marks {left} more."] if left > 0 else []
    return " ".join([*said, *more, ENQUIRE])


def title_own_verdicts(profile: pd.DataFrame) -> str:
    """Return what stands clearly apart from England in one area, "" where nothing could be compared."""
    own = _pick_questions(profile[profile["role"] == "area"])
    if not (own["versus_england"] != "").any():
        return ""
    clear = _pick_clear(own)
    if clear.empty:
        return "No measure stands clearly apart from England"
    side = _name_side(clear)
    if len(clear) > 1:
        said = f"Clearly {side} England on {join_names([in_sentence(name) for name in clear['short_name']])}"
        if len(set(clear["versus_england"])) == 1 and _fits(said):
            return said
        return f"Clearly {side} England on {say_number(len(clear))} of {len(own)} measures"
    row = clear.iloc[0]
    england = _find_england(profile)[row["indicator_id"]]
    return f"{row['short_name']} clearly {side} England: {format_value(row)} beside {england}"


def count_comparisons(frame: pd.DataFrame) -> int:
    """Return how many figures of the 13 questions are compared with England."""
    return int((_pick_questions(frame)["versus_england"] != "").sum())


def describe_chance(frame: pd.DataFrame) -> str:
    """Return how many of the frame's lighter marks chance alone gives, and where limits are widened."""
    compared = count_comparisons(frame)
    expected = max(round(CHANCE * compared), 1)
    widened = _pick_questions(frame).groupby("indicator_id")["is_widened"].any()
    counted = f"all {len(widened)}" if widened.all() else f"{widened.sum()} of the {len(widened)}"
    wide = f" Limits are widened for {counted} measures, where areas differ by more than chance."
    return (
        f"Chance alone gives the lighter mark to about {say_number(expected)} of the {compared:,} comparisons here, "
        f"a clear mark to 1 in 500.{wide if widened.any() else ''}"
    )


def list_reasons(frame: pd.DataFrame) -> list[str]:
    """Return why figures of the view's own areas are not compared with England, each reason once."""
    own = _pick_questions(frame[frame["role"] == "area"])
    return [reason for reason in dict.fromkeys(own["verdict_reason"]) if reason]


def say_number(count: int) -> str:
    """Return a count below ten as a word."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def _pick_questions(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["indicator_id"].isin(QUESTIONS.values())]


def _pick_clear(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["versus_england"].isin(list(SIDES))]


def _name_side(clear: pd.DataFrame) -> str:
    """Return on which side of England all of the rows lie."""
    sides = set(clear["versus_england"].map(SIDES))
    return sides.pop() if len(sides) == 1 else "apart from"


def _find_england(frame: pd.DataFrame) -> dict[str, str]:
    wide = frame[frame["area_kind"] == "country"]
    return {row["indicator_id"]: format_value(row) for row in list_rows(wide)}


def _fits(title: str) -> bool:
    return len(title.split()) <= WORDS_OF_A_TITLE
