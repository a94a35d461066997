"""The errors that the ETL raises on purpose: each names the file, the place and the remedy.

Only `etl.__main__` catches them. Anything else that escapes is a fault of ours and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHOWN_AT_MOST = 20


class EtlError(Exception):
    """An error that a person can mend; `exit_code` is what a scheduler sees."""

    exit_code = 1


class MisuseError(EtlError):
    """A command cannot be run as it was given; the message says what it needs."""

    exit_code = 2


class CatalogueError(EtlError):
    """The catalogue (`etl/catalogue/*.toml`) or a lookup table contradicts itself."""

    exit_code = 3


class SnapshotError(EtlError):
    """A snapshot is missing, damaged or cannot be written."""

    exit_code = 4


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it stands and what is wrong with it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


class InputError(EtlError):
    """A source file is refused whole; every problem found is listed, not only the first."""

    def __init__(self, file: Path | str, problems: Sequence[Problem], *, remedy: str) -> None:
        self.file = str(file)
        self.problems = tuple(problems)
        self.remedy = remedy
        super().__init__(self._message())

    def _message(self) -> str:
        count = len(self.problems)
        lines = [f"{self.file} is refused: {count} problem{'s' if count != 1 else ''}."]
        lines += [f"  - {problem}" for problem in self.problems[:SHOWN_AT_MOST]]
        if count > SHOWN_AT_MOST:
            lines.append(f"  - and {count - SHOWN_AT_MOST} more of the same kinds")
        lines.append(f"What to do: {self.remedy}")
        return "\n".join(lines)


def join_errors(errors: Sequence[EtlError]) -> EtlError:
    """Return the one error, or one that says them all; what several say alike is said once."""
    said = dict.fromkeys(map(str, errors))
    return errors[0] if len(said) == 1 else EtlError("\n\n".join(said))
