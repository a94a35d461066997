"""The stages in order: extract, validate, conform, aggregate, calculate, disclose, publish."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from etl import tables
from etl.aggregate import aggregate
from etl.calculate import calculate
from etl.calculations.rises import report_falls
from etl.catalogue import load_catalogue
from etl.catalogue.model import Catalogue
from etl.conform.areas import ENGLAND, REFERENCE_DATE, conform_areas, is_valid_on, load_areas
from etl.conform.combined import mark_combined
from etl.conform.districts import add_up_districts, load_districts
from etl.disclose import disclose
from etl.errors import CatalogueError, EtlError, join_errors
from etl.extract import extract
from etl.extract.carried import check_carried
from etl.extract.files import hash_file
from etl.extract.frame import Extract
from etl.publish import find_damage, publish, read_current, read_manifest, write_release
from etl.schema import to_arrow
from etl.validate import validate

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Folders:
    """Where the build reads and writes; all below one data folder unless told otherwise."""

    extracts: Path
    published: Path
    lookups: Path
    snapshots: Path

    @classmethod
    def below(cls, data: Path, *, extracts: Path | None = None) -> Folders:
        """Return the usual folders below `data`, with another extract folder if one is given."""
        return cls(
            extracts=extracts or data / "extracts",
            published=data / "published",
            lookups=data / "lookups",
            snapshots=data / "snapshots",
        )


@dataclass(frozen=True)
class Prepared:
    """Everything up to publish: the snapshot's tables, and what they were made from."""

    catalogue: Catalogue
    extracts: dict[str, Extract]
    tables: dict[str, pa.Table]
    inputs: list[dict[str, str]]
    data_date: dt.date


@dataclass(frozen=True)
class Outcome:
    """What a build did."""

    snapshot_id: str
    previous_id: str | None
    prepared: Prepared

    @property
    def is_new(self) -> bool:
        """True when the live snapshot has changed."""
        return self.snapshot_id != self.previous_id


def build(folders: Folders, *, today: dt.date, progress: Progress = lambda stage: None) -> Outcome:
    """Prepare and publish; on any error the live snapshot is untouched."""
    prepared = prepare(folders, today=today, progress=progress)
    progress("publish")
    previous = read_current(folders.snapshots)
    snapshot_id = publish(
        prepared.tables, data_date=prepared.data_date, inputs=prepared.inputs, folder=folders.snapshots
    )
    write_release(folders.snapshots, snapshot_id, _describe_release(folders.snapshots, prepared, previous=previous))
    return Outcome(snapshot_id=snapshot_id, previous_id=previous, prepared=prepared)


def prepare(folders: Folders, *, today: dt.date, progress: Progress = lambda stage: None) -> Prepared:
    """Run every stage but publish; nothing is written."""
    progress("read the catalogue and the lookups")
    catalogue = load_catalogue()
    areas = load_areas(folders.lookups / "areas.csv")
    districts = load_districts(folders.lookups / "districts.csv")
    boundaries = _load_boundaries(folders.lookups / "boundaries.csv", areas)

    extracts, figures, findings = read_sources(
        catalogue, areas=areas, districts=districts, folders=folders, today=today, progress=progress
    )
    progress("calculate")
    observations = calculate(figures, catalogue=catalogue, areas=areas)
    progress("disclose")
    observations = disclose(observations, catalogue=catalogue)

    progress("put the tables together")
    frames = {
        "observations": tables.make_observations(observations),
        "indicators": tables.make_indicators(catalogue),
        "areas": tables.make_areas(areas, is_current=is_valid_on(areas, REFERENCE_DATE)),
        "boundaries": boundaries,
        "sources": tables.make_sources(catalogue, extracts=extracts, figures=figures),
        "recommendations": tables.make_recommendations(catalogue),
        "breaks": tables.make_breaks(catalogue),
        "quality": tables.make_quality(findings, extracts=extracts, area_code=ENGLAND),
    }
    trackers = [source.id for source in catalogue.sources if source.is_capacity_tracker]
    return Prepared(
        catalogue=catalogue,
        extracts=extracts,
        tables={name: to_arrow(name, frame) for name, frame in frames.items()},
        inputs=_list_inputs(extracts, folders),
        data_date=figures.loc[figures["source_id"].isin(trackers), "date"].max(),
    )


def read_sources(
    catalogue: Catalogue,
    *,
    areas: pd.DataFrame,
    districts: pd.DataFrame,
    folders: Folders,
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


def _load_boundaries(file: Path, areas: pd.DataFrame) -> pd.DataFrame:
    if not file.is_file():
        raise CatalogueError(f"{file} is missing. Restore it from the repository.")
    boundaries = pd.read_csv(file)
    if not {"area_code", "edition", "ring", "point", "easting_m", "northing_m"} <= set(boundaries) or boundaries.empty:
        raise CatalogueError(f"{file} lacks rows or columns. Restore it from the repository.")
    strangers = sorted(set(boundaries["area_code"]) - set(areas["code"]))
    if strangers:
        raise CatalogueError(f"{file} has outlines of areas that areas.csv does not know: {', '.join(strangers)}.")
    return boundaries


def _list_inputs(extracts: dict[str, Extract], folders: Folders) -> list[dict[str, str]]:
    inputs = [{"id": source_id, "file": read.origin, "sha256": read.sha256} for source_id, read in extracts.items()]
    lookups = [folders.lookups / name for name in ("areas.csv", "boundaries.csv", "districts.csv")]
    return inputs + [{"id": f"lookup {file.stem}", "file": file.name, "sha256": hash_file(file)} for file in lookups]


def _describe_release(snapshots: Path, prepared: Prepared, *, previous: str | None) -> dict:
    """Return what is known about this publication but must not change the snapshot's name."""
    before = {}
    if previous and not find_damage(snapshots / previous):
        before = {entry["file"]: entry["rows"] for entry in read_manifest(snapshots / previous)["outputs"]}
    return {
        "published_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "code_commit": _find_commit(),
        "previous": previous,
        "rows": {
            name: {"now": table.num_rows, "before": before.get(f"{name}.parquet")}
            for name, table in prepared.tables.items()
        },
    }


def _find_commit() -> str | None:
    """Return the commit of the code, or None outside a checkout (in a container, say)."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607 - git from the PATH is the one wanted
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip()
