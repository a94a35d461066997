"""Authorities whose figures a source counts with those of another, which must be seen and not silent."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.catalogue.model import Source
from etl.errors import InputError, Problem


def mark_combined(figures: pd.DataFrame, *, source: Source, file: Path) -> pd.DataFrame:
    """Return the figures with a row, not applicable (`z`), for each authority that is counted with another.

    Raises InputError when such an authority has figures of its own after all: they would be counted twice.
    """
    absent = [code for others in source.combines.values() for code in others]
    own = figures[figures["area_code"].isin(absent)]
    if len(own):
        problems = [
            Problem(row.place, f"{row.area_code} has a figure, but is declared to be counted with another authority")
            for row in own.itertuples()
        ]
        remedy = "Take `combines` of this source out of etl/catalogue/sources.toml if the publisher now divides them."
        raise InputError(file, problems, remedy=remedy)
    marked = [
        figures[figures["area_code"] == code].assign(area_code=other, value=float("nan"), status="z")
        for code, others in source.combines.items()
        for other in others
    ]
    return pd.concat([figures, *marked], ignore_index=True) if marked else figures
