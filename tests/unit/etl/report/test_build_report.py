"""What a build shows: inputs, extracts, corrections, and whether anything changed."""

from __future__ import annotations

import pyarrow as pa
import pytest

from etl.pipeline import Outcome
from etl.report.building import describe_inputs, describe_outcome


@pytest.mark.parametrize(
    ("previous", "news"),
    [(None, "Snapshot 2020-08-10-ab is live."), ("2020-08-10-ab", "was live already: nothing has changed.")],
)
def test_says_whether_a_build_changed_anything(prepare, show, previous, news):
    outcome = Outcome(snapshot_id="2020-08-10-ab", previous_id=previous, prepared=prepare())
    lines = show(*describe_outcome(outcome))
    assert lines[-1].endswith(news)
    assert "quality 2" in lines
    assert outcome.is_new is (previous is None)


def test_shows_rows_read_accepted_and_refused(prepare, show):
    assert "made_up deaths.csv carried table 5,200 4,000 1,200" in show(*describe_inputs(prepare()))


def test_says_when_a_file_is_the_publishers_own(prepare, make_extract, show):
    own = prepare(extracts={"made_up": make_extract()})
    assert "made_up deaths.csv original 0 0 0" in show(*describe_inputs(own))


def test_shows_a_table_of_no_rows_as_nought(prepare, show):
    empty = prepare(tables={"quality": pa.table({"rows": pa.array([], pa.int64())})})
    lines = show(*describe_outcome(Outcome(snapshot_id="a", previous_id=None, prepared=empty)))
    assert "quality 0" in lines


def test_says_nothing_of_extracts_where_there_are_none(prepare, show):
    lines = show(*describe_inputs(prepare()))
    assert "Extracts" not in lines
    assert not any("made up (illustrative)" in line for line in lines)


def test_lists_the_extracts_with_what_was_read_now(prepare, returned, record, show):
    lines = show(*describe_inputs(prepare(returns=returned(records=(record,)))))
    name = "capacity_tracker_care_homes"
    assert f"{name} 1 {name}_2020-08-10.csv 1 1,210 1,200 10" in lines


def test_lists_refused_rows_in_the_order_of_their_rules(prepare, returned, record, show):
    lines = show(*describe_inputs(prepare(returns=returned(records=(record, record)))))
    (total,) = [place for place, line in enumerate(lines) if "1 The row is a total, not a home 6 Nothing" in line]
    (council,) = [place for place, line in enumerate(lines) if "4 The council is not known 14 Correct" in line]
    assert total < council


@pytest.mark.parametrize(
    ("is_illustrative", "words"),
    [
        (True, "The figures from 1 extract are made up (illustrative): no home gave these answers."),
        (False, "The figures from 1 extract are real: none is made up."),
    ],
)
def test_says_whether_the_figures_are_made_up(prepare, returned, record, show, is_illustrative, words):
    returns = returned(records=(record,), is_illustrative=is_illustrative)
    assert words in show(*describe_inputs(prepare(returns=returns)))


def test_says_what_a_corrected_issue_changed(prepare, returned, record, show):
    name = "capacity_tracker_care_homes_2020-08-10"
    after = record | {"file": f"{name}_v2.csv", "rows_read": 1211, "rows_accepted": 1205, "rows_refused": 6}
    after |= {"totals": {"open": 1190, "answering": 1050}}
    lines = show(*describe_inputs(prepare(returns=returned(records=(after,), replaced=((record, after),)))))
    assert f"Corrected extract of 10 August 2020: {name}_v2.csv replaces {name}.csv." in lines
    for line in (
        "rows read 1,210 1,211 +1",
        "rows refused 10 6 -4",
        "care homes open 1,190 1,190 none",
        "care homes with a current answer 1,100 1,050 -50",
    ):
        assert line in lines


def test_says_so_when_the_same_name_came_with_other_content(prepare, returned, record, show):
    lines = show(*describe_inputs(prepare(returns=returned(records=(record,), replaced=((record, record),)))))
    assert any(line.endswith(f"{record['file']} came again with other content.") for line in lines)
