"""Runs along the last axis of an array: where each began, marked at every point that belongs to it, -1 elsewhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def mark_runs(flags: NDArray[np.bool_], *, shortest: int) -> NDArray[np.int64]:
    """Return where the run of true flags began, at each point of a run of `shortest` or more; -1 elsewhere."""
    place = np.arange(flags.shape[-1])
    before = np.maximum.accumulate(np.where(flags, -1, place), axis=-1)
    after = np.flip(np.minimum.accumulate(np.flip(np.where(flags, place.size, place), axis=-1), axis=-1), axis=-1)
    return np.where(flags & (after - before - 1 >= shortest), before + 1, -1)


def mark_steps(flags: NDArray[np.bool_], *, shortest: int) -> NDArray[np.int64]:
    """Return the same for the points that runs of steps join: a step leads from its own place to the next.

    The result is one point longer than the flags.
    """
    steps = mark_runs(flags, shortest=shortest)
    none = np.full((*flags.shape[:-1], 1), -1)
    arriving, leaving = np.concatenate([none, steps], axis=-1), np.concatenate([steps, none], axis=-1)
    return np.where(arriving >= 0, arriving, leaving)


def mark_pairs(flags: NDArray[np.bool_], *, given: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where two true flags of three neighbouring given points began, at each flag of such a three; -1 elsewhere.

    Threes that share a flag are one: it began at the first flag of the first.
    """
    place = np.arange(flags.shape[-1])
    is_member = np.zeros(flags.shape, dtype=bool)
    windows = max(place.size - 2, 0)
    threes = [slice(start, start + windows) for start in range(3)]
    is_hit = np.sum([flags[..., three] for three in threes], axis=0) >= 2
    is_hit &= np.all([given[..., three] for three in threes], axis=0)
    for three in threes:
        is_member[..., three] |= is_hit & flags[..., three]
    earlier = _last(is_member, place)
    is_first = is_member & ((place - earlier > 2) | (_last(~given, place) > earlier))
    return np.where(is_member, np.maximum.accumulate(np.where(is_first, place, -1), axis=-1), -1)


def _last(flags: NDArray[np.bool_], place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of the last true flag before each point, far below 0 where there is none."""
    none = -(place.size + 3)
    found = np.maximum.accumulate(np.where(flags, place, none), axis=-1)
    return np.concatenate([np.full((*flags.shape[:-1], min(1, place.size)), none), found[..., :-1]], axis=-1)
