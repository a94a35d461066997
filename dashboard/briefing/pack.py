"""The standard pack: the parts of an area's briefing, set on six sheets or fewer."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.briefing.contrary import make_contrary
from dashboard.briefing.definitions import make_definitions
from dashboard.briefing.glance import make_glance
from dashboard.briefing.line import make_cautions, make_line, make_trends
from dashboard.briefing.movers import make_movers
from dashboard.briefing.part import Pack, Part, list_frames
from dashboard.briefing.places import make_places, make_similar
from dashboard.briefing.quality import make_quality
from dashboard.briefing.signals import make_signals, say_signals
from dashboard.briefing.standing import Standing
from dashboard.briefing.workforce import make_staff, make_winter, make_workforce
from dashboard.store import Snapshot
from dashboard.text import describe_caveats, describe_source

SOURCES_LAST = "The sources, with their dates and how far to trust them, stand on the last page."
MOST_CAVEATS = 6
"""Caveats that a slide's notes carry; the dashboard has all."""


def make_pack(snapshot: Snapshot, code: str) -> Pack:
    """Return the pack of an area: a function of the snapshot and the area alone, six sheets at most."""
    standing = Standing(snapshot, code)
    line = make_line(standing, signals=say_signals(standing))
    signals, workforce = make_signals(standing), (make_workforce(standing), make_staff(standing), make_winter(standing))
    before = [
        (line, make_trends(standing), make_cautions(standing)),
        (make_glance(standing), make_places(standing)),
        (make_movers(standing), make_contrary(standing), make_similar(standing)),
        *([(signals,), workforce] if signals.listings else [(signals, *workforce)]),
    ]
    sheets = [[_add_sources(part, snapshot) for part in parts if part is not None] for parts in before]
    if not standing.has_returns:  # the parts are short then
        sheets = [sheets[0], sheets[1], [part for parts in sheets[2:] for part in parts]]
    used = _list_used([part for parts in sheets for part in parts])
    sheets.append([make_quality(standing, used=used), make_definitions(standing)])
    return Pack(
        area_code=code,
        area_name=standing.name,
        snapshot_id=snapshot.id,
        data_date=snapshot.data_date,
        sheets=tuple(map(tuple, sheets)),
    )


def _add_sources(part: Part, snapshot: Snapshot) -> Part:
    """Return the part with the sources and caveats of its figures, and the word where one is made up."""
    frame = _join(part)
    if frame is None:
        return part
    if part.name == "line":  # a line of words from every source: the last sheet names them all
        return replace(part, notes=(SOURCES_LAST,))
    return replace(
        part,
        source=describe_source(snapshot, frame),
        caveats=tuple(describe_caveats(snapshot, frame)[:MOST_CAVEATS]),
    )


def _join(part: Part) -> pd.DataFrame | None:
    """Return the observations behind a part, what sources are named from; None without any."""
    needed = ["indicator_id", "source_id", "date", "date_text", "quality"]
    frames = [frame[needed] for frame in list_frames(part) if len(frame) and set(needed) <= set(frame.columns)]
    joined = pd.concat(frames, ignore_index=True) if frames else None
    return None if joined is None else joined[joined["source_id"] != ""]


def _list_used(parts: list[Part]) -> list[str]:
    """Return the ids of the sources whose figures the parts show."""
    frames = [frame for part in parts if (frame := _join(part)) is not None]
    return list(dict.fromkeys(name for frame in frames for name in frame["source_id"]))
