"""Published figures as the rules read them, made for the purpose: quiet everywhere, until a test changes one."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from etl.catalogue import load_catalogue
from etl.conform.areas import ENGLAND
from etl.signals.basis import Basis
from etl.statistics.comparison import compare_shares

REGION = "E12000005"
COUNCILS = [f"E080000{number}" for number in range(25, 35)]
NEWEST = dt.date(2020, 10, 30)
WEEKS = [NEWEST - dt.timedelta(weeks=number) for number in range(12)][::-1]
LEAD = "ipc_5_1_clinical_lead_yes_of_answered_percent"
MOVES = "ipc_1_2_restrict_movement_yes_of_answered_percent"


class World:
    """Counts by indicator, area and week; `make` turns them into what the rules read."""

    def __init__(self):
        self.catalogue = load_catalogue()
        self.yes = {name: self._repeat(90.0) for name in (LEAD, MOVES)}
        self.homes = {name: self._repeat(100.0) for name in (LEAD, MOVES)}
        self.answering, self.age = self._repeat(98.0), self._repeat(5.0)
        self.cases, self.outbreaks, self.absence = self._repeat(50.0), self._repeat(1.0), self._repeat(7.0)
        self.absence += np.linspace(-1, 1, len(COUNCILS))
        self.newest_outbreak = NEWEST
        self.changes, self.limits = [], []

    def _repeat(self, value):
        return pd.DataFrame(value, index=WEEKS, columns=COUNCILS)

    def change(self, **row):
        """Add a change between two extracts of one council and of England."""
        full = {"indicator_id": MOVES, "area_code": COUNCILS[0], "date_to": NEWEST, "status": ""}
        full |= {"change_same_homes_points": -1.0, "is_illustrative": True, "days": 7} | row
        full["date_from"] = full["date_to"] - dt.timedelta(days=full.pop("days"))
        self.changes.append(full)

    def limit(self, **row):
        """Add a point of a control chart."""
        full = {"indicator_id": MOVES, "area_code": COUNCILS[0], "date": NEWEST, "special_cause": "outside"}
        full |= {"direction": "below", "centre": 90.0, "lower": 88.0, "upper": 92.0, "points": 12, "reason": ""}
        self.limits.append(full | {"is_provisional": False} | row)

    def make(self):
        """The tables, with verdicts of chance alone."""
        shares = {name: self._share(name, self.yes[name], self.homes[name]) for name in self.yes}
        answering = self._share("homes_answering_percent", self.answering, self._repeat(100.0))
        counts = {"cases_week_count": self.cases, "outbreaks_new_count": self.outbreaks}
        figures = shares | {"homes_answering_percent": answering.assign(answer_age_days=self._long(self.age))}
        figures |= {name: self._count(name, table) for name, table in counts.items()}
        figures["cases_week_rate_per_100000"] = self._count("cases_week_rate_per_100000", self.cases, mean=True)
        figures["absence_care_workers_percent"] = self._count("absence_care_workers_percent", self.absence, mean=True)
        quartiles = self.absence.quantile([0.25, 0.5, 0.75], axis=1).T.set_axis(
            ["lower_quartile", "median", "upper_quartile"], axis=1
        )
        spread = quartiles.rename_axis("date").reset_index().assign(indicator_id="absence_care_workers_percent")
        kinds = dict.fromkeys(COUNCILS, "authority") | {ENGLAND: "country", REGION: "region"}
        columns = ["indicator_id", "area_code", "date", "centre", "lower", "upper", "points", "is_provisional"]
        columns += ["special_cause", "direction", "reason"]
        changed = ["indicator_id", "area_code", "date_from", "date_to", "n_both", "yes_to_no", "no_to_yes", "status"]
        changed += ["change_same_homes_points", "is_illustrative"]
        return Basis(
            figures=figures,
            limits=pd.DataFrame(self.limits, columns=columns),
            changes=pd.DataFrame(self.changes, columns=changed),
            spread=spread,
            kinds=kinds,
            regions=dict.fromkeys(COUNCILS, REGION),
            catalogue=self.catalogue,
            data_date=NEWEST,
        )

    def _long(self, table):
        wider = table.assign(**{ENGLAND: table.mean(axis=1)})
        return wider.stack().to_numpy()

    def _share(self, name, yes, homes):
        x, n = (table.assign(**{ENGLAND: table.sum(axis=1)}).stack() for table in (yes, homes))
        frame = pd.DataFrame({"numerator": x, "denominator": n}).rename_axis(["date", "area_code"]).reset_index()
        england = frame[frame["area_code"] == ENGLAND].set_index("date")
        share = frame["date"].map(england["numerator"] / england["denominator"])
        found = compare_shares(
            frame["numerator"], trials=frame["denominator"], benchmark=share, polarity="higher is better",
            is_itself=frame["area_code"] == ENGLAND,
        )  # fmt: skip
        return frame.assign(
            indicator_id=name,
            value=100 * frame["numerator"] / frame["denominator"],
            versus_england=found.verdict.astype(object),
            p_england=found.p_value,
            versus_region="similar",
            quarter=np.where(found.p_value < 0.05, 1.0, 2.0),
            not_answered=2.0,
            upper_bound=100 * (frame["numerator"] + 2) / (frame["denominator"] + 2),
            answer_age_days=5.0,
            is_illustrative=True,
        )

    def _count(self, name, table, *, mean=False):
        whole = table.mean(axis=1) if mean else table.sum(axis=1)
        values = table.assign(**{ENGLAND: whole}).stack().rename_axis(["date", "area_code"]).rename("value")
        frame = values.reset_index().assign(indicator_id=name, denominator=1000.0, is_illustrative=False)
        return frame[frame["date"] <= self.newest_outbreak] if name == "outbreaks_new_count" else frame


@pytest.fixture
def world():
    """A quiet world: no rule finds anything in it."""
    return World()
