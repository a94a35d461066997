"""The stages in order: extract, validate, conform, aggregate, calculate, disclose, publish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa

from etl import tables
from etl.catalogue import load_catalogue
from etl.catalogue.whole import Catalogue
from etl.conform.areas import ENGLAND, REFERENCE_DATE, is_valid_on, load_areas
from etl.enquiries import FILE, read_enquiries
from etl.errors import CatalogueError
from etl.extract.files import hash_file
from etl.extract.frame import Extract
from etl.funnels import draw_funnels
from etl.limits import chart_all
from etl.publish import hold_lock, list_live_inputs, publish, read_current
from etl.published import PublishedFolders, prepare_published
from etl.release import describe_release, note_live, write_release
from etl.returns.prepare import Prepared as Returned
from etl.returns.prepare import ReturnFolders, prepare_returns
from etl.schema import to_arrow
from etl.signals.basis import Basis
from etl.signals.stage import find_signals
from etl.similar import CARE_HOMES, find_similar_areas
from etl.standing import describe_spread, divide_gaps, project_vacancy
from etl.verdicts import adjust_newest, judge_all

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Folders:
    """Where the build reads and writes; all below one data folder unless told otherwise."""

    extracts: Path
    published: Path
    lookups: Path
    snapshots: Path
    illustrative: Path
    restricted: Path
    enquiries: Path

    @classmethod
    def below(cls, data: Path, *, extracts: Path | None = None) -> Folders:
        """Return the usual folders below `data`, with another extract folder if one is given."""
        return cls(
            extracts=extracts or data / "extracts",
            published=data / "published",
            lookups=data / "lookups",
            snapshots=data / "snapshots",
            illustrative=data / "illustrative",
            restricted=data / "restricted",
            enquiries=data / "enquiries",
        )


@dataclass(frozen=True)
class Prepared:
    """Everything up to publish: the snapshot's tables, and what they were made from."""

    catalogue: Catalogue
    extracts: dict[str, Extract]
    tables: dict[str, pa.Table]
    inputs: list[dict[str, str]]
    data_date: dt.date
    returns: Returned


@dataclass(frozen=True)
class Options:
    """What a person may decide about a build."""

    is_accepted: bool = False
    """Totals that jump are real."""
    scheduler: str | None = None
    """The address of a Dask scheduler that reads the extracts, instead of this machine's own processes."""
    confirm: Callable[[Prepared, str], None] = field(default=lambda prepared, snapshot_id: None)
    """Asked with the id that is about to go live; raises EtlError to leave things as they are."""
    command: str = "build"
    """What was asked for, as the log of releases shall say it."""


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


def build(
    folders: Folders,
    *,
    today: dt.date,
    options: Options = Options(),
    progress: Progress = lambda stage: None,
) -> Outcome:
    """Prepare and publish; on any error the live snapshot is untouched."""
    with hold_lock(folders.snapshots):
        prepared = prepare(folders, today=today, options=options, progress=progress)
        progress("publish")
        previous = read_current(folders.snapshots)
        snapshot_id = publish(
            prepared.tables,
            data_date=prepared.data_date,
            inputs=prepared.inputs,
            folder=folders.snapshots,
            confirm=lambda new: None if new == previous else options.confirm(prepared, new),
        )
        note_live(folders.snapshots, snapshot_id, previous=previous, command=options.command)
        replaced = previous if previous != snapshot_id else None
        release = describe_release(folders.snapshots, prepared.tables, snapshot_id=snapshot_id, previous=replaced)
        write_release(folders.snapshots, snapshot_id, release)
    return Outcome(snapshot_id=snapshot_id, previous_id=previous, prepared=prepared)


def prepare(
    folders: Folders,
    *,
    today: dt.date,
    options: Options = Options(),
    progress: Progress = lambda stage: None,
) -> Prepared:
    """Run every stage but publish; nothing is written but to the restricted store."""
    progress("read the catalogue and the lookups")
    catalogue = load_catalogue()
    areas = load_areas(folders.lookups / "areas.csv")
    boundaries = _load_boundaries(folders.lookups / "boundaries.csv", areas)

    published = prepare_published(
        PublishedFolders(folders.extracts, folders.published, folders.lookups),
        catalogue=catalogue,
        areas=areas,
        today=today,
        progress=progress,
    )
    returned = prepare_returns(
        ReturnFolders(folders.extracts, folders.illustrative, folders.restricted, folders.lookups),
        catalogue=catalogue,
        areas=areas,
        known=list_live_inputs(folders.snapshots),
        is_accepted=options.is_accepted,
        scheduler=options.scheduler,
        progress=progress,
    )

    progress("judge")
    returned_judged = judge_all(returned.figures, catalogue=catalogue, areas=areas)
    judged = adjust_newest(published.figures | returned_judged)
    limits = [published.limits, chart_all(returned_judged, catalogue=catalogue)]

    progress("put the tables together")
    extracts = published.extracts
    sources = tables.make_sources(catalogue, extracts=extracts, spans=published.spans, returned=returned.sources)
    indicators = tables.make_indicators(catalogue, sources=set(sources["id"]))
    is_current, kinds = is_valid_on(areas, REFERENCE_DATE), dict(zip(areas["code"], areas["kind"], strict=True))
    frames = {
        "indicators": indicators,
        "areas": tables.make_areas(areas, is_current=is_current),
        "boundaries": boundaries,
        "sources": sources,
        "recommendations": tables.make_recommendations(catalogue, indicators=list(indicators["id"])),
        "spotlights": tables.make_spotlights(catalogue, indicators=list(indicators["id"])),
        "breaks": tables.make_breaks(catalogue),
        "limits": pd.concat([part for part in limits if len(part)] or limits, ignore_index=True),
        "spread": describe_spread(judged, kinds=kinds),
        "funnels": draw_funnels(judged, catalogue=catalogue, kinds=kinds),
        "contributions": divide_gaps(judged, catalogue=catalogue, kinds=kinds),
        "projection": project_vacancy(judged),
        "similar_areas": find_similar_areas(
            areas[is_current & (areas["kind"] == "authority")],
            boundaries=boundaries,
            care_homes=published.figures[CARE_HOMES],
        ),
        "changes": tables.make_changes(returned.changes, is_illustrative=returned.is_illustrative),
        "quality": tables.make_quality([*published.findings, *returned.findings], extracts=extracts, area_code=ENGLAND),
    }
    progress("look for signals")
    trackers = [source.id for source in catalogue.sources if source.is_capacity_tracker]
    newest = max(published.spans[source_id][1] for source_id in trackers)
    data_date = max(newest, returned.newest or newest)
    basis = Basis(
        figures=judged,
        limits=frames["limits"],
        changes=frames["changes"],
        spread=frames["spread"],
        kinds=kinds,
        regions=dict(zip(areas["code"], areas["region_code"], strict=True)),
        catalogue=catalogue,
        data_date=data_date,
    )
    frames |= find_signals(basis, enquiries=read_enquiries(folders.enquiries))
    return Prepared(
        catalogue=catalogue,
        extracts=extracts,
        tables={"observations": tables.join_observations(judged)}
        | {name: to_arrow(name, frame) for name, frame in frames.items()},
        inputs=[*_list_inputs(extracts, folders), *returned.inputs],
        data_date=data_date,
        returns=returned,
    )


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
    names = ("areas.csv", "boundaries.csv", "councils.csv", "districts.csv")
    lookups = [folders.lookups / name for name in names]
    inputs += [{"id": f"lookup {file.stem}", "file": file.name, "sha256": hash_file(file)} for file in lookups]
    log = folders.enquiries / FILE
    return inputs + ([{"id": "enquiries", "file": FILE, "sha256": hash_file(log)}] if log.is_file() else [])
