"""Snapshots of another size, made of the live one: fewer or more questions, and years of weekly figures.

The product has 13 questions and half a year of them. More questions are copies of these under ids of their own, in
every table that has rows of an indicator; more years are the same weeks again at earlier dates, with their verdicts and
limits. Everything else that is counted from returns is left out, but the share of homes that answer; what is published
stays as it is. Changes between extracts do not grow with the years: they are of the newest ones.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import running  # noqa: F401  # puts the checkout on the path

from dashboard.measures import ANSWERING, QUESTIONS, RETURNED
from etl.publish import make_current, publish, read_current, read_manifest
from etl.release import describe_release, write_release
from etl.schema import ORDER, to_arrow

WEEKS_A_YEAR = 52
WEEKLY = ("observations", "limits", "spread")
JUDGED = ("changes", "contributions", "funnels", "signals")
ENDING = "_yes_of_answered_percent"
TRACKER = "capacity_tracker_care_homes"


@dataclass(frozen=True)
class Contents:
    """What a snapshot is published from."""

    tables: Mapping[str, pa.Table]
    data_date: dt.date
    inputs: list[dict[str, str]]


@dataclass(frozen=True)
class Question:
    """A question of a grown snapshot: its word in addresses, its indicator, and the indicator it is a copy of."""

    word: str
    indicator_id: str
    copy_of: str

    @property
    def is_copy(self) -> bool:
        """Tell whether the product does not know it."""
        return self.indicator_id != self.copy_of


def read_live(snapshots: Path) -> Contents:
    """Return what the live snapshot of a folder was published from; SystemExit where there is none."""
    live = read_current(snapshots)
    if live is None:
        raise SystemExit(f"{snapshots} has no live snapshot. Build one with: python -m etl build")
    manifest = read_manifest(snapshots / live)
    files = [output["file"] for output in manifest["outputs"]]
    tables = {file.removesuffix(".parquet"): pq.read_table(snapshots / live / file) for file in files}
    return Contents(tables, dt.date.fromisoformat(manifest["data_date"]), manifest["inputs"])


def publish_pair(contents: Contents, snapshots: Path) -> tuple[str, str]:
    """Publish the same contents twice, as an input more makes another id of them, and return both; the first is live.

    Each has its release record, as after a build.
    """
    ids = []
    for name in ("first", "second"):
        inputs = [*contents.inputs, {"id": f"benchmark {name}", "file": "", "sha256": ""}]
        tables = dict(contents.tables)
        ids.append(publish(tables, data_date=contents.data_date, inputs=inputs, folder=snapshots))
        record = describe_release(snapshots, tables, snapshot_id=ids[-1], previous=None)
        write_release(snapshots, ids[-1], record)
    make_current(snapshots, ids[0])
    return ids[0], ids[1]


def choose_questions(count: int) -> list[Question]:
    """Return so many questions: the product's own in its order, then copies of them."""
    own, questions = list(QUESTIONS.items()), []
    for number in range(count):
        turn, (word, indicator) = number // len(own), own[number % len(own)]
        copied = indicator.replace(ENDING, f"_copy_{turn}{ENDING}") if turn else indicator
        questions.append(Question(f"{word}-copy-{turn}" if turn else word, copied, indicator))
    return questions


def declare_copies(questions: list[Question]) -> dict[str, str]:
    """Return the environment in which grown_app.py declares the copies, so that pages show them as the others."""
    return {"GROWN_MEASURES": json.dumps({one.word: one.indicator_id for one in questions if one.is_copy})}


def grow(live: Contents, *, questions: list[Question], years: int) -> Contents:
    """Return the contents of a snapshot with these questions and years of weeks; SystemExit where it has no returns."""
    own = live.tables["observations"].filter(pc.field("indicator_id") == ANSWERING)
    if not len(own):
        raise SystemExit("The live snapshot has no figures from returns. Make some with: python -m etl synthesise")
    newest = pc.max(own["date"]).as_py()
    span = len({day for day in own["date"].to_pylist() if (newest - day).days % 7 == 0})
    tables = dict(live.tables)
    for name in (*WEEKLY, *JUDGED):
        parts = [tables[name].filter(~pc.field("indicator_id").isin(list(RETURNED.values())))]
        for question in [Question("", ANSWERING, ANSWERING), *questions]:
            rows = _copy_rows(tables[name].filter(pc.field("indicator_id") == question.copy_of), question)
            parts += _repeat(rows, newest=newest, span=span, weeks=WEEKS_A_YEAR * years) if name in WEEKLY else [rows]
        tables[name] = pa.concat_tables(parts).sort_by([(column, "ascending") for column in ORDER[name]])
    tables["indicators"] = _grow_indicators(tables["indicators"], questions)
    lost = set(RETURNED.values()) - {ANSWERING} - {one.indicator_id for one in questions}
    for name in ("recommendations", "spotlights"):
        named = [
            " ".join(i for i in words.split() if i not in lost) for words in tables[name]["indicators"].to_pylist()
        ]
        tables[name] = _replace(tables[name], "indicators", named)
    first = newest - dt.timedelta(weeks=WEEKS_A_YEAR * years - 1)
    sources = tables["sources"].select(["id", "data_from"]).to_pylist()
    since = [first if source["id"] == TRACKER else source["data_from"] for source in sources]
    tables["sources"] = _replace(tables["sources"], "data_from", since)
    return Contents(tables, live.data_date, live.inputs)


def _copy_rows(table: pa.Table, question: Question) -> pa.Table:
    """Return rows of an indicator as those of its copy."""
    if question.is_copy:
        table = _replace(table, "indicator_id", [question.indicator_id] * len(table))
        if "signal_id" in table.column_names:
            ids = [name.rpartition("-") for name in table["signal_id"].to_pylist()]
            table = _replace(table, "signal_id", [f"{head}_{question.word}-{code}" for head, _, code in ids])
    return table


def _repeat(table: pa.Table, *, newest: dt.date, span: int, weeks: int) -> Iterator[pa.Table]:
    """Yield the rows, and those of whole weeks again at earlier dates, until there are so many weeks."""
    yield table
    number = pc.cast(table["date"], pa.int32())
    age = pc.subtract((newest - dt.date(1970, 1, 1)).days, number)
    whole = table.filter(pc.equal(pc.subtract(age, pc.multiply(pc.divide(age, 7), 7)), 0))
    first = newest - dt.timedelta(weeks=weeks)
    for turn in range(1, math.ceil(weeks / span)):
        moved = whole
        for name in {"date", "since"} & set(table.column_names):
            days = pc.subtract(pc.cast(whole[name], pa.int32()), pa.scalar(7 * span * turn, pa.int32()))
            moved = moved.set_column(moved.column_names.index(name), moved.schema.field(name), days.cast(pa.date32()))
        if "q_england" in table.column_names:  # has a value at the newest date alone
            moved = _replace(moved, "q_england", [None] * len(moved))
        yield moved.filter(pc.field("date") > first)


def _grow_indicators(table: pa.Table, questions: list[Question]) -> pa.Table:
    frame = table.to_pandas()
    wanted = {one.indicator_id for one in questions} | {ANSWERING}
    kept = frame[~frame["id"].isin(RETURNED.values()) | frame["id"].isin(wanted)]
    copies = []
    for one in (one for one in questions if one.is_copy):
        row = frame[frame["id"] == one.copy_of].iloc[0]
        turn = one.word.rpartition("-")[2]
        names = {name: f"{row[name]}, copy {turn}" for name in ("name", "short_name")}
        copies.append(row.to_dict() | names | {"id": one.indicator_id, "position": len(frame) + len(copies)})
    return to_arrow("indicators", pd.concat([kept, pd.DataFrame(copies)], ignore_index=True) if copies else kept)


def _replace(table: pa.Table, name: str, values: list[object]) -> pa.Table:
    field = table.schema.field(name)
    return table.set_column(table.column_names.index(name), field, pa.array(values, field.type))
