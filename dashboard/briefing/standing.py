"""What a pack asks of its area before anything is written: the views that several parts share, each asked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import views
from dashboard.measures import DEFAULT_MEASURE
from dashboard.selection import Selection
from dashboard.store import Snapshot
from dashboard.views import national
from dashboard.views.areas import wider_areas

KINDS = {"country": "England", "region": "region", "authority": "council"}


@dataclass(frozen=True, eq=False)
class Standing:
    """An area in a snapshot, and the views of it. One query feeds every part, so that none contradicts another."""

    snapshot: Snapshot
    code: str

    @property
    def selection(self) -> Selection:
        """Return the selection that the area's page has without a query."""
        return Selection(area_code=self.code, measure=DEFAULT_MEASURE)

    @property
    def name(self) -> str:
        """Return the area's name."""
        return str(self.snapshot.areas.at[self.code, "name"])

    @property
    def kind(self) -> str:
        """Return "country", "region" or "authority"."""
        return str(self.snapshot.areas.at[self.code, "kind"])

    @property
    def areas(self) -> list[str]:
        """Return the codes of the area and of those above it."""
        return [self.code, *wider_areas(self.snapshot, self.code)]

    @cached_property
    def has_returns(self) -> bool:
        """Tell whether answers to the 13 questions are held for the area."""
        return views.has_returns(self.snapshot, area=self.code)

    @cached_property
    def plan(self) -> pd.DataFrame:
        """Return the 13 measures as published for England."""
        return views.VIEWS["measures"](self.snapshot, self.selection)

    @cached_property
    def profile(self) -> pd.DataFrame:
        """Return the newest answers of the area beside wider ones."""
        return views.show_profile(self.snapshot, self.selection)

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Return the newest answers of the areas inside it, or of its region's councils."""
        return views.show_matrix(self.snapshot, self.selection)

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """Return the area's own series with their usual ranges."""
        return views.show_ranges(self.snapshot, self.selection)

    @cached_property
    def limits(self) -> pd.DataFrame:
        """Return how the newest answers stand to their usual ranges, by indicator."""
        return national.find_standing(self.snapshot, self.selection)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Return the changes of the 13 questions since the longer of two spans; empty across a break."""
        held = views.show_changes(self.snapshot, self.selection)
        return held[held["date_from"] == held["date_from"].min()].reset_index(drop=True)

    @cached_property
    def deaths(self) -> pd.DataFrame:
        """Return weekly deaths in care homes."""
        return views.show_deaths(self.snapshot, self.selection)

    @cached_property
    def outbreaks(self) -> pd.DataFrame:
        """Return weekly outbreaks."""
        return views.show_outbreaks(self.snapshot, self.selection)

    @cached_property
    def staff(self) -> pd.DataFrame:
        """Return the newest figures of staff and home care from returns."""
        return views.show_staff(self.snapshot, self.selection)

    @cached_property
    def jobs(self) -> pd.DataFrame:
        """Return the newest published turnover and vacancies."""
        return views.show_jobs(self.snapshot, self.selection)


def has_own(frame: pd.DataFrame) -> bool:
    """Tell whether the area itself has a figure in the rows."""
    return bool(frame.loc[frame["role"] == "area", "value"].notna().any())
