"""Neighbours: figures that would give a hidden one back by subtraction, and so are hidden too.

A published total and its shown parts tell what its hidden parts add up to. Let n hidden parts be counts x of wholes w
(yes of the homes that answered, absent of staff). Even who knows every w learns no x exactly as long as n is at least
2 and 0 < sum x < sum w: any x can be one more or one less, and another part makes up for it. A hidden region passes
its hidden authorities on to England's total, where the same must hold, over two regions at least.

Each date is looked at by itself, so a later extract never uncovers what an earlier snapshot hid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.disclosure.places import Region, Tree

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Counts:
    """One indicator's counts as areas by dates."""

    part: Matrix
    """Above the line: yes, absent, ..."""
    whole: Matrix
    """Below the line: infinite where nothing bounds the part, 0 where there is nothing to tell."""
    is_held: Flags
    least: int
    """The least that a hidden part can be, to somebody who knows the rules: 1 for people, whose true 0 is shown."""

    def take(self, rows: NDArray[np.intp], dates: NDArray[np.intp] | slice = slice(None)) -> Counts:
        """Return the counts of some areas, on all dates or on some."""
        taken = (matrix[rows][:, dates] for matrix in (self.part, self.whole, self.is_held))
        return Counts(*taken, least=self.least)


@dataclass(frozen=True)
class Sums:
    """What hidden parts add up to on each date, and how many of them there are."""

    number: NDArray[np.int64]
    part: Matrix
    whole: Matrix


def find_neighbours(counts: Counts, hidden: Flags, *, tree: Tree) -> Flags:
    """Return what is hidden, areas by dates, with the neighbours that must be hidden too."""
    hidden = hidden & counts.is_held
    for region in tree.regions:
        _protect_within(region, counts, hidden)
    places = np.array([region.place for region in tree.regions], dtype=np.intp)
    for date in np.flatnonzero(hidden[places].any(axis=0) & ~hidden[tree.england]):
        _protect_regions(tree, counts.take(slice(None), np.array([date])), hidden[:, date : date + 1])
    return hidden


def add_up(counts: Counts, hidden: Flags) -> Sums:
    """Return the sums of the hidden parts that can tell something."""
    tells = hidden & (counts.whole > 0)
    part, whole = (np.where(tells, numbers, 0).sum(axis=0) for numbers in (counts.part, counts.whole))
    return Sums(tells.sum(axis=0), part, whole)


def is_exposed(sums: Sums, *, least: int) -> Flags:
    """Return, for each date, whether to know these sums is to know one of the parts."""
    return (sums.number < 2) | (sums.part <= least * sums.number) | (sums.part >= sums.whole)


def choose_neighbour(counts: Counts, *, is_free: Flags, beside: Sums) -> NDArray[np.intp]:
    """Return, for each date, the first area that protects what is hidden; -1 where none does.

    First choice is an area with both yes and no in it: it does beside anything, so which one was taken tells nothing
    of the figure that it protects.
    """
    is_free = is_free & counts.is_held & (counts.whole > 0)
    has_yes, has_no = counts.part > counts.least, counts.part < counts.whole
    is_mixed = is_free & has_yes & has_no
    needs_yes, needs_no = beside.part <= counts.least * beside.number, beside.part >= beside.whole
    will_do = is_free & (counts.part >= counts.least) & (has_yes | ~needs_yes) & (has_no | ~needs_no)
    first, second = is_mixed.any(axis=0), will_do.any(axis=0)
    if not len(is_free):
        return np.full(len(first), -1)
    return np.select([first, second], [is_mixed.argmax(axis=0), will_do.argmax(axis=0)], default=-1)


def _protect_within(region: Region, counts: Counts, hidden: Flags) -> None:
    """Hide authorities of the region until its total tells nothing, or the total where no authority helps."""
    dates = np.flatnonzero(hidden[region.parts].any(axis=0) & ~hidden[region.place])
    while dates.size:
        own, found = counts.take(region.parts, dates), hidden[np.ix_(region.parts, dates)]
        sums = add_up(own, found)
        choice = choose_neighbour(own, is_free=~found, beside=sums)
        exposed, helps = is_exposed(sums, least=counts.least), choice >= 0
        hidden[region.parts[choice[exposed & helps]], dates[exposed & helps]] = True
        hidden[region.place, dates[exposed & ~helps & (sums.number > 0)]] = True
        dates = dates[exposed & helps]


def _protect_regions(tree: Tree, counts: Counts, hidden: Flags) -> None:
    """Hide regions, each with an authority in it, until England's total tells nothing, or England; on one date."""
    while True:
        inside = [region for region in tree.regions if hidden[region.place, 0]]
        rows = np.concatenate([region.parts for region in inside])
        # The authorities that a hidden region hides are all that its total does not tell.
        sums = add_up(counts.take(rows), hidden[rows])
        telling = sum(_hides_something(region, counts, hidden) for region in inside)
        if telling == 0 or (telling > 1 and not is_exposed(sums, least=counts.least)[0]):
            return
        free = [r for r in tree.regions if counts.is_held[r.place, 0] and not hidden[r.place, 0]]
        if not _hide_region(free, counts, hidden, beside=sums):
            hidden[tree.england] = True
            return


def _hide_region(free: list[Region], counts: Counts, hidden: Flags, *, beside: Sums) -> bool:
    """Hide one more region, if one helps: one that hides authorities already, or else with the first that does."""
    chosen = next((region for region in free if _hides_something(region, counts, hidden)), None)
    if chosen is None:
        rows = np.concatenate([region.parts for region in free]) if free else np.zeros(0, dtype=np.intp)
        (choice,) = choose_neighbour(counts.take(rows), is_free=~hidden[rows], beside=beside)
        if choice < 0:
            return False
        hidden[rows[choice]] = True
        chosen = next(region for region in free if rows[choice] in region.parts)
    hidden[chosen.place] = True
    return True


def _hides_something(region: Region, counts: Counts, hidden: Flags) -> bool:
    """Return whether an authority that tells something is hidden in the region; on one date."""
    return bool(add_up(counts.take(region.parts), hidden[region.parts]).number[0])
