"""Sources of which every file is an edition with one as-at date of its own: they stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from etl.errors import EtlError, InputError, Problem, join_errors
from etl.extract.carried import check_carried, read_carried_editions
from etl.extract.frame import BETWEEN, Extract, add_up_refusals


def read_editions(files: Sequence[Path], *, read: Callable[[Path], Extract]) -> list[Extract]:
    """Return each file's extract, by as-at date; every faulty file is reported, and two of one date are refused."""
    editions, faults = [], []
    for file in files:
        try:
            editions.append(_date_edition(read(file)))
        except EtlError as error:
            faults.append(error)
    if faults:
        raise join_errors(faults)
    dates = Counter(edition.as_at for edition in editions)
    alike = [
        Problem(edition.file.name, f"is one of {dates[edition.as_at]} editions as at {edition.as_at:%d %B %Y}")
        for edition in editions
        if dates[edition.as_at] > 1
    ]
    if alike:
        raise InputError(files[0].parent, alike, remedy="Keep the newest of each date and move the others away.")
    return sorted(editions, key=lambda edition: edition.as_at)


def add_carried_editions(editions: list[Extract], *, carried: Path, source_id: str) -> list[Extract]:
    """Return the editions with those carried editions whose dates they lack, by as-at date."""
    if not carried.is_file():
        return editions
    dates = {edition.as_at for edition in editions}
    others = [edition for edition in read_carried_editions(carried, source_id) if edition.as_at not in dates]
    if others:
        check_carried(carried, source_id)
    return sorted([*editions, *others], key=lambda edition: edition.as_at)


def join_editions(editions: list[Extract], *, file: Path) -> Extract:
    """Return the editions as one extract; each place begins with the name of its file."""
    figures = [
        edition.figures.assign(place=edition.file.name + ", " + edition.figures["place"]) for edition in editions
    ]
    return Extract(
        file=file,
        origin=BETWEEN.join(edition.origin for edition in editions),
        sha256=BETWEEN.join(edition.sha256 for edition in editions),
        figures=pd.concat(figures, ignore_index=True),
        rows_read=sum(edition.rows_read for edition in editions),
        refusals=add_up_refusals([refusal for edition in editions for refusal in edition.refusals]),
    )


def _date_edition(extract: Extract) -> Extract:
    """Return the extract with its as-at date; InputError when its tables are of more than one day."""
    dates = sorted(extract.figures["date"].unique())
    if len(dates) != 1:
        places = extract.figures.drop_duplicates("date")
        problems = [Problem(row.place, f"these figures are as at {row.date:%d %B %Y}") for row in places.itertuples()]
        raise InputError(extract.file, problems, remedy="An edition has one date. Ask the publisher which is right.")
    return replace(extract, as_at=dates[0])
