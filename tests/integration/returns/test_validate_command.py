"""`validate`: what a build would make of one extract, for whoever can put it right. It changes nothing."""

from __future__ import annotations

import csv
import stat

import pytest

from tests.made_up_homes import DAYS, add_checksum, add_row_count, make_rows, name_file, to_text

DAY = DAYS[2]


@pytest.fixture
def write(tmp_path):
    """A function that writes rows somewhere outside the data folder."""

    def put(rows, *, name=None):
        folder = tmp_path / "desk"
        folder.mkdir(exist_ok=True)
        file = folder / (name or name_file(DAY))
        file.write_text(to_text(rows), encoding="utf-8")
        return file

    return put


@pytest.fixture
def faulty():
    """Rows of which five are refused, each by another rule; a total row besides."""
    rows = make_rows(DAY)
    rows[3]["LocalAuthority"] = "Birmingam"
    rows[9]["CHSP_1_1"] = "Perhaps"
    rows[20]["Used_Beds"] = "-4"
    rows[30]["CQC_ID"] = ""
    rows[33]["Last_Updated_UTC"] = "yesterday"
    return [*rows, dict.fromkeys(rows[0], "") | {"Location": "Total"}]


def lines_of(result):
    return [" ".join(line.replace("│", " ").split()) for line in result.stdout.splitlines()]


def test_says_that_a_sound_extract_would_be_taken_in(small_data, write, command, fingerprint):
    before = fingerprint(small_data)
    file = write(make_rows(DAY))
    result = command("validate", str(file), data=small_data)
    assert result.exit_code == 0, result.output
    lines = lines_of(result)
    assert "Capacity Tracker returns of care homes, as at the end of 24 August 2020" in lines
    assert "210 210 0" in lines
    assert "It is made up (illustrative) by its own mark." in lines
    assert any(line.startswith("A build would take this file in.") for line in lines)
    assert any("more than 10%" in line for line in lines)
    assert fingerprint(small_data) == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_says_what_is_wrong_what_to_do_and_who_can(small_data, write, faulty, command):
    result = command("validate", str(write(faulty)), data=small_data)
    assert result.exit_code == 0, result.output
    lines = lines_of(result)
    assert "211 205 6" in lines
    for line in (
        "4 The council is not known 1",
        "7 The cell is not a number from 0 up (whole, where 1",
    ):
        assert any(f"capacity_tracker_care_homes {line}" in found for found in lines), line
    for line in (
        "5 1-900000003 Illustrative home 00003 4 the council 'Birmingam' is not known; nearest: Birmingham",
        "11 1-900000009 Illustrative home 00009 6 not an answer that was offered on the day: CHSP_1_1 is 'Perhaps'",
        "32 Illustrative home 00030 2 no CQC location id: Location is 'Illustrative home 00030'",
        "212 Total 1 a total row: Location is 'Total'",
    ):
        assert line in lines


def test_shows_what_the_file_says_as_it_stands(small_data, write, command):
    rows = make_rows(DAY)
    rows[0] |= {"Location": "[/] The [Old] :house: Home", "CQC_ID": "1-12"}
    result = command("validate", str(write(rows)), data=small_data)
    assert result.exit_code == 0, result.output
    assert "1-12 [/] The [Old] :house: Home" in result.stdout


def test_lists_findings_by_rule(small_data, write, command):
    rows = make_rows(DAY)
    for row in rows[:7]:
        row |= {"Overall_Status": "Open", "Max_Capacity": "3", "Used_Beds": "9"}
    result = command("validate", str(write(rows)), data=small_data)
    assert any("26 7 Impossible numbers, which are left out" in line for line in lines_of(result))


def test_shows_twenty_rows_and_writes_all_where_it_is_told(small_data, write, command, tmp_path):
    rows = make_rows(DAY)
    for row in rows[:30]:
        row["CQC_ID"] = "1-12"
    output = tmp_path / "refused.csv"
    result = command("validate", str(write(rows)), "--output", str(output), data=small_data)
    assert result.exit_code == 1
    lines = lines_of(result)
    assert "The first 20 of 30 refused rows" in lines
    assert sum("not a CQC location id such as" in line for line in lines) == 20
    with output.open(encoding="utf-8", newline="") as stream:
        written = list(csv.DictReader(stream))
    assert [int(row["row"]) for row in written] == list(range(2, 32))
    assert {row["rule"] for row in written} == {"malformed_location_id"}
    assert written[0]["original"] in to_text(rows)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600


def test_says_that_the_whole_file_would_be_refused(small_data, write, command):
    rows = make_rows(DAY)
    for row in rows[:11]:
        row["CQC_ID"] = "1-12"
    result = command("validate", str(write(rows)), data=small_data)
    assert result.exit_code == 1
    assert "A build would refuse the whole file: 11 of 210 rows are refused (5.2%)" in result.stdout
    assert "at most 5% are tolerated" in result.stdout


@pytest.mark.parametrize("sidecar", ["checksum", "rows", "none"])
def test_says_what_vouches_for_the_file(small_data, write, command, sidecar):
    file = write(make_rows(DAY))
    if sidecar == "checksum":
        add_checksum(file)
    elif sidecar == "rows":
        add_row_count(file, 210)
    result = command("validate", str(file), data=small_data)
    assert result.exit_code == 0
    words = {
        "checksum": f"It is what {file.name}.sha256 says.",
        "rows": f"It is what {file.name}.rows says.",
        "none": "nothing proves that it is whole",
    }
    assert words[sidecar] in result.stdout


def test_refuses_a_file_that_is_not_what_its_sidecar_says(small_data, write, command):
    file = write(make_rows(DAY))
    add_row_count(file, 211)
    result = command("validate", str(file), data=small_data)
    assert result.exit_code == 1
    assert f"{file} is refused" in result.stderr
    assert "it has 210 rows" in result.stderr


def test_asks_for_the_layout_and_the_day_where_the_name_does_not_say(small_data, write, command):
    file = write(make_rows(DAY), name="from the tracker.csv")
    result = command("validate", str(file), data=small_data)
    assert result.exit_code == 2
    assert "capacity_tracker_care_homes_2020-08-10.csv (capacity_tracker_care_homes)" in result.stderr
    layout = ("--layout", "capacity_tracker_care_homes")
    undated = command("validate", str(file), *layout, data=small_data)
    assert undated.exit_code == 2
    assert "--as-of 2020-08-10" in undated.stderr
    told = command("validate", str(file), *layout, "--as-of", "2020-08-24", data=small_data)
    assert told.exit_code == 0, told.output


def test_goes_by_the_day_that_it_is_told(small_data, write, command):
    result = command("validate", str(write(make_rows(DAY))), "--as-of", "2020-08-12", data=small_data)
    assert result.exit_code == 1
    assert "after the extract's day" in result.stdout


def test_names_the_layouts_there_are(small_data, write, command):
    result = command("validate", str(write(make_rows(DAY))), "--layout", "nonsense", data=small_data)
    assert result.exit_code == 2
    assert "There are: capacity_tracker_care_homes, capacity_tracker_home_care." in result.stderr


def test_never_writes_over_the_extract(small_data, write, command):
    file = write(make_rows(DAY))
    before = file.read_bytes()
    result = command("validate", str(file), "--output", str(file), data=small_data)
    assert result.exit_code == 2
    assert file.read_bytes() == before


def test_says_so_when_the_list_cannot_be_written(small_data, write, command, tmp_path):
    output = tmp_path / "nowhere" / "refused.csv"
    result = command("validate", str(write(make_rows(DAY))), "--output", str(output), data=small_data)
    assert result.exit_code == 1
    assert f"{output} cannot be written: No such file or directory." in result.stderr
