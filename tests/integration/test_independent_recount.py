"""Every published area figure of the returns, counted again from the raw extracts in a few lines of plain pandas."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from etl.pipeline import Folders, build
from etl.synthesise import synthesise
from tests.made_once import make_once

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ["1_1", "1_2", "1_3", "2_1", "2_2", "2_3", "3_1", "3_2", "4_1", "4_2", "4_3", "5_1", "5_2"]
ANSWERS = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
ANSWERS |= {"not applicable": "na", "n/a": "na", "partly": "partly", "": ""}
GROUPS = ("Nurses", "Care_Workers", "Non_Care_Workers")
DAYS_CURRENT, BREAK = 28, pd.Timestamp("2020-08-10 17:00")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A small made-up set with much dirt, built and published."""
    folder = make_once(tmp_path_factory, "recount", make_set)
    snapshots = folder / "snapshots"
    return folder, snapshots / (snapshots / "CURRENT").read_text(encoding="utf-8").strip()


def make_set(folder):
    published, lookups = ROOT / "data" / "published", ROOT / "data" / "lookups"
    folders = replace(Folders.below(folder), published=published, lookups=lookups)
    synthesise(
        homes=3000, first=dt.date(2020, 7, 30), last=dt.date(2020, 8, 27), every=dt.timedelta(days=7), seed=5,
        dirt=0.04, target=folders.illustrative, lookups=lookups, published=published,
    )  # fmt: skip
    build(folders, today=dt.date(2026, 11, 24))


@pytest.fixture(scope="module")
def figures(data):
    frame = pq.read_table(data[1] / "observations.parquet").to_pandas()
    return frame[frame["is_illustrative"]].set_index(["indicator_id", "area_code", "date"])


@pytest.fixture(scope="module")
def recounted(data):
    """The accepted, open homes of every care-home extract, one row each, with the area of each level."""
    areas = pd.read_csv(ROOT / "data" / "lookups" / "areas.csv", dtype=str, keep_default_na=False)
    region = dict(zip(areas["code"], areas["region_code"], strict=True))
    councils = pd.read_csv(ROOT / "data" / "lookups" / "councils.csv", dtype=str, keep_default_na=False)
    current = councils[~councils["code"].isin(["E10000002", "E10000009"])]
    codes = {squeeze(row.spelling): row.code for row in current.itertuples()}
    homes = [
        recount(file, codes) for file in sorted((data[0] / "illustrative/capacity-tracker-care-homes").glob("*.csv"))
    ]
    frame = pd.concat(homes, ignore_index=True)
    levels = [frame["area"], frame["area"].map(region), "E92000001"]
    return pd.concat([frame.assign(area=level) for level in levels], ignore_index=True)


def squeeze(name):
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("&", "and"))


def number(text):
    text = text.strip()
    if text == "":
        return np.nan
    return float(text.replace(",", "")) if re.fullmatch(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", text) else -9.0


def moment(text):
    text = text.strip()
    if text == "":
        return pd.NaT
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return (pd.Timestamp("1899-12-30") + pd.Timedelta(days=float(text))).round("s")
    return pd.to_datetime(text, dayfirst="/" in text)


def recount(file, codes):
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    raw = pd.DataFrame(list(csv.DictReader(io.StringIO(text))))
    day = pd.Timestamp(file.stem[-10:])
    frame = pd.DataFrame({"id": raw["CQC_ID"].str.strip(), "area": raw["LocalAuthority"].map(squeeze).map(codes)})
    frame["updated"] = raw["Last_Updated_UTC"].map(moment)
    given = raw["CHSP_Last_Updated_UTC"].map(moment) if "CHSP_Last_Updated_UTC" in raw else pd.NaT
    frame["given"] = pd.Series(given, index=raw.index).fillna(frame["updated"])
    for q in QUESTIONS:
        frame[q] = raw[f"CHSP_{q}"].str.strip().str.lower().map(ANSWERS)
    sound = frame["id"].str.fullmatch(r"1-\d{6,12}") & frame["area"].notna() & frame[QUESTIONS].notna().all(axis=1)
    sound &= ~(frame[QUESTIONS].eq("partly").any(axis=1) & ~(frame["given"] > BREAK))
    numbers = [c for c in raw if re.search("Employed|Absent|Beds|Capacity|Vacancies|Total|Hours|Days", c)]
    for column in numbers:
        frame[column] = raw[column].map(number)
        sound &= ~(frame[column] < 0)
    sound &= ~(frame["updated"] >= day + pd.Timedelta(days=1))
    frame = frame.assign(is_open=raw["Overall_Status"].str.strip().str.lower().ne("closed"))[sound]
    frame = frame.sort_values("updated", kind="stable").drop_duplicates("id", keep="last")
    frame["answered"] = frame[QUESTIONS].ne("").any(axis=1)
    end = day + pd.Timedelta(days=1) - pd.Timedelta(seconds=1)
    frame["age"] = (end - frame["given"]).dt.days
    frame["current"] = frame["answered"] & (frame["age"] <= DAYS_CURRENT)
    frame["fresh"] = (end - frame["updated"]).dt.days <= DAYS_CURRENT
    return frame[frame["is_open"]].assign(date=day.date())


def compare(figures, expected, indicator_id, *, fewest=10):
    """Every area and date that we count has a figure, the same to the last digit, or is hidden."""
    published = figures.loc[indicator_id]
    assert set(expected.index) == set(published.index)
    shown = published[published["status"] == ""]
    assert len(shown) > 50
    wanted = expected.loc[shown.index]
    np.testing.assert_array_equal(shown["numerator"], wanted["numerator"])
    np.testing.assert_array_equal(shown["denominator"], wanted["denominator"])
    np.testing.assert_allclose(shown["value"], 100 * wanted["numerator"] / wanted["denominator"], rtol=1e-12)
    hidden = published[published["status"] == "c"]
    assert hidden[["value", "numerator", "denominator", "lower_95", "upper_95"]].isna().all(axis=None)
    assert (expected.loc[shown.index, "homes"] >= fewest).all()
    return shown, wanted


@pytest.mark.parametrize("question", QUESTIONS)
def test_agrees_on_every_share_of_answers(figures, recounted, question):
    (indicator,) = {n for n in figures.index.get_level_values(0) if n.startswith(f"ipc_{question}_")}
    answer = recounted[question].where(recounted["current"], "")
    tallied = recounted.assign(
        yes=answer.eq("yes"), asked=answer.isin(["yes", "no", "partly"]), silent=answer.eq(""), na=answer.eq("na")
    )
    sums = tallied.groupby(["area", "date"])[["yes", "asked", "silent", "na"]].sum()
    expected = sums.rename(columns={"yes": "numerator", "asked": "denominator"}).assign(homes=sums["asked"])
    shown, wanted = compare(figures, expected, indicator)
    everyone = wanted["denominator"] + wanted["silent"]
    np.testing.assert_array_equal(shown["not_answered"], wanted["silent"])
    np.testing.assert_array_equal(shown["not_applicable"], wanted["na"])
    np.testing.assert_allclose(shown["lower_bound"], 100 * wanted["numerator"] / everyone)
    np.testing.assert_allclose(shown["upper_bound"], 100 * (wanted["numerator"] + wanted["silent"]) / everyone)
    np.testing.assert_allclose(shown["answered_percent"], 100 * wanted["denominator"] / everyone)
    ages = recounted[recounted["current"]].groupby(["area", "date"])["age"].median()
    np.testing.assert_array_equal(shown["answer_age_days"], ages.reindex(shown.index))


def test_agrees_on_the_share_of_homes_answering(figures, recounted):
    grouped = recounted.groupby(["area", "date"])
    expected = pd.DataFrame({"numerator": grouped["current"].sum(), "denominator": grouped.size()})
    compare(figures, expected.assign(homes=expected["denominator"]), "homes_answering_percent")


RATIOS = {
    "absence_care_workers_percent": (
        ["Care_Workers_Absent_General", "Care_Workers_Absent_Covid"],
        ["Care_Workers_Employed"],
    ),
    "absence_all_staff_percent": (
        [f"{group}_Absent_{why}" for group in GROUPS for why in ("General", "Covid")],
        [f"{group}_Employed" for group in GROUPS],
    ),
    "agency_staff_percent": (
        [f"Agency_{group}_Employed" for group in GROUPS],
        [f"{kind}{group}_Employed" for kind in ("", "Agency_") for group in GROUPS],
    ),
    "occupancy_percent": (["Used_Beds"], ["Max_Capacity"]),
}


@pytest.mark.parametrize("indicator", RATIOS)
def test_agrees_on_every_share_of_sums(figures, recounted, indicator):
    above, below = RATIOS[indicator]
    top, bottom = recounted[above].sum(axis=1), recounted[below].sum(axis=1)
    used = recounted["fresh"] & recounted[[*above, *below]].notna().all(axis=1)
    used &= (recounted[below] <= 1000).all(axis=1) & (top <= bottom)
    tallied = recounted.assign(numerator=top.where(used, 0), denominator=bottom.where(used, 0), homes=used)
    expected = tallied.groupby(["area", "date"])[["numerator", "denominator", "homes"]].sum()
    compare(figures, expected, indicator)


def test_adds_up_from_authorities_to_regions_and_england(figures, recounted):
    frame = figures.reset_index()
    shown = frame[frame["status"] == ""]
    regions = shown[shown["area_code"].str.startswith("E12") & shown["indicator_id"].str.endswith("_percent")]
    england = shown[shown["area_code"] == "E92000001"].set_index(["indicator_id", "date"])
    sums = regions.groupby(["indicator_id", "date"]).agg(n=("numerator", "sum"), parts=("numerator", "size"))
    whole = sums[sums["parts"] == 9]
    assert len(whole) > 80
    np.testing.assert_array_equal(whole["n"], england.loc[whole.index, "numerator"])


def test_accepts_and_refuses_every_row_that_it_read(data):
    for source in pq.read_table(data[1] / "sources.parquet").to_pylist():
        assert source["rows_accepted"] + source["rows_refused"] == source["rows_read"]
    source = next(
        row
        for row in pq.read_table(data[1] / "sources.parquet").to_pylist()
        if row["id"] == "capacity_tracker_care_homes"
    )
    assert source["rows_refused"] > 0
    kept = list((data[0] / "restricted" / "refused" / "capacity_tracker_care_homes").glob("*.csv"))
    assert sum(len(pd.read_csv(file, dtype=str)) for file in kept) == source["rows_refused"]
