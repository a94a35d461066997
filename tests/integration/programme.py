"""A linear programme: unknown counts, what is known of sums of them, and how far that leaves each open."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

ROUNDING = 1e-6
UNBOUNDED = 3
"""What linprog calls a sum that nothing bounds."""
Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Sum:
    """A sum of unknowns, each with a factor, and a number."""

    terms: dict[Key, float] = field(default_factory=dict)
    constant: float = 0.0

    def __add__(self, other: Sum) -> Sum:
        """Return the sum of the two."""
        terms = dict(self.terms)
        for key, factor in other.terms.items():
            terms[key] = terms.get(key, 0.0) + factor
        return Sum(terms, self.constant + other.constant)

    def __mul__(self, factor: float) -> Sum:
        """Return so many times the sum."""
        return Sum({key: value * factor for key, value in self.terms.items()}, self.constant * factor)

    def __sub__(self, other: Sum) -> Sum:
        """Return the difference of the two."""
        return self + other * -1.0


class Programme:
    """Unknowns of at least 0, and lines that say what is known of them."""

    def __init__(self) -> None:
        self.places: dict[Key, int] = {}
        self.equal: list[Sum] = []
        self.at_most: list[Sum] = []
        self.contradictions: list[Sum] = []
        """Known numbers that do not fit each other: none, or somebody has misread the tables."""

    def unknown(self, key: Key) -> Sum:
        """Return the unknown of this name."""
        self.places.setdefault(key, len(self.places))
        return Sum({key: 1.0})

    def say_equal(self, left: Sum, right: Sum | float) -> None:
        """Note that two sums are the same."""
        difference = left - (right if isinstance(right, Sum) else Sum({}, right))
        if difference.terms:
            self.equal.append(difference)
        elif abs(difference.constant) > ROUNDING:
            self.contradictions.append(difference)

    def say_at_most(self, left: Sum, right: Sum) -> None:
        """Note that one sum is no more than another."""
        difference = left - right
        if difference.terms:
            self.at_most.append(difference)
        elif difference.constant > ROUNDING:
            self.contradictions.append(difference)

    def bound(self, targets: dict[Key, Sum]) -> dict[Key, tuple[float, float]]:
        """Return the least and the greatest value of each target that everything known allows."""
        lines = [*self.equal, *self.at_most]
        matrix, limits = self._to_matrix(lines), -np.array([line.constant for line in lines])
        # Unknowns that no chain of lines joins have nothing to say to each other.
        _, part_of = connected_components(abs(matrix.T) @ abs(matrix), directed=False)
        part_of_line = np.array([part_of[self.places[next(iter(line.terms))]] for line in lines])
        is_equal = np.arange(len(lines)) < len(self.equal)
        bounds = {}
        for key, target in targets.items():
            parts = list({part_of[self.places[name]] for name in target.terms})
            columns, rows = np.isin(part_of, parts), np.isin(part_of_line, parts)
            same, less = rows & is_equal, rows & ~is_equal
            costs = self._to_matrix([target]).toarray()[0, columns]
            known = {"A_eq": matrix[same][:, columns], "b_eq": limits[same]}
            known |= {"A_ub": matrix[less][:, columns], "b_ub": limits[less]}
            least, greatest = _minimise(costs, known), -_minimise(-costs, known)
            bounds[key] = (target.constant + least, target.constant + greatest)
        return bounds

    def _to_matrix(self, lines: list[Sum]) -> csr_array:
        rows = [row for row, line in enumerate(lines) for _ in line.terms]
        columns = [self.places[key] for line in lines for key in line.terms]
        factors = [factor for line in lines for factor in line.terms.values()]
        return coo_array((factors, (rows, columns)), shape=(len(lines), len(self.places))).tocsr()


def _minimise(costs: np.ndarray, known: dict[str, object]) -> float:
    result = linprog(costs, **known, bounds=(0, None), method="highs")
    if result.status == UNBOUNDED:
        return -np.inf
    if result.status:
        raise RuntimeError(f"The programme cannot be solved: {result.message}")
    return float(result.fun)
