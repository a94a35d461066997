"""The log of enquiries keeps what it is given, roles and never names, and refuses a damaged file whole."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.enquiries import COLUMNS, add_enquiry, make_enquiry, read_enquiries
from etl.errors import InputError, MisuseError

GIVEN = {
    "signal_id": "below_england-ipc_1_2-E08000025",
    "asked_on": dt.date(2020, 10, 30),
    "asked_by": "regional ADASS lead",
    "answer": 'Two homes lost agency staff, and have others, "quickly" found.',
    "outcome": "action agreed",
    "strength": "clear",
    "snapshot_id": "2020-10-30-0123456789ab",
}


def test_keeps_what_it_is_given_in_the_order_given(tmp_path):
    assert read_enquiries(tmp_path) == ()
    first, second = make_enquiry(**GIVEN), make_enquiry(**GIVEN | {"outcome": "explained"})
    add_enquiry(tmp_path / "log", first)
    add_enquiry(tmp_path / "log", second)
    assert read_enquiries(tmp_path / "log") == (first, second)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"asked_by": "J. Smith"}, "regional ADASS lead"),
        ({"outcome": "failed"}, "action agreed"),
        ({"answer": "Mrs Jones says so"}, "a person's name"),
        ({"answer": "Write to someone@example.org"}, "an e-mail address"),
        ({"answer": "Call 0121 496 0000 today"}, "a telephone number"),
        ({"answer": "The home at B1 1AA"}, "a postcode"),
        ({"answer": ""}, "answer"),
        ({"answer": "two\nlines"}, "one line"),
        ({"answer": "x" * 301}, "answer"),
        ({"signal_id": "../../etc"}, "signal_id"),
    ],
)
def test_refuses_names_and_whatever_is_not_offered(given, said):
    with pytest.raises(MisuseError, match=said):
        make_enquiry(**GIVEN | given)


def test_names_every_faulty_line(tmp_path):
    file = add_enquiry(tmp_path, make_enquiry(**GIVEN))
    with file.open("a") as stream:
        stream.write("a,b\n")
        stream.write("below_england-ipc_1_2-E08000025,yesterday,regional ADASS lead,a,explained,clear,x\n")
    with pytest.raises(InputError) as refused:
        read_enquiries(tmp_path)
    assert [problem.place for problem in refused.value.problems] == ["line 3", "line 4"]
    assert "asked_on" in str(refused.value)


def test_refuses_a_log_with_other_columns(tmp_path):
    add_enquiry(tmp_path, make_enquiry(**GIVEN)).write_text("who,what\n")
    with pytest.raises(InputError, match=",".join(COLUMNS)):
        read_enquiries(tmp_path)
