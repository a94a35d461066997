"""The typed form of signals.toml and answering.toml: what is a reason to look at an area, and whom it leads to."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

from pydantic import Field

from etl.catalogue.entry import Entry


class Signal(Entry):
    """A rule that finds signals: its words, its thresholds, and what the numbers are that it rests on."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    name: str
    words: str
    threshold: str
    numbers: dict[str, float]
    """The thresholds, by the names that the rule's code uses."""
    indicators: tuple[str, ...]
    """Which indicators it is tried on; a star stands for any letters."""
    ask: str
    clears: str
    answer: Literal["", "no", "none"] = ""
    """The answer of the homes that somebody who is entitled may want to list; empty where no homes stand behind it."""
    evidence: dict[str, str]
    """What each number of the evidence is, by its name."""

    def concerns(self, indicator_id: str) -> bool:
        """Tell whether the rule is tried on this indicator."""
        return any(fnmatchcase(indicator_id, name) for name in self.indicators)


class Answering(Entry):
    """The recommendation that a signal on an indicator leads to first."""

    indicator: str
    recommendation: int = Field(ge=1, le=52)
