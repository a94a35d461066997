"""Chance: every random number of a made-up set, from the seed and a name, never from the clock or the order of work."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

STEP_WHO, STEP_WHEN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
LAST_SHIFT, UNUSED_BITS = np.uint64(31), np.uint64(11)


@dataclass(frozen=True)
class Chance:
    """The source of all chance in one set: the same seed, name and numbers give the same result."""

    seed: int

    def generator(self, name: str, *numbers: int) -> np.random.Generator:
        """Return a generator of its own for the name and the numbers (a day, say)."""
        return np.random.Generator(np.random.PCG64([self.seed, zlib.crc32(name.encode()), *numbers]))

    def draw(self, name: str, who: ArrayLike, when: ArrayLike = 0) -> NDArray[np.float64]:
        """Return a number from 0 up to 1 for each of `who` at `when` (whole numbers from 0), as if drawn at random.

        Nothing is remembered: what a home draws for a day is the same in a daily set and in a weekly one.
        Mixing: the finaliser of Steele, Lea and Flood's SplitMix (2014).
        """
        start = self.generator(name).integers(2**64, dtype=np.uint64)
        who, when = (np.atleast_1d(np.asarray(part)).astype(np.uint64) for part in (who, when))
        with np.errstate(over="ignore"):  # the numbers are meant to run over
            mixed = start + who * STEP_WHO + when * STEP_WHEN
            for shift, factor in MIX:
                mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        return ((mixed ^ (mixed >> LAST_SHIFT)) >> UNUSED_BITS) * 2.0**-53
