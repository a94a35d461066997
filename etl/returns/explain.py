"""Explain: why a row is refused, in words that quote the cell and the heading it stands under."""

from __future__ import annotations

from collections.abc import Callable

from etl.catalogue.return_model import Return
from etl.conform.cells import BAD, read_amount, read_count
from etl.conform.councils import Councils
from etl.conform.moments import read_moment
from etl.extract.home_level import HomeLevelFile
from etl.returns import rules
from etl.returns.homes import OPEN_WORDS


def explain_refusal(row: int, number: int, *, read: HomeLevelFile, layout: Return, councils: Councils) -> str:
    """Return what is wrong with one row of the extract, given the number of the rule that refused it."""
    cells = {name: str(read.table.column(name)[row].as_py()) for name in read.table.column_names}
    if number == rules.COUNCIL:
        return _explain_council(cells, layout, councils)
    if number == rules.ANSWER:
        return _explain_answers(cells, layout)
    if number == rules.NUMBER:
        wrong = _quote(cells, layout, "count", is_shown=lambda text: read_count(text) == BAD)
        wrong += _quote(cells, layout, "amount", is_shown=lambda text: read_amount(text) == BAD)
        return f"not a number from 0 up, whole where people or beds are counted: {'; '.join(wrong)}"
    if number == rules.DATE:
        unread = _quote(cells, layout, "moment", is_shown=lambda text: bool(text) and read_moment(text) == BAD)
        return f"the date cannot be read: {'; '.join(unread)}" if unread else "answers without a date"
    said: dict[int, tuple[str, str]] = {
        rules.TOTAL: ("a total row", "name"),
        rules.NO_ID: ("no CQC location id", "name"),
        rules.BAD_ID: ("not a CQC location id such as 1-123456789", "id"),
        rules.TWO_COUNCILS: ("two different councils", "council"),
        rules.FUTURE: ("after the extract's day", "moment"),
        rules.TWICE: ("the location stands in the file again, updated later or with other answers", "id"),
    }
    what, kind = said[number]
    return f"{what}: {'; '.join(_quote(cells, layout, kind, is_shown=bool)) or 'blank'}"


def name_home(row: int, *, read: HomeLevelFile, layout: Return) -> str:
    """Return the id and the name of the row's location as they stand."""
    columns = [column.name for column in layout.columns_of("id", "name") if column.name in read.table.column_names]
    cells = [str(read.table.column(name)[row].as_py()).strip() for name in reversed(columns)]
    return " ".join(filter(None, cells))


def _quote(cells: dict[str, str], layout: Return, kind: str, *, is_shown: Callable[[str], bool]) -> list[str]:
    columns = [column for column in layout.columns_of(kind) if column.name in cells]
    return [f"{c.headings[0]} is {cells[c.name]!r}" for c in columns if is_shown(cells[c.name].strip())]


def _explain_council(cells: dict[str, str], layout: Return, councils: Councils) -> str:
    # The council's own name stands last in a layout, and counts first.
    names = [cells[column.name].strip() for column in reversed(layout.columns_of("council")) if column.name in cells]
    named = next(filter(None, names), "")
    if not named:
        return "the row names no council"
    near = councils.suggest(named)
    return f"the council {named!r} is not known" + (f"; nearest: {', '.join(near)}" if near else "")


def _explain_answers(cells: dict[str, str], layout: Return) -> str:
    wrong = _quote(cells, layout, "status", is_shown=lambda text: text.casefold() not in OPEN_WORDS)
    for declared in layout.answers:
        later = declared.later.words if declared.later else ()

        def is_wrong(text: str, declared: object = declared, later: tuple[str, ...] = later) -> bool:
            return declared.meaning_of(text) is None or text.casefold() in later

        wrong += _quote(cells, layout, declared.kind, is_shown=is_wrong)
    return f"not an answer that was offered on the day: {'; '.join(wrong)}"
