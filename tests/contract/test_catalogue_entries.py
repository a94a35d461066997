"""The catalogue as it stands: every entry complete, every reference leading somewhere."""

from __future__ import annotations

import csv
import fnmatch
import hashlib
import re
from pathlib import Path

import pytest

from etl.catalogue import load_catalogue
from etl.dictionary import make_dictionary

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue()
IPC = [indicator for indicator in CATALOGUE.indicators if indicator.source_id == "taskforce_indicators"]
COUNTED = [i for i in CATALOGUE.indicators if i.id.startswith("ipc_") and i not in IPC]
QUESTIONS = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1", "5.2"]
ended = re.compile(r"[.?!]$").search


def by_id(entry):
    return str(getattr(entry, "id", getattr(entry, "number", entry)))


def read_rows(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_carried_measures(source):
    return {row["measure"] for row in read_rows(ROOT / "data" / "published" / f"{source.id}.csv")}


def list_declared_measures(source):
    """The measures that the source's tables give; those named inside the file come from its carried table."""
    declared = {measure for table in source.table for measure in table.list_measures()}
    if not source.table or any(table.measure_column for table in source.table):
        declared |= read_carried_measures(source)
    return declared


def list_used_measures(indicator):
    """The measures that the indicator is made from."""
    return {indicator.measure, *indicator.denominator_measures}


def test_has_the_thirteen_indicators_in_the_reports_order():
    assert [indicator.measure for indicator in IPC] == QUESTIONS
    for indicator in IPC:
        assert indicator.id.startswith("ipc_" + indicator.measure.replace(".", "_") + "_")
        assert indicator.id.endswith("_yes_percent")


def test_shows_the_thirteen_as_published_and_better_when_higher():
    kinds = {(i.source_id, i.calculation, i.unit, i.decimals, i.polarity, i.interval) for i in IPC}
    assert kinds == {("taskforce_indicators", "as published", "percent", 0, "higher is better", "none")}


@pytest.mark.parametrize("indicator", IPC, ids=by_id)
def test_warns_of_what_every_one_of_the_thirteen_shares(indicator):
    text = " ".join(indicator.caveats)
    assert "Reported by care homes themselves" in text
    assert "45% to 99%" in text


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=by_id)
def test_describes_each_indicator_in_full(indicator):
    words = ("name", "short_name", "group", "polarity", "author")
    assert all(getattr(indicator, word) for word in words)
    assert ended(indicator.definition)
    assert ended(indicator.method)
    assert indicator.caveats
    assert all(map(ended, indicator.caveats))


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=by_id)
def test_names_both_sides_of_the_line_without_a_full_stop(indicator):
    for side in (indicator.numerator, indicator.denominator):
        assert side
        assert not ended(side), "The dictionary and the pages add the full stop."


def test_counts_the_same_thirteen_from_returns_under_ids_of_their_own():
    assert [indicator.measure for indicator in COUNTED] == QUESTIONS
    for published, counted in zip(IPC, COUNTED, strict=True):
        assert counted.id == published.id.replace("_yes_percent", "_yes_of_answered_percent")
        assert (counted.short_name, counted.group) == (published.short_name, published.group)
        assert counted.calculation == "share of answers"


def list_returned_measures(layout):
    counts = {"care_homes", "beds", "good", "home_care"} if layout in CATALOGUE.registers else {"answering"}
    return (
        counts
        | {*getattr(layout, "questions", {}).values(), *getattr(layout, "sums", {}).values()}
        | {ratio.measure for ratio in getattr(layout, "ratio", ())}
    )


@pytest.mark.parametrize("layout", [*CATALOGUE.returns, *CATALOGUE.registers], ids=by_id)
def test_makes_each_indicator_from_a_measure_that_its_return_gives(layout):
    own = [indicator.measure for indicator in CATALOGUE.indicators if indicator.source_id == layout.id]
    assert own
    assert set(own) <= list_returned_measures(layout)


@pytest.mark.parametrize("layout", [*CATALOGUE.returns, *CATALOGUE.registers], ids=by_id)
def test_describes_each_return_in_full(layout):
    assert all((layout.title, layout.publisher, layout.next_expected, layout.folder))
    assert all(map(ended, layout.notes))


def test_numbers_each_rule_once_and_says_what_to_do():
    numbers = [rule.number for rule in CATALOGUE.return_rules]
    assert numbers == sorted(set(numbers))
    for rule in CATALOGUE.return_rules:
        assert ended(rule.what_to_do) or ":" in rule.what_to_do
        assert bool(rule.finding) == (rule.effect == "finding")


FROM_SOURCES = [i for i in CATALOGUE.indicators if i.source_id in {source.id for source in CATALOGUE.sources}]


@pytest.mark.parametrize("indicator", FROM_SOURCES, ids=by_id)
def test_makes_each_indicator_from_a_measure_that_its_source_gives(indicator):
    for source in map(CATALOGUE.source, indicator.sources):
        assert list_used_measures(indicator) <= list_declared_measures(source)
        assert list_used_measures(indicator) <= read_carried_measures(source)


def test_uses_every_measure_that_a_source_carries():
    used = {(s, m) for entry in CATALOGUE.indicators for s in entry.sources for m in list_used_measures(entry)}
    unused = {(s.id, m) for s in CATALOGUE.sources for m in read_carried_measures(s)} - used
    # PHE's own whole per cents: kept to check ours against, in the golden tests.
    assert unused <= {("phe_outbreaks", "outbreaks_ever_percent")}


@pytest.mark.parametrize("source", CATALOGUE.sources, ids=by_id)
def test_combines_neighbours_of_one_region_and_says_so(source):
    lookup = {row["code"]: row for row in read_rows(ROOT / "data" / "lookups" / "areas.csv")}
    carried = read_rows(ROOT / "data" / "published" / f"{source.id}.csv") if source.combines else []
    for code, others in source.combines.items():
        measures = {row["measure"] for row in carried if row["area_code"] == code}
        assert measures
        for other in others:
            assert lookup[other]["region_code"] == lookup[code]["region_code"]
            (note,) = (note for note in source.notes if lookup[other]["name"] in note and "is counted with" in note)
            assert lookup[code]["name"] in note
            for indicator in (i for i in CATALOGUE.indicators if source.id in i.sources and i.measure in measures):
                assert any(lookup[code]["name"] in caveat for caveat in indicator.caveats)


def test_keeps_the_later_bulletins_out_of_the_thirteen():
    later = [indicator for indicator in CATALOGUE.indicators if indicator.source_id == "dhsc_headlines"]
    assert len(later) == 19
    assert all(indicator.id.startswith("dhsc_") for indicator in later)
    tracker_breaks = [name for entry in CATALOGUE.breaks for name in entry.indicators]
    assert not any(fnmatch.fnmatch(indicator.id, name) for indicator in later for name in tracker_breaks)


def test_names_no_two_indicators_alike():
    names = [indicator.name for indicator in CATALOGUE.indicators]
    assert len(set(names)) == len(names)


def test_has_every_recommendation_once():
    assert [entry.number for entry in CATALOGUE.recommendations] == list(range(1, 53))


def test_names_an_owner_for_all_recommendations_but_one():
    assert [entry.number for entry in CATALOGUE.recommendations if not entry.owner] == [34]


@pytest.mark.parametrize("entry", CATALOGUE.recommendations, ids=by_id)
def test_sums_up_each_recommendation_in_a_sentence(entry):
    assert ended(entry.summary)
    assert entry.section
    assert len(set(entry.indicators)) == len(entry.indicators)


def test_ties_each_of_the_thirteen_to_a_recommendation():
    named = {name.removesuffix("*") for entry in CATALOGUE.recommendations for name in entry.indicators}
    for indicator in (*IPC, *COUNTED):
        assert any(indicator.id.startswith(name) for name in named)


def test_has_the_five_breaks_of_the_tracker():
    tracker = [entry for entry in CATALOGUE.breaks if entry.source.startswith("capacity_tracker_")]
    assert [str(entry.date) for entry in sorted(tracker, key=lambda entry: entry.date)] == [
        *("2020-06-11", "2020-08-10", "2020-12-01", "2022-04-01", "2022-07-31")
    ]


def test_lets_breaks_of_the_cases_concern_the_cases_alone():
    cases = [entry for entry in CATALOGUE.breaks if entry.source == "phe_cases"]
    assert [str(entry.date) for entry in cases] == ["2020-07-02", "2020-08-12", "2020-11-16"]
    for entry in cases:
        concerned = {indicator.id for indicator in CATALOGUE.indicators if entry.concerns(indicator.id)}
        assert concerned == {"cases_week_count", "cases_week_rate_per_100000"}


@pytest.mark.parametrize("entry", CATALOGUE.breaks, ids=by_id)
def test_says_what_each_break_changed_and_forbids(entry):
    assert ended(entry.what)
    assert ended(entry.effect)
    assert str(entry.date.year) in entry.date_text
    known = {indicator.id for indicator in CATALOGUE.indicators}
    for name in entry.indicators:
        assert any(one.startswith(name.removesuffix("*")) for one in known)


@pytest.mark.parametrize("source", CATALOGUE.sources, ids=by_id)
def test_describes_each_source_in_full(source):
    words = ("title", "publisher", "licence", "edition", "published", "next_expected")
    assert all(getattr(source, word) for word in words)
    assert source.notes
    assert all(map(ended, source.notes))
    assert any(source.id in indicator.sources for indicator in CATALOGUE.indicators)


def test_declares_a_source_to_be_without_real_authorities_that_it_does_not_list():
    lookup = {row["code"]: row for row in read_rows(ROOT / "data" / "lookups" / "areas.csv")}
    named = {source.id: source.without for source in CATALOGUE.sources if source.without}
    assert set(named.values()) == {("E09000001", "E06000053")}
    assert "cqc_deaths" in named
    for source_id, codes in named.items():
        assert {lookup[code]["kind"] for code in codes} == {"authority"}
        rows = read_rows(ROOT / "data" / "published" / f"{source_id}.csv")
        listed = {row["area_code"] for row in rows} | {row["area_name"] for row in rows}
        assert not listed & {lookup[code]["name"] for code in codes} | listed & set(codes)


@pytest.mark.parametrize("source", CATALOGUE.sources, ids=by_id)
def test_binds_each_carried_table_to_its_file_publisher_and_licence(source):
    origins = [row for row in read_rows(ROOT / "data/published/origins.csv") if row["source_id"] == source.id]
    carried = ROOT / "data" / "published" / f"{source.id}.csv"
    hashed = hashlib.sha256(carried.read_bytes()).hexdigest()
    assert {(o["publisher"], o["licence"], o["carried_sha256"]) for o in origins} == {
        (source.publisher, source.licence, hashed)
    }
    if source.file:
        assert all(fnmatch.fnmatch(origin["file"], source.file) for origin in origins)
    else:
        assert [(origin["file"], origin["sha256"]) for origin in origins] == [(carried.name, hashed)], "typed by us"


@pytest.mark.parametrize("source", CATALOGUE.sources, ids=by_id)
def test_keeps_one_origin_for_each_date_of_editions_and_one_in_all_for_others(source):
    origins = [row for row in read_rows(ROOT / "data/published/origins.csv") if row["source_id"] == source.id]
    dates = {row["date"] for row in read_rows(ROOT / "data" / "published" / f"{source.id}.csv")}
    assert [origin["as_at"] for origin in origins] == (sorted(dates) if source.takes_every_file else [""])


@pytest.mark.parametrize("source", CATALOGUE.sources, ids=by_id)
def test_knows_the_authorities_that_a_table_is_declared_to_lack(source):
    lookup = {row["code"]: row for row in read_rows(ROOT / "data" / "lookups" / "areas.csv")}
    rows = read_rows(ROOT / "data" / "published" / f"{source.id}.csv")
    for table in source.table:
        for measure, codes in table.list_absent().items():
            assert {lookup[code]["kind"] for code in codes} == {"authority"}
            listed = {row["area_name"] for row in rows if row["measure"] == measure}
            assert not listed & {lookup[code]["name"] for code in codes}


@pytest.mark.parametrize("source", CATALOGUE.sources, ids=by_id)
def test_gives_a_reason_for_every_rule_that_sets_rows_aside(source):
    for rule in (rule for table in source.table for rule in table.refuse):
        assert ended(rule.reason)


def test_names_every_licence_beside_the_data():
    text = (ROOT / "data" / "LICENCE.md").read_text(encoding="utf-8")
    names = {"OGL-3.0": "Open Government Licence", "CC-BY-4.0": "Creative Commons"}
    assert [source.licence for source in CATALOGUE.sources if names[source.licence] not in text] == []


def test_keeps_the_data_dictionary_up_to_date():
    kept = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert kept == make_dictionary(CATALOGUE), (
        "docs/data-dictionary.md is not what the catalogue says. Write it again: python -m etl dictionary"
    )
