"""Words for a series and its usual range: what left it, since when, by which rule, and what the range means."""

from __future__ import annotations

import pandas as pd

from dashboard.format import Row, format_date, format_number, format_value, in_sentence, sentence
from dashboard.rows import list_rows
from dashboard.text.returns import title_returns_trend
from dashboard.text.verdicts import say_number

FIRM_WEEKS = 13
RULES = {
    "outside": "a week outside the range",
    "shift": "seven weeks in a row on one side of the mean",
    "trend": "seven weeks in a row each further one way",
    "near limit": "two of three weeks near the same end of the range",
}
FOUND = {
    ("outside", "above"): "above its usual range", ("outside", "below"): "below its usual range",
    ("shift", "above"): "above its usual mean", ("shift", "below"): "below its usual mean",
    ("trend", "rising"): "rising", ("trend", "falling"): "falling",
    ("near limit", "above"): "near the top of its range", ("near limit", "below"): "near the foot of its range",
}  # fmt: skip
MEANING = "A figure inside the range differs no more than this series does from week to week by itself."


def title_control(trend: pd.DataFrame) -> str:
    """Return the area's newest figure and where it stands to its usual range; beside England's where there is none."""
    last = find_last(trend)
    if last is None or pd.isna(last["value"]) or pd.isna(last["centre"]):
        return title_returns_trend(trend)
    return f"{last['short_name']} {format_value(last)}, {say_standing(last)}"


def say_standing(last: Row) -> str:
    """Return where one point stands to its usual range, with the day since which."""
    if not last["signal"]:
        return "its usual level" if last["special_cause"] else "within its usual range"
    since = last["since"]
    return f"{FOUND[last['special_cause'], last['direction']]} since {since.day} {since:%B}"


def summarise_control(trend: pd.DataFrame) -> str:
    """Return the range, the weeks it comes from and what it means, then the rule met and what is too slight to mark."""
    last = find_last(trend)
    if last is None:
        return ""
    if pd.isna(last["centre"]):
        return f"No usual range can be given. {last['reason']}".strip()
    low, high, mean = (_show(last, name) for name in ("lower_limit", "upper_limit", "centre"))
    soft = f": provisional, for there are fewer than {FIRM_WEEKS}" if last["is_provisional"] else ""
    said = [f"Usual range {low} to {high}, mean {mean}, from {last['points']:.0f} weeks{soft}. {MEANING}"]
    if last["signal"]:
        turn = {"better": ", for the better", "worse": ", for the worse"}.get(last["signal"], "")
        said.append(f"Since {format_date(last['since'])}{turn}: {RULES[last['special_cause']]}.")
    own = trend[trend["role"] == "area"]
    slight = int(((own["special_cause"] != "") & (own["signal"] == "")).sum())
    if slight:
        weeks = "One week differs" if slight == 1 else f"{sentence(say_number(slight))} weeks differ"
        said.append(f"{weeks} from its mean by less than one answer, too little for a mark.")
    return " ".join(said)


def title_ranges(series: pd.DataFrame) -> str:
    """Return how many of the 13 measures have left their usual range, and which way."""
    newest = pick_newest(series)
    if newest["centre"].isna().all():
        return "Too few weeks for usual ranges" if newest["value"].notna().any() else "No figure can be shown here"
    worse, better = (
        newest.loc[newest["signal"] == word, "short_name"].map(in_sentence) for word in ("worse", "better")
    )
    if worse.empty and better.empty:
        return "Every measure is at its usual level"
    first, second = ((worse, "worse"), (better, "better")) if len(worse) else ((better, "better"), (worse, "worse"))
    said = f"{_count(first[0], is_first=True)} {first[1]} than usual"
    return sentence(f"{said}, {_count(second[0], is_first=len(first[0]) == 1)} {second[1]}" if len(second[0]) else said)


def summarise_ranges(series: pd.DataFrame) -> str:
    """Return each measure that has left its usual range: its figure, where it stands and since when."""
    newest = pick_newest(series)
    told = newest[newest["signal"] != ""].sort_values("signal", ascending=False, kind="stable")
    said = [f"{row['short_name']} {format_value(row)}, {say_standing(row)}" for row in list_rows(told)]
    left = int((newest["centre"].notna()).sum()) - len(said)
    rest = f" The other {say_number(left)} are within their usual range." if said and left > 1 else ""
    return f"{'; '.join(said)}.{rest}" if said else ""


def _count(names: pd.Series, *, is_first: bool) -> str:
    """Return the one name, or how many there are: "three measures", and "three" where that has been said."""
    if len(names) == 1:
        return str(names.iloc[0])
    return f"{say_number(len(names))} measures" if is_first else say_number(len(names))


def find_last(trend: pd.DataFrame) -> Row | None:
    """Return the newest row of the area that the view is about, None where there is none."""
    own = trend[trend["role"] == "area"]
    return None if own.empty else own.iloc[-1]


def pick_newest(series: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest date."""
    return series[series["date"] == series["date"].max()]


def _show(row: Row, name: str) -> str:
    """Return a limit as it is read: a share never below 0% or above 100%."""
    value = min(max(row[name], 0), 100) if row["unit"] == "percent" else max(row[name], 0)
    return format_number(value, row["unit"], decimals=1 if row["unit"] == "percent" else int(row["decimals"]))
