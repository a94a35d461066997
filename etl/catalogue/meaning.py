"""How tables are found by what their headings say, where every edition of a file moves them.

A text has a meaning when it holds all that the meaning `says` and nothing that it must `never` hold. Both are regular
expressions, looked for anywhere in the text, in capitals or not.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from etl.catalogue.entry import Entry


def _compiles(pattern: str) -> str:
    """Return the pattern; ValueError when it is no regular expression."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


def is_said(pattern: str, text: str) -> bool:
    """Tell whether the pattern is found in the text, in capitals or not."""
    return re.search(pattern, text, re.IGNORECASE) is not None


class Meaning(Entry):
    """Something that a text can mean."""

    name: str
    says: tuple[Pattern, ...]
    never: tuple[Pattern, ...] = ()

    def fits(self, text: str) -> bool:
        """Tell whether the text has this meaning."""
        return all(is_said(pattern, text) for pattern in self.says) and not any(
            is_said(pattern, text) for pattern in self.never
        )


class Kind(Meaning):
    """What the figures of a column are. A share names its part and, in order of preference, its wholes.

    Shares are not loaded: they confirm that part and whole were read from the right columns.
    """

    part: str = ""
    whole: tuple[str, ...] = ()
    is_left_out: bool = False
    """The figures are understood and not used."""

    @model_validator(mode="after")
    def _share_is_whole(self) -> Kind:
        if bool(self.part) != bool(self.whole):
            raise ValueError("part and whole go together: give both or none")
        return self


class Block(Meaning):
    """A table inside a sheet, known by what stands above its column of names.

    `sheet` is looked for in the sheet's name, and in its title where no name fits. A measure is called after its group
    and kind. Where `rows` are groups, each row is a group and the figures are for `area`. Where they are dates, each
    group is called after an area's code, and a measure after its kind alone.
    """

    sheet: Pattern
    group: tuple[Meaning, ...]
    rows: Literal["areas", "groups", "dates"] = "areas"
    area: str = ""
    is_optional: bool = False
    without: tuple[str, ...] = ()
    """Authorities that this table is known not to list, though others of the source do."""
