"""The e-mail digest, opened again as a mail program would, and the agenda of a regional call that it shares."""

from __future__ import annotations

import json
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from flask.testing import FlaskClient
from observed import words_of
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.agenda import list_asked, make_agenda, read_agenda
from dashboard.briefing.agenda import make_agenda_pack
from dashboard.digest.content import write_digest
from dashboard.digest.message import write_message
from dashboard.pages import agenda as agenda_page
from dashboard.selection import SelectionError
from dashboard.store import Snapshot
from dashboard.text.feeds import NOTHING, say_moves

WEST_MIDLANDS, DUDLEY = "E12000005", "E08000027"


@pytest.fixture(scope="module")
def told(made_up: Snapshot) -> Snapshot:
    """The made-up snapshot with a new signal in Dudley, an older one in Walsall, and an enquiry about one that went."""
    day = made_up.data_date
    lead = next(name for name in made_up.indicators.index if name.startswith("ipc_5_1_") and "answered" in name)
    base = {
        "indicator_id": lead, "rule": "clinical_lead", "strength": "strong", "state": "new", "since": day, "date": day,
        "cleared_on": None, "value": 50.0, "benchmark": 90.0, "n": 30.0, "homes_short": 15.0, "to_clear": 8.0,
        "sentence": "15 of the 30 homes <did> not report a named clinical lead.",
        "evidence": json.dumps({"yes": 15, "homes": 30, "short": 15, "value": 50, "england": 90}),
        "contrary": "It is similar to its region.", "ask": "Which network serves these homes?",
        "clears": "It clears when 8 more homes report a named clinical lead.", "recommendation": 26,
        "owner": "Primary care networks", "command": "", "place": 1.0, "asked_on": None, "asked_by": "", "answer": "",
        "outcome": "", "is_illustrative": True, "area_code": DUDLEY, "signal_id": f"clinical_lead-ipc_5_1-{DUDLEY}",
    }  # fmt: skip
    older = {"area_code": "E08000030", "signal_id": "clinical_lead-ipc_5_1-E08000030", "state": "continuing"}
    rows = [base, base | older | {"since": made_up.data_date.replace(day=1)}]
    asked = {
        "signal_id": "answering-homes_answering-E08000025", "asked_on": day, "asked_by": "regional ADASS lead",
        "answer": "A new system.", "outcome": "explained", "strength": "clear", "snapshot_id": made_up.id,
    }  # fmt: skip
    return replace(
        made_up,
        signals=pd.DataFrame(rows)[list(made_up.signals.columns)],
        enquiries=pd.DataFrame([asked])[list(made_up.enquiries.columns)],
    )


def open_again(content: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(content)


class Read(HTMLParser):
    """The tags, addresses and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [word or "" for name, word in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_can_be_opened_by_a_mail_program(told: Snapshot):
    content = write_message(write_digest(make_agenda(told, WEST_MIDLANDS)), told)
    message = open_again(content)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in message.iter_parts()} == {"utf-8"}
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert message["From"] is None
    assert message["Subject"].startswith("[Illustrative] West Midlands: 1 signal new")
    assert message["Date"].datetime.isoformat() == told.release["published_at"]
    page = Read(message.get_body(("html",)).get_content())
    assert not {"img", "script", "link", "style", "iframe"} & set(page.tags)
    assert page.addresses == []
    assert "<did>" in page.words


def test_says_the_same_in_both_parts_as_the_snapshot_holds(told: Snapshot):
    message = open_again(write_message(write_digest(make_agenda(told, WEST_MIDLANDS)), told))
    plain = " ".join(message.get_body(("plain",)).get_content().split())
    rich = " ".join(Read(message.get_body(("html",)).get_content()).words.split())
    for signal in told.signals.to_dict("records"):
        for words in (signal["sentence"], signal["contrary"], signal["ask"], signal["owner"], signal["clears"]):
            assert words in plain
            assert words in rich
    for words in ("made up", "Strong by its declared threshold", "explained", "Data to put right", "Dudley", "Walsall"):
        assert words in plain
        assert words in rich


def test_is_the_same_for_the_same_input_and_names_who_it_is_told(told: Snapshot):
    made = write_digest(make_agenda(told, DUDLEY), base_url="https://care.example.org/")
    first, second = (write_message(made, told, sender="a@example.org", recipients=("b@example.org",)) for _ in "ab")
    assert first == second
    message = open_again(first)
    assert (message["From"], message["To"]) == ("a@example.org", "b@example.org")
    [address] = Read(message.get_body(("html",)).get_content()).addresses
    assert address.startswith(f"https://care.example.org/area/{DUDLEY}?since=")
    for wrong in ("nobody", "a@b\r\nBcc: c@d.org", "@example.org", ""):
        with pytest.raises(SelectionError, match="no e-mail address"):
            write_message(made, told, recipients=(wrong,))


@pytest.fixture
def run(made_up_folder: Path):
    """Run a command over the made-up returns."""
    return lambda *words: CliRunner().invoke(app, [*map(str, words)], env={"ASC_DATA_DIR": str(made_up_folder.parent)})


def test_writes_a_digest_from_the_command_line_or_says_why_not(run: Result, tmp_path: Path, made_up: Snapshot):
    out = tmp_path / "digest.eml"
    done = run("digest", "--area", "Dudley", "--out", out, "--from", "a@example.org")
    assert done.exit_code == 0, done.output
    assert made_up.id in open_again(out.read_bytes()).get_body(("plain",)).get_content()
    for words, code in (
        (("--area", "Dudley", "--since", "2019-01-01"), 2),
        (("--area", "England"), 2),
        (("--area", "Dudley", "--base-url", "care.example.org"), 2),
        (("--area", "Dudley", "--snapshot", "2020-01-01-000000000000"), 4),
    ):
        refused = run("digest", "--out", tmp_path / "none.eml", *words)
        assert (refused.exit_code, (tmp_path / "none.eml").exists()) == (code, False), words
        assert "Traceback" not in refused.output
    assert run("digest", "--area", "Dudley", "--out", tmp_path / "digest.txt").exit_code == 2


def test_lists_what_a_call_is_to_talk_about(told: Snapshot):
    page = agenda_page.layout(told, region=WEST_MIDLANDS)
    said = words_of(page)
    new, continuing = said.index("New or stronger"), said.index("Continuing")
    assert new < said.index("Dudley", new) < continuing < said.index("Walsall", continuing)
    assert "Which network serves these homes?" in said
    assert "Primary care networks (recommendation 26)" in said
    assert "Birmingham, homes answering: asked on" in said
    assert list_asked(told, ["E08000026"]).empty
    rules = set(told.quality[told.quality["area_code"] == DUDLEY]["what_to_do"])
    assert rules
    with pytest.raises(SelectionError, match="not a region"):
        read_agenda(told, {"region": DUDLEY})


def test_prints_the_agenda_on_three_sheets_at_most(told: Snapshot, made_up_client: FlaskClient):
    pack = make_agenda_pack(make_agenda(told, WEST_MIDLANDS))
    assert len(pack.sheets) <= 3
    many = pd.concat([told.signals.iloc[[0]]] * 20, ignore_index=True)
    assert len(make_agenda_pack(make_agenda(replace(told, signals=many), WEST_MIDLANDS)).sheets) == 3
    reply = made_up_client.get(f"/agenda/pack.pptx?region={WEST_MIDLANDS}")
    assert reply.status_code == 200
    assert "illustrative-agenda-west-midlands" in reply.headers["Content-Disposition"]
    assert made_up_client.get("/agenda/pack.pptx?region=E99999999").status_code == 404


def test_tells_of_signals_in_an_areas_feed(told: Snapshot, made_up_client: FlaskClient):
    own = told.signals[told.signals["area_code"] == DUDLEY]
    [line] = say_moves(own, None, told)
    assert line.startswith("New signal, Dudley, clinical lead: 15 of the 30 homes")
    for words in ("How sure: Strong", "It is similar to its region.", "Ask: Which network", "Who acts: Primary care"):
        assert words in line
    assert say_moves(own, own, told) == [NOTHING]
    feed = ET.fromstring(made_up_client.get(f"/feeds/areas/{WEST_MIDLANDS}.atom").data)  # noqa: S314 - our own answer
    content = feed.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content")
    assert NOTHING in content or "signal, " in content
