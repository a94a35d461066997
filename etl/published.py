"""The published half: every source that a publisher has released, from its file to figures with verdicts and limits.

A process that builds again finds it as it was, as long as no file and no declaration has changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.aggregate import aggregate
from etl.calculate import calculate
from etl.calculations.rises import report_falls
from etl.catalogue.whole import Catalogue
from etl.conform.areas import conform_areas
from etl.conform.combined import mark_combined
from etl.conform.districts import add_up_districts, load_districts
from etl.disclose import disclose
from etl.errors import EtlError, join_errors
from etl.extract import extract
from etl.extract.carried import check_carried
from etl.extract.frame import Extract
from etl.limits import chart_all
from etl.validate import validate
from etl.verdicts import judge_all

Progress = Callable[[str], None]


@dataclass(frozen=True)
class PublishedFolders:
    """Where publishers' files, our carried tables and the lookups lie."""

    extracts: Path
    published: Path
    lookups: Path


@dataclass(frozen=True)
class Published:
    """What a snapshot holds of the published sources."""

    extracts: dict[str, Extract]
    spans: dict[str, tuple[dt.date, dt.date]]
    """First and last date of each source."""
    figures: dict[str, pd.DataFrame]
    """Figures by indicator, with verdicts."""
    limits: pd.DataFrame
    findings: list[dict]


_kept: dict[str, Published] = {}


def prepare_published(
    folders: PublishedFolders, *, catalogue: Catalogue, areas: pd.DataFrame, today: dt.date, progress: Progress
) -> Published:
    """Return the published half; EtlError lists every faulty file.

    Kept for the next build of this process, which adds a day of returns and finds the published files as they were.
    """
    key = describe_inputs(folders, catalogue=catalogue, today=today)
    if key not in _kept:
        made = _make(folders, catalogue=catalogue, areas=areas, today=today, progress=progress)
        _kept.clear()  # one is enough, and they are large
        _kept[key] = made
    return _kept[key]


def describe_inputs(folders: PublishedFolders, *, catalogue: Catalogue, today: dt.date) -> str:
    """Return what must be the same for the published half to be the same: declarations, day, and every file's state."""
    said = [catalogue.model_dump_json(), today.isoformat()]
    kept_apart = {layout.folder for layout in (*catalogue.returns, *catalogue.registers)}
    for folder in (folders.extracts, folders.published, folders.lookups):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.parent.name not in kept_apart:
                stat = file.stat()
                said.append(f"{file} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _make(
    folders: PublishedFolders, *, catalogue: Catalogue, areas: pd.DataFrame, today: dt.date, progress: Progress
) -> Published:
    districts = load_districts(folders.lookups / "districts.csv")
    extracts, figures, findings = read_sources(
        catalogue, areas=areas, districts=districts, folders=folders, today=today, progress=progress
    )
    progress("calculate")
    observations = disclose(calculate(figures, catalogue=catalogue, areas=areas), catalogue=catalogue)
    # In one order, so that sums over areas have the same last digits whichever way the rows came.
    observations = observations.sort_values(["indicator_id", "area_code", "date"], kind="stable", ignore_index=True)
    made = {name: rows.assign(is_illustrative=False) for name, rows in observations.groupby("indicator_id")}
    judged = judge_all(made, catalogue=catalogue, areas=areas)
    dates = figures.groupby("source_id")["date"]
    return Published(
        extracts=extracts,
        spans=dict(zip(dates.min().index, zip(dates.min(), dates.max(), strict=True), strict=True)),
        figures=judged,
        limits=chart_all(judged, catalogue=catalogue),
        findings=findings,
    )


def read_sources(
    catalogue: Catalogue,
    *,
    areas: pd.DataFrame,
    districts: pd.DataFrame,
    folders: PublishedFolders,
    today: dt.date,
    progress: Progress,
) -> tuple[dict[str, Extract], pd.DataFrame, list[dict]]:
    """Return each source's extract, all figures at all levels, and the findings; every faulty file is reported."""
    extracts, parts, findings, faults = {}, [], [], []
    for source in catalogue.sources:
        progress(f"read {source.title}")
        try:
            read = extract(source, extracts=folders.extracts, published=folders.published)
            figures = validate(read, source=source, catalogue=catalogue, today=today)
            if source.has_districts:
                apart = tuple(code for others in source.combines.values() for code in others)
                figures = add_up_districts(figures, districts, file=read.file, apart=apart)
            figures = conform_areas(figures, areas, file=read.file)
            figures = mark_combined(figures, source=source, file=read.file)
            if read.is_carried:  # after the checks that can name a row: this one cannot
                check_carried(read.file, source.id)
        except EtlError as error:
            faults.append(error)
            continue
        figures, found = aggregate(figures, source=source, areas=areas)
        extracts[source.id] = read
        parts.append(figures.assign(source_id=source.id))
        findings += [*found, *report_falls(figures, source=source, catalogue=catalogue)]
    if faults:
        raise join_errors(faults)  # a fault that several sources share is said once
    return extracts, pd.concat(parts, ignore_index=True), findings
