"""The CQC register: how many homes and beds each authority has, and which homes are in no extract or on no register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.catalogue.return_model import Register, Return
from etl.catalogue.whole import Catalogue
from etl.conform.councils import Councils
from etl.errors import InputError, Problem
from etl.extract.cqc_register import read_register
from etl.extract.files import hash_file
from etl.returns.files import SIDECARS
from etl.returns.findings import describe
from etl.returns.intake import Intake
from etl.returns.store import RestrictedStore

GOOD = ("Good", "Outstanding")
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
LOCATION_ID = r"^1-[0-9]{6,12}$"


def take_in_register(file: Path, *, layout: Register, councils: Councils, date: dt.date) -> Intake:
    """Return the register's care homes and its counts by authority; InputError when a council is not known."""
    table = read_register(file)
    authorities, authority = _find_authorities(file, table, councils, date=date)
    active = ~table.column("is_dormant").to_numpy(zero_copy_only=False)
    is_home = active & table.column("is_care_home").to_numpy(zero_copy_only=False)
    is_domiciliary = active & table.column("is_domiciliary").to_numpy(zero_copy_only=False)
    beds = pc.fill_null(table.column("beds"), 0).to_numpy()
    ratings = table.column("rating").to_numpy(zero_copy_only=False)

    def tally(chosen: NDArray[np.bool_], weights: NDArray | None = None) -> NDArray[np.int64]:
        weighed = weights[chosen] if weights is not None else None
        return np.bincount(authority[chosen], weights=weighed, minlength=len(authorities)).astype(np.int64)

    counts = {
        "care_homes": tally(is_home),
        "beds": tally(is_home, beds),
        "rated": tally(is_home & np.isin(ratings, RATINGS)),
        "good": tally(is_home & np.isin(ratings, GOOD)),
        "home_care": tally(is_domiciliary),
    }
    numbered = pc.match_substring_regex(table.column("location_id"), LOCATION_ID).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(is_home & numbered)
    ids = pc.cast(pc.utf8_slice_codeunits(table.column("location_id").take(pa.array(rows)), 2), pa.int64()).to_numpy()
    order = np.argsort(ids, kind="stable")
    homes = {
        "location_id": ids[order],
        "area_code": pa.DictionaryArray.from_arrays(authority[rows][order], pa.array(authorities, pa.string())),
    }
    return Intake(
        record={
            "source_id": layout.id,
            "file": file.name,
            "date": date.isoformat(),
            "sha256": hash_file(file),
            "size": file.stat().st_size,
            "is_verified": any(file.with_name(file.name + ending).exists() for ending in SIDECARS),
            "is_illustrative": bool(pc.any(table.column("is_illustrative")).as_py()),
            "rows_read": table.num_rows,
            "rows_accepted": table.num_rows,
            "rows_refused": 0,
            "refused_by_rule": {},
            "totals": {"open": int(is_home.sum()), "answering": int(is_home.sum())},
        },
        homes=pa.table(homes),
        counts=pa.table({"area_code": pa.array(authorities, pa.string())} | counts),
        refused=(),
    )


def compare_with_register(
    store: RestrictedStore,
    *,
    layout: Return,
    register: Register,
    catalogue: Catalogue,
    extract_date: dt.date,
    register_dates: Sequence[dt.date],
) -> list[dict[str, Any]]:
    """Return a finding for each authority with homes that are only on the register, or only in the newest extract.

    Nothing where no register lies near enough to the extract.
    """
    near = [day for day in register_dates if abs((extract_date - day).days) <= register.most_days_apart]
    if not near:
        return []
    nearest = min(near, key=lambda day: (abs((extract_date - day).days), day))
    registered = store.read_homes(register.id, nearest, columns=["location_id", "area_code"])
    extract = store.read_homes(layout.id, extract_date, columns=["location_id", "area_code", "is_open"])
    is_open = extract.column("is_open").to_numpy(zero_copy_only=False)
    ids, listed = extract.column("location_id").to_numpy(), registered.column("location_id").to_numpy()
    open_areas, listed_areas = _codes(extract), _codes(registered)
    comparisons = (
        ("not_on_the_register", open_areas[is_open & ~np.isin(ids, listed)], open_areas[is_open]),
        ("absent_from_the_tracker", listed_areas[~np.isin(listed, ids)], listed_areas),
    )
    return [
        describe(
            catalogue,
            rule,
            layout=layout,
            date=extract_date,
            area_code=str(code),
            homes=int(count),
            open_homes=int((everyone == code).sum()),
        )
        for rule, found, everyone in comparisons
        for code, count in zip(*np.unique(found, return_counts=True), strict=True)
    ]


def _codes(table: pa.Table) -> NDArray[np.object_]:
    return table.column("area_code").cast(pa.string()).to_numpy(zero_copy_only=False).astype(str)


def _find_authorities(
    file: Path, table: pa.Table, councils: Councils, *, date: dt.date
) -> tuple[list[str], NDArray[np.int32]]:
    encoded = table.column("council_name").combine_chunks().dictionary_encode()
    names = encoded.dictionary.to_pylist()
    found = councils.find(names, on=date)
    rows = table.column("place").to_numpy()
    first = {name: int(rows[encoded.indices.to_numpy() == place][0]) for place, name in enumerate(names)}
    problems = [
        Problem(
            f"row {first[name]}",
            f"the council {name!r} is not known; nearest: {', '.join(councils.suggest(name)) or 'none'}",
        )
        for name, code in zip(names, found, strict=True)
        if code is None
    ]
    if problems:
        raise InputError(file, problems, remedy=REMEDY)
    codes = sorted({code for code in found if code})
    positions = {code: place for place, code in enumerate(codes)}
    return codes, np.array([positions[code] for code in found], dtype=np.int32)[encoded.indices.to_numpy()]


REMEDY = "Correct the council's name, or declare the spelling in data/lookups/councils.csv."
