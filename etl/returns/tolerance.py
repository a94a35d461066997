"""Tolerance: totals that jump between extracts are a sign of a broken one until somebody accepts them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from etl.catalogue.return_model import Return
from etl.catalogue.whole import Catalogue
from etl.errors import InputError, Problem


def check_totals(
    records: Sequence[dict[str, Any]], *, layout: Return, catalogue: Catalogue, known: set[str], folder: str
) -> None:
    """Raise InputError when the open homes of neighbouring extracts differ by more than is tolerated, or answers fall.

    `known` holds the hashes of extracts that are live already: somebody has accepted what lies between two of those.
    """
    problems = [
        Problem(after["file"], what)
        for before, after in pairwise(records)
        if not {before["sha256"], after["sha256"]} <= known
        for what in _find_jumps(before, after, layout)
    ]
    if problems:
        raise InputError(folder, problems, remedy=catalogue.rule("totals_jump").what_to_do)


def _find_jumps(before: dict[str, Any], after: dict[str, Any], layout: Return) -> list[str]:
    found = []
    for name, words, is_fall_only in (
        ("open", f"open {layout.place}s", False),
        ("answering", f"{layout.place}s with a current answer", True),
    ):
        was, now = before["totals"][name], after["totals"][name]
        change = 100 * (now - was) / was if was else 0.0
        if abs(change) > layout.most_total_change_percent and (change < 0 or not is_fall_only):
            found.append(
                f"{now:,} {words}, {abs(change):.0f}% {'fewer' if change < 0 else 'more'} than the {was:,} of "
                f"{before['date']}; at most {layout.most_total_change_percent:g}% is tolerated"
            )
    return found
