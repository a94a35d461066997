"""Words for an area beside those most like it."""

from __future__ import annotations

import pandas as pd

from dashboard.format import format_value, format_with_unit, sentence
from dashboard.rows import list_rows
from dashboard.text.returns import name_place
from dashboard.text.verdicts import say_number

ALIKE = (
    "Areas are alike by people, the shares aged 65 and 80 and over, people per square kilometre, care homes per older "
    "person and kind of council; 1 is the most alike."
)


def title_similar(frame: pd.DataFrame) -> str:
    """Return the area's place among those like it, in its value's own direction and without a verdict."""
    alike = frame[(frame["role"] == "area") & frame["value"].notna()]
    own = alike[alike["likeness"] == 0]
    if own.empty:
        return "No figure here to set beside similar areas"
    value, name = own["value"].iloc[0], name_place(own.iloc[0])
    place = int((alike["value"] > value).sum()) + 1
    figure = format_with_unit(own.iloc[0])
    if len(alike) == 1:
        return f"{sentence(name)} {figure}; no similar area has a figure"
    low = int((alike["value"] < value).sum()) + 1
    said = _say_place(place, "highest") if place <= low else _say_place(low, "lowest")
    return f"{sentence(name)} {said} of {len(alike)} similar areas: {figure}"


def summarise_similar(frame: pd.DataFrame) -> str:
    """Return the figures of the area and the three nearest, the range of all, and the wider areas."""
    alike = frame[frame["role"] == "area"]
    nearest = alike.sort_values("likeness").head(4)
    said = ["; ".join(f"{row['area_name']} {format_value(row)}" for row in list_rows(nearest)) + "."]
    valued = alike[alike["value"].notna()]
    if len(valued) > 1:
        said.append(
            f"All {len(valued)} lie between {format_value(valued.iloc[-1])} and {format_value(valued.iloc[0])}."
        )
    first = alike[alike["likeness"] == 1]
    if len(first):
        said.append(
            f"{first['area_name'].iloc[0]} is the most alike; it differs most in {first['differs_in'].iloc[0]}."
        )
    wide = list_rows(frame[frame["role"] == "comparator"])
    said += ["; ".join(f"{row['area_name']} {format_value(row)}" for row in wide) + "."] * bool(wide)
    return " ".join(said)


def title_similar_questions(frame: pd.DataFrame) -> str:
    """Return on how many of the 13 questions the area, first in the frame, is the lowest of those alike."""
    code = frame["area_code"].iloc[0]
    valued = frame[frame["value"].notna()]
    own = valued[valued["area_code"] == code].set_index("indicator_id")["value"]
    others = valued[valued["area_code"] != code].groupby("indicator_id")["value"].min()
    lowest = int((own < others.reindex(own.index)).sum())
    if own.empty:
        return "No figure here to set beside similar areas"
    if not lowest:
        return f"On no measure the lowest of {say_number(frame['area_code'].nunique())} similar areas"
    many = "measure" if lowest == 1 else "measures"
    return f"Lowest of {say_number(frame['area_code'].nunique())} similar areas on {say_number(lowest)} {many}"


def _say_place(place: int, end: str) -> str:
    """Return "lowest", "second lowest" and so on; of eleven none is further than sixth from its end."""
    return f"{('', 'second ', 'third ', 'fourth ', 'fifth ', 'sixth ')[place - 1]}{end}"
