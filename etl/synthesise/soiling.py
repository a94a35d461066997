"""Soiling: a sound row in, and out comes the same row with the fault of its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Cells = dict[str, str]
"""One row: the cell under each heading."""

UNKNOWN_COUNCIL = "Borsetshire County Council"
UNREADABLE = "Maybe"
EXCEL_NOUGHT = dt.datetime(1899, 12, 30)
SERIAL_DECIMALS = 5
"""Enough to give the second back."""
EARLIER = dt.timedelta(days=3)
"""How much older the earlier row of a location is that stands twice."""
OFFERED_BEFORE = {"Partly": "No", "Blue": "Green"}
GROUPS = ("Nurses", "Care_Workers", "Non_Care_Workers", "CQC_Care_Workers")
VACCINATED = ("Covid_Vaccination_Full_Course", "Received_Flu_Vaccination")
ACCENTS = (" – annexe", " (Café wing)")
"""Both can be written in Windows-1252, as other bytes than in UTF-8."""


def soil(cells: Cells, kind: str, *, spellings: tuple[str, ...], number: int) -> Cells:
    """Return the row with the fault of the kind; `spellings` are its council's, `number` is the home's."""
    return KINDS[kind](dict(cells), spellings, number)


def make_earlier(cells: Cells) -> Cells:
    """Return the row as it would have stood some days before."""
    earlier = {heading: _move(text) if _is_moment(heading) else text for heading, text in cells.items()}
    # These may not have been offered yet: a second fault would hide the one that is meant.
    return {heading: OFFERED_BEFORE.get(text, text) for heading, text in earlier.items()}


def _drop_id(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    return cells | {"CQC_ID": ""}


def _name_no_council(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    return cells | {"Local_Authority": "", "LocalAuthority": UNKNOWN_COUNCIL}


def _answer_unreadably(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    questions = [heading for heading in cells if _is_answer(heading)]
    return cells | {questions[number % len(questions)]: UNREADABLE}


def _keep(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    return cells


def _write_serial_dates(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    def write(moment: dt.datetime) -> str:
        return f"{(moment - EXCEL_NOUGHT) / dt.timedelta(days=1):.{SERIAL_DECIMALS}f}"

    return cells | _rewrite_moments(cells, write)


def _write_short_dates(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    return cells | _rewrite_moments(cells, lambda moment: f"{moment:%d/%m/%Y %H:%M}")


def _spell(place: int) -> Callable[[Cells, tuple[str, ...], int], Cells]:
    def spell(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
        return cells | {"LocalAuthority": spellings[min(place, len(spellings) - 1)]}

    return spell


def _separate_thousands(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    return cells | {heading: f"{int(text):,}" for heading, text in cells.items() if text.isdecimal()}


def _say(yes: str, no: str) -> Callable[[Cells, tuple[str, ...], int], Cells]:
    def say(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
        words = {"Yes": yes, "No": no}
        return cells | {name: words.get(text, text) for name, text in cells.items() if _is_answer(name)}

    return say


def _employ_nobody(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    counted = [name for name in cells if _is_care_staff(name) or name in VACCINATED]
    return cells | {name: "0" for name in counted if cells[name]}


def _employ_too_many(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    employed = [name for name in cells if name.endswith("Care_Workers_Employed") and _is_care_staff(name)]
    return cells | {name: str(1_000 + int(cells[name])) for name in employed if cells[name]}


def _make_all_agency(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    return cells | {f"Agency_{g}_Employed": cells[f"{g}_Employed"] for g in GROUPS if f"Agency_{g}_Employed" in cells}


def _be_absent_too_often(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    pairs = (
        ("Care_Workers_Absent_General", "Care_Workers_Employed"),
        ("CQC_Care_Workers_Absent", "CQC_Care_Workers_Employed"),
    )
    return cells | {absent: str(int(cells[employed]) + 2) for absent, employed in pairs if cells.get(employed)}


def _use_too_many_beds(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    if not cells["Max_Capacity"]:
        return cells
    return cells | {"Used_Beds": str(int(cells["Max_Capacity"]) + 3), "Declared_Vacancies": "0"}


def _accent_name(cells: Cells, spellings: tuple[str, ...], number: int) -> Cells:
    return cells | {"Location": cells["Location"] + ACCENTS[number % len(ACCENTS)]}


KINDS: dict[str, Callable[[Cells, tuple[str, ...], int], Cells]] = {
    "no id": _drop_id,
    "unknown council": _name_no_council,
    "unreadable answer": _answer_unreadably,
    "twice": _keep,
    "closed": _keep,
    "serial dates": _write_serial_dates,
    "short dates": _write_short_dates,
    "second spelling": _spell(1),
    "third spelling": _spell(2),
    "thousands": _separate_thousands,
    "letters": _say("Y", "N"),
    "true or false": _say("TRUE", "FALSE"),
    "nobody employed": _employ_nobody,
    "over a thousand employed": _employ_too_many,
    "agency only": _make_all_agency,
    "absent above employed": _be_absent_too_often,
    "beds above capacity": _use_too_many_beds,
    "accented name": _accent_name,
}


def _is_moment(heading: str) -> bool:
    return heading.endswith(("_UTC", "_BST"))


def _is_answer(heading: str) -> bool:
    return (heading.startswith("CHSP_") and not _is_moment(heading)) or heading == "Has_CQC_PPE_Issues"


def _is_care_staff(heading: str) -> bool:
    return heading.startswith(("Care_Workers_", "CQC_Care_Workers_"))


def _read(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _move(text: str) -> str:
    return str(_read(text) - EARLIER) if text else ""


def _rewrite_moments(cells: Cells, write: Callable[[dt.datetime], str]) -> Cells:
    return {heading: write(_read(text)) for heading, text in cells.items() if _is_moment(heading) and text}
