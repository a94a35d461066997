"""Words for a region's page: its size, its reported protection, who stands clearly below England, its deaths."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.format import in_sentence, join_names
from dashboard.measures import QUESTIONS
from dashboard.text import compare_with_england
from dashboard.text.verdicts import say_number

NAMED = 3
"""Councils that the lead names."""


def lead_region(
    name: str, *, authorities: int, ranking: pd.DataFrame, homes: pd.DataFrame, protection: str = ""
) -> str:
    """Return how many authorities and homes a region has, its protection, and how its deaths compare with England's.

    `protection` is the sentence of `describe_protection`, empty without returns.
    """
    count = homes[homes["role"] == "area"]["value"]
    held = f" and {count.iloc[-1]:,.0f} care homes" if len(count) else ""
    said = [f"{name} has {authorities} councils{held}.", protection, compare_with_england(ranking)]
    return " ".join(filter(None, said))


def describe_protection(matrix: pd.DataFrame, *, ordered: Sequence[str]) -> str:
    """Return on how many of the 13 questions the region is close to England, and which councils stand clearly below.

    `ordered` are the councils by their marks below England, most first (`order_areas`). "" where nothing is compared.
    """
    questions = matrix[matrix["indicator_id"].isin(QUESTIONS.values())]
    region = questions[(questions["role"] == "comparator") & (questions["versus_england"] != "")]
    if region.empty:
        return ""
    close = int((region["versus_england"] == "similar").sum())
    count = f"all {len(region)}" if close == len(region) else f"{close} of {len(region)}"
    begin = "In illustrative returns, reported" if matrix["is_illustrative"].any() else "Reported"
    return f"{begin} protection is close to England's on {count} measures; {_say_below(questions, ordered)}."


def _say_below(questions: pd.DataFrame, ordered: Sequence[str]) -> str:
    clear = questions[(questions["role"] == "area") & (questions["versus_england"] == "clearly worse")]
    codes = [code for code in ordered if code in set(clear["area_code"])]
    if not codes:
        return "no council stands clearly below England"
    named = []
    for code in codes[:NAMED]:
        own = clear[clear["area_code"] == code]
        named.append(f"{own['area_name'].iloc[0]} ({join_names([in_sentence(name) for name in own['short_name']])})")
    left = len(codes) - len(named)
    named += [f"{say_number(left)} more"] * bool(left)
    return f"{join_names(named)} {'stands' if len(codes) == 1 else 'stand'} clearly below England"
