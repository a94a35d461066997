"""The districts of England in 2020-21 and 2021-22, and those that ended in 2020, with their authorities."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.errors import EtlError
from etl.lookups.ons import SUCCESSORS, read_ons_file

DISTRICT_COLUMNS = ["code", "name", "authority_code", "valid_from", "valid_to"]
SAME_OUTLINE = {new: old for old, (new, kind) in SUCCESSORS.items() if kind == "same outline"}


def make_districts(source: Path) -> pd.DataFrame:
    """One row per district, by code, with its authority; a unitary authority is its own district.

    Columns DISTRICT_COLUMNS, all text; dates are blank where a code began before or ended after the two years.
    Raises EtlError where a file is missing or the two years put a district into two authorities.
    """
    in_2020 = read_ons_file(source, "ltla20-utla20.csv")
    in_2020 = in_2020.set_index("ltla20_code")[["ltla20_name", "utla20_code"]]
    in_2021 = pd.DataFrame(read_ons_file(source, "ltla21-utla21.json"))
    in_2021 = in_2021.set_index("LTLA21CD")[["LTLA21NM", "UTLA21CD"]]
    years = [table.set_axis(["name", "authority_code"], axis=1) for table in (in_2020, in_2021)]
    years = [table[table.index.str.startswith("E")] for table in years]
    both = years[0].index.intersection(years[1].index)
    moved = both[years[0].loc[both, "authority_code"] != years[1].loc[both, "authority_code"]]
    if len(moved):
        raise EtlError(f"ltla20-utla20.csv and ltla21-utla21.json put {', '.join(moved)} into two authorities.")

    changes = read_ons_file(source, "changes.csv").query("type == 'merger' and start == '2020'")
    ended = changes[changes["newcd"].isin(years[0].index)].set_index("oldcd")
    before = pd.DataFrame({"name": ended["oldnm"], "authority_code": ended["newcd"].map(SAME_OUTLINE)})
    if before["authority_code"].isna().any():
        raise EtlError(
            f"changes.csv: the authority of {', '.join(before.index[before.isna().any(axis=1)])} is not known."
        )

    districts = pd.concat([before, years[0], years[1].drop(index=both)])
    begun = {code: "2020-04-01" for code in ended["newcd"]} | {
        code: "2021-04-01" for code in years[1].index.difference(both)
    }
    over = {code: "2020-03-31" for code in before.index} | {
        code: "2021-03-31" for code in years[0].index.difference(both)
    }
    dated = districts.rename_axis("code").reset_index().sort_values("code", kind="stable")
    dated = dated.assign(valid_from=dated["code"].map(begun), valid_to=dated["code"].map(over)).fillna("")
    return dated[DISTRICT_COLUMNS].reset_index(drop=True)
