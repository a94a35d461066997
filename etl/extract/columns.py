"""What the columns of a table are, by the texts that stand over them: whose figures, and of which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.catalogue.meaning import Block, Kind, Meaning
from etl.errors import Problem
from etl.extract.zones import Reading, Zone, is_number, name_place

AREA_CODE = re.compile(r"^[EWSN]\d{8}$")
HIGHEST_FRACTION = 1.5
"""A column of shares whose highest is above this prints per cents, otherwise fractions of one."""
MOST_POINTS_APART = 1.0
"""A printed share may be this many percentage points from its counts: publishers round to whole per cents."""


@dataclass(frozen=True)
class Column:
    """A column that is understood: where it is, whose figures it has (empty where each row says), and their kind.

    A share has the places of its part and its whole; `scale` makes it per cents.
    """

    at: int
    group: str
    kind: Kind
    scale: float = 1.0
    part_at: int = -1
    whole_at: int = -1


@dataclass(frozen=True)
class Labels:
    """The columns that name a row: the area's name, and its code where there is one (otherwise -1)."""

    name_at: int
    code_at: int = -1


def find_labels(zone: Zone, block: Block, *, reading: Reading) -> Labels | None:
    """Return where a table's names and codes stand; None when more than one column could hold the names.

    Codes are known by their form, in whatever column; the names then by the words that the block looks for.
    """
    codes = [
        at
        for at in zone.labels
        if all(AREA_CODE.match(text) for _, cells in zone.rows if (text := reading.text(cells[at])))
    ]
    others = [at for at in zone.labels if at not in codes]
    names = others if len(others) == 1 else [at for at in others if block.fits(zone.labels[at])]
    return Labels(names[0], codes[0] if codes else -1) if len(names) == 1 and len(codes) < 2 else None


def understand_columns(
    zone: Zone, block: Block, *, kinds: tuple[Kind, ...], sheet: str, title: str
) -> tuple[list[Column], list[Problem]]:
    """Return the columns of a table, and a problem for each that is not understood, means two things or stands twice.

    Whose figures they are is looked for over the column, then over the names, then in the sheet's name and title.
    """
    columns: dict[tuple[str, str], Column] = {}
    problems = []
    for at, heading in zone.headings.items():
        place = name_place(sheet, heading.row, at)
        kind, unclear = _choose(kinds, heading.text, place=place, wanted="what its figures are")
        group = None
        if kind and not kind.is_left_out and block.rows != "groups":
            context = next((text for text in (heading.text, zone.corner) if _list_fitting(block.group, text)), title)
            group, unclear = _choose(
                block.group, context, place=place, wanted="whose figures these are", said=heading.text
            )
        problems += unclear
        if kind and not kind.is_left_out and not unclear:
            column = Column(at, group.name if group else "", kind, _find_scale(zone, at))
            same = columns.setdefault((column.group, kind.name), column)
            if same is not column:
                other = name_place(sheet, zone.headings[same.at].row, same.at)
                problems.append(Problem(place, f"the heading {heading.text!r} means the same as that of {other}"))
    return _tie_shares(columns, problems, zone=zone, sheet=sheet), problems


def find_group(label: str, block: Block, *, place: str) -> tuple[str, list[Problem]]:
    """Return the name of the group that a row is of, or an empty one and a problem."""
    group, problems = _choose(block.group, label, place=place, wanted="whose figures these are")
    return group.name if group else "", problems


def check_shares(cells: list[object], columns: list[Column], *, sheet: str, row: int) -> list[Problem]:
    """Return a problem for each printed share that its counts do not give: a column was misread, or misprinted."""
    problems = []
    for column in columns:
        if not column.kind.part:
            continue
        printed, part, whole = (
            cells[at] if at < len(cells) else "" for at in (column.at, column.part_at, column.whole_at)
        )
        if not (is_number(printed) and is_number(part) and is_number(whole)) or not whole:
            continue
        if abs(100 * part / whole - column.scale * printed) > MOST_POINTS_APART:
            what = f"the share printed is {column.scale * printed:.1f}%, but {part:,.0f} of {whole:,.0f} is "
            problems.append(Problem(name_place(sheet, row, column.at), f"{what}{100 * part / whole:.1f}%"))
    return problems


def _list_fitting(meanings: tuple[Meaning, ...], text: str) -> list[Meaning]:
    return [meaning for meaning in meanings if meaning.fits(text)]


def _choose(
    meanings: tuple[Meaning, ...], text: str, *, place: str, wanted: str, said: str = ""
) -> tuple[Meaning | None, list[Problem]]:
    """Return the one meaning that fits the text, or None and the problem that there is none or more than one."""
    fitting = _list_fitting(meanings, text)
    if len(fitting) == 1:
        return fitting[0], []
    names = " or ".join(meaning.name.replace("_", " ") for meaning in fitting)
    why = f"it could be {names}" if fitting else "nothing that is declared fits"
    return None, [Problem(place, f"the heading {said or text!r} does not say {wanted}: {why}")]


def _find_scale(zone: Zone, at: int) -> float:
    numbers = [cells[at] for _, cells in zone.rows if at < len(cells) and is_number(cells[at])]
    return 1.0 if max(numbers, default=0.0) > HIGHEST_FRACTION else 100.0


def _tie_shares(
    columns: dict[tuple[str, str], Column], problems: list[Problem], *, zone: Zone, sheet: str
) -> list[Column]:
    """Return the columns, each share with the places of its counts; a share without counts becomes a problem."""
    tied = []
    for (group, _), column in columns.items():
        kind = column.kind
        if not kind.part:
            tied.append(column)
            continue
        part = columns.get((group, kind.part))
        whole = next((columns[group, name] for name in kind.whole if (group, name) in columns), None)
        if part and whole:
            tied.append(Column(column.at, group, kind, column.scale, part.at, whole.at))
        else:
            heading = zone.headings[column.at]
            what = f"the counts behind the share {heading.text!r} are not printed"
            problems.append(Problem(name_place(sheet, heading.row, column.at), what))
    return tied
