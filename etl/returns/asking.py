"""Asking: from what a person typed to which homes are meant, or one error that names what there is."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.catalogue.return_model import Return
from etl.catalogue.whole import Catalogue
from etl.conform.areas import REFERENCE_DATE, is_valid_on
from etl.errors import EtlError, MisuseError
from etl.returns.listing import ANSWERING, Wanted, choose_authorities, list_answers

MOST_NAMED = 12


def understand(
    *,
    area: str,
    indicator: str,
    answer: str,
    date: str | None,
    catalogue: Catalogue,
    areas: pd.DataFrame,
    dates: dict[str, Sequence[dt.date]],
) -> tuple[Wanted, str, str]:
    """Return which homes are meant, with the code of the area and the id of the indicator.

    `dates` holds, by the id of a return, the dates of its extracts that are live. Raises MisuseError.
    """
    layout, column, indicator_id = choose_question(indicator, catalogue)
    answers = list_answers(layout, column)
    if answer not in answers:
        raise MisuseError(f"There is no answer {answer!r} to {indicator_id}. There are: {', '.join(answers)}.")
    code = choose_area(area, areas)
    wanted = Wanted(
        layout=layout,
        column=column,
        answer=answer,
        authorities=choose_authorities(code, regions=_map_regions(areas)),
        date=choose_date(date, dates.get(layout.id, ()), layout=layout),
    )
    return wanted, code, indicator_id


def choose_question(text: str, catalogue: Catalogue) -> tuple[Return, str, str]:
    """Return the return, its column and the indicator's id for the beginning of an id, or for "answering".

    An indicator of the 13 as published means the same question as the one counted from returns.
    """
    asked = {
        indicator.id: (layout, column)
        for layout in catalogue.returns
        for column, measure in layout.questions.items()
        for indicator in catalogue.indicators
        if indicator.measure == measure and indicator.calculation in ("share of answers", "as published")
    }
    asked |= {
        indicator.id: (layout, "")
        for layout in catalogue.returns
        for indicator in catalogue.indicators
        if indicator.source_id == layout.id and indicator.calculation == "share answering"
    }
    counted = {i.id for i in catalogue.indicators if i.calculation in ("share of answers", "share answering")}
    if text == ANSWERING:
        fitting = [name for name, (_, column) in asked.items() if not column]
    else:
        fitting = [name for name in asked if text and name.startswith(text)]
    questions = {(asked[name][0].id, asked[name][1]) for name in fitting}
    if len(questions) == 1:
        layout, column = asked[fitting[0]]
        return layout, column, next(name for name in asked if name in counted and asked[name] == (layout, column))
    listed = [name for name in asked if name in counted and (not fitting or name in fitting)]
    what = f"{text!r} fits several indicators: write more of the id" if fitting else f"There is no indicator {text!r}"
    raise MisuseError(f"{what}. There are: {ANSWERING}" + "".join(f"\n  - {name}" for name in listed))


def choose_area(text: str, areas: pd.DataFrame) -> str:
    """Return the code under which the area's figures stand; MisuseError names the areas that are near."""
    known = areas[areas["code"] == text]
    if len(known):
        return str(known["shown_as"].iloc[0])
    named = areas[areas["name"].str.casefold() == text.casefold()]
    if len(named):
        codes = " or ".join(dict.fromkeys(named["shown_as"]))
        raise MisuseError(f"--area takes a code: {text!r} is {codes}.")
    labels = {code: f"{code} {name}" for code, name in zip(areas["code"], areas["name"], strict=True)}
    near = difflib.get_close_matches(text, [*areas["code"], *areas["name"]], n=5)
    nearest = list(dict.fromkeys(label for label in labels.values() if any(word in label for word in near)))
    wider = [labels[code] for code in areas.loc[areas["kind"] != "authority", "code"]]
    raise MisuseError(
        f"There is no area {text!r}. "
        + (f"Near it: {', '.join(nearest[:5])}. " if nearest else "")
        + f"There are {_count_authorities(areas)} authorities, by their codes in data/lookups/areas.csv, and: "
        + f"{', '.join(wider)}."
    )


def choose_date(text: str | None, dates: Sequence[dt.date], *, layout: Return) -> dt.date:
    """Return the extract's date, without a text the newest; MisuseError names the dates there are."""
    if not dates:
        raise MisuseError(
            f"The live snapshot holds no extract of {layout.id}. Drop one into data/extracts/{layout.folder} and build."
        )
    if text is None:
        return max(dates)
    if text in {date.isoformat() for date in dates}:
        return dt.date.fromisoformat(text)
    newest = sorted(dates, reverse=True)
    shown = ", ".join(date.isoformat() for date in newest[:MOST_NAMED])
    older = f", and {len(newest) - MOST_NAMED} back to {newest[-1]}" if len(newest) > MOST_NAMED else ""
    raise MisuseError(f"There is no extract of {text!r}. There are: {shown}{older}.")


def check_permission(folder: Path, *, is_readable: bool) -> None:
    """Raise EtlError where the restricted store is not there, or is not for this user to read."""
    if not folder.is_dir():
        raise EtlError(f"There is no restricted store at {folder}. Build first: python -m etl build")
    if not is_readable:
        raise EtlError(
            f"{folder} is closed to this user, so no home is listed. Whoever looks after it can give the permission."
        )


def _map_regions(areas: pd.DataFrame) -> dict[str, str]:
    own = areas[areas["kind"] == "authority"]
    return dict(zip(own["shown_as"], own["region_code"], strict=True))


def _count_authorities(areas: pd.DataFrame) -> int:
    return int((is_valid_on(areas, REFERENCE_DATE) & (areas["kind"] == "authority")).sum())
