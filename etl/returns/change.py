"""Change: between two extracts, apart for homes that answered at both dates and for who answered.

With y1/n1 at the first date, y2/n2 at the second, and b1, b2 the yes answers of the n homes that answered both times:
change = y2/n2 - y1/n1; among the same homes = (b2 - b1)/n; from who answered = the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from etl.catalogue.model import Break, Indicator
from etl.catalogue.return_model import Return
from etl.conform.cells import code_answers
from etl.returns.store import RestrictedStore
from etl.statistics.paired import mcnemar
from etl.weeks import WEEK

SECONDS_A_DAY = 86_400


def choose_pairs(
    dates: Sequence[dt.date], *, breaks: Sequence[dt.date], days: Sequence[int], weeks_back: int = 0
) -> list[tuple[dt.date, dt.date]]:
    """Return the pairs of extracts to compare; none of them stands across a break.

    The newest extract is set beside the newest that is at least so many days older, for each of `days`, and beside
    the first since the last break. The extracts of so many weeks before it (`weeks_back`) are set beside older ones in
    the same way, so that a signal can tell since when it stands. Of each stretch before, the first and the last
    extract are compared. An extract of a break's own day stands before it.
    """
    pairs: set[tuple[dt.date, dt.date]] = set()
    edges = [dt.date.min, *sorted(breaks), dt.date.max]
    stretches = [[day for day in sorted(dates) if after < day <= until] for after, until in pairwise(edges)]
    stretches = [stretch for stretch in stretches if stretch]
    for stretch in stretches:
        pairs.add((stretch[0], stretch[-1]))
    for week, count in product(range(weeks_back + 1), days if stretches else ()):
        end = stretches[-1][-1] - week * WEEK
        older = [day for day in stretches[-1] if day <= end - dt.timedelta(days=count)]
        if older and end in stretches[-1]:
            pairs.add((older[-1], end))
    return sorted((first, last) for first, last in pairs if first < last)


def compare_extracts(
    store: RestrictedStore,
    *,
    layout: Return,
    indicators: Sequence[Indicator],
    breaks: Sequence[Break],
    dates: Sequence[dt.date],
    areas: Sequence[str],
) -> pd.DataFrame:
    """Return the counts of every question, authority and pair of dates, as `count_pair` makes them; none is hidden."""
    measured = {i.measure: i for i in indicators if i.source_id == layout.id and i.calculation == "share of answers"}
    columns = {column: measured[measure] for column, measure in layout.questions.items() if measure in measured}
    parts = []
    edges = [entry.date for entry in breaks if any(entry.concerns(indicator.id) for indicator in columns.values())]
    areas = sorted(areas)
    days = layout.compared_days if columns else ()
    for first, last in choose_pairs(dates, breaks=edges, days=days, weeks_back=layout.compared_weeks_back):
        before, after = (_read(store, layout, date, columns=list(columns), areas=areas) for date in (first, last))
        for column, indicator in columns.items():
            counts = count_pair(before, after, column=column, layout=layout, areas=areas)
            parts.append(counts.assign(indicator_id=indicator.id, date_from=first, date_to=last))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _read(
    store: RestrictedStore, layout: Return, date: dt.date, *, columns: list[str], areas: list[str]
) -> dict[str, NDArray]:
    """Return the open homes with a current answer at the date: their ids, places in `areas`, and answers."""
    table = store.read_homes(layout.id, date, columns=["location_id", "area_code", "is_open", "answered_at", *columns])
    end = int(np.datetime64(date, "s").astype(np.int64)) + SECONDS_A_DAY
    age = (end - 1 - table.column("answered_at").to_numpy()) // SECONDS_A_DAY
    kept = table.filter(pa.array(table.column("is_open").to_numpy(zero_copy_only=False) & (age <= layout.current_days)))
    encoded = kept.column("area_code").combine_chunks()
    places = np.searchsorted(areas, encoded.dictionary.to_pylist())[encoded.indices.to_numpy()]
    return {name: kept.column(name).to_numpy() for name in ("location_id", *columns)} | {"area": places}


def count_pair(
    before: dict[str, NDArray],
    after: dict[str, NDArray],
    *,
    column: str,
    layout: Return,
    areas: Sequence[str],
) -> pd.DataFrame:
    """Return, by authority, homes and yes answers at each date, at both, and moves between; one question.

    `before` and `after` hold arrays of one length each: location_id, area (places in `areas`) and the column's answers.
    A home that changed its authority in between counts at both dates where it stands at the later one.
    """
    codes = code_answers(layout.answer_set("answer"))
    counted = [code for name, code in codes.items() if name not in ("", "not_applicable")]
    one, two = (np.isin(side[column], counted) for side in (before, after))
    _, left, right = np.intersect1d(
        before["location_id"][one], after["location_id"][two], assume_unique=True, return_indices=True
    )
    was = before[column][one][left] == codes["yes"]
    now = after[column][two][right] == codes["yes"]
    place = after["area"][two][right]
    sides = {
        "n_from": before["area"][one],
        "yes_total_from": before["area"][one & (before[column] == codes["yes"])],
        "n_to": after["area"][two],
        "yes_total_to": after["area"][two & (after[column] == codes["yes"])],
        "n_both": place,
        "yes_from": place[was],
        "yes_to": place[now],
        "no_to_yes": place[~was & now],
        "yes_to_no": place[was & ~now],
    }
    counts = {name: np.bincount(places, minlength=len(areas)).astype(float) for name, places in sides.items()}
    frame = pd.DataFrame({"area_code": list(areas)} | counts)
    return frame[(frame["n_from"] > 0) | (frame["n_to"] > 0)].reset_index(drop=True)


def describe_changes(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts with the changes in points, the test, and status x where a side has no answers.

    Counts that are null, with status c, stay so, and so does all that is made of them.
    """

    def share(yes: str, homes: str) -> pd.Series:
        return 100 * counts[yes] / counts[homes].where(counts[homes] > 0)

    total = share("yes_total_to", "n_to") - share("yes_total_from", "n_from")
    same = share("yes_to", "n_both") - share("yes_from", "n_both")
    is_missing = (total.isna() | same.isna()).to_numpy()
    said = counts["status"].to_numpy() if "status" in counts else np.full(len(counts), "", dtype=object)
    return counts.assign(
        change_points=total,
        change_same_homes_points=same,
        change_who_answered_points=total - same,
        p_value=mcnemar(counts["no_to_yes"], lost=counts["yes_to_no"]),
        status=np.where(is_missing & (said == ""), "x", said).astype(object),
    )
