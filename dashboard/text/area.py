"""Words for an authority's page: the sentence that says where it stands."""

from __future__ import annotations

import pandas as pd

from dashboard.format import format_value, in_sentence, join_names, with_the
from dashboard.text import compare_with_england
from dashboard.text.ranges import pick_newest
from dashboard.text.verdicts import say_number

NAMED = 2
"""Measures that the sentence names; more of them are counted."""


def lead_authority(
    *, region: str, homes: pd.DataFrame, rate: pd.DataFrame, profile: pd.DataFrame, series: pd.DataFrame
) -> str:
    """Return where an authority lies, its homes, what stands clearly below England or left its range, and its deaths.

    `profile` and `series` are those of the 13 questions, empty where there are no returns.
    """
    own = homes[(homes["role"] == "area") & homes["value"].notna()]
    count = f"{format_value(own.iloc[-1])} care home{'' if own['value'].iloc[-1] == 1 else 's'}" if len(own) else ""
    found = _say_found(profile, series)
    parts = [f"In {with_the(region)}.", f"{'; '.join(filter(None, [count, found]))}." if count or found else ""]
    return " ".join([*filter(None, parts), compare_with_england(rate)])


def _say_found(profile: pd.DataFrame, series: pd.DataFrame) -> str:
    """Return what the 13 questions show: below England first, then what is worse than usual."""
    if profile.empty:
        return ""
    own = profile[profile["role"] == "area"]
    newest = pick_newest(series)
    # Outside it, not near its end: the first sentence of a page says only what is plain.
    is_left = (newest["signal"] == "worse") & (newest["special_cause"] == "outside")
    left = list(newest.loc[is_left, "short_name"])
    below = list(own.loc[own["versus_england"] == "clearly worse", "short_name"])
    kind = f"of the {len(own)} measures{' (illustrative)' if own['is_illustrative'].any() else ''}"
    if own["value"].isna().all():
        return f"{kind} none can be shown"
    if below:
        both = set(below) <= set(left)
        usual = f" and outside {_its(below)} usual range" if both else ""
        return f"{kind} {_name(below)} {_be(below)} clearly below England{usual}"
    apart = "none is clearly below England" if (own["versus_england"] != "").any() else ""
    usual = f"{_name(left)} {_be(left)} outside {_its(left)} usual range, for the worse" if left else ""
    said = ", but ".join(filter(None, [apart, usual]))
    return f"{kind} {said}" if said else ""


def _name(names: list[str]) -> str:
    """Return "one, clinical lead,", "two, PPE training and mutual aid,", or a count."""
    count = say_number(len(names))
    return count if len(names) > NAMED else f"{count}, {join_names([in_sentence(name) for name in names])},"


def _its(names: list[str]) -> str:
    return "its" if len(names) == 1 else "their"


def _be(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
