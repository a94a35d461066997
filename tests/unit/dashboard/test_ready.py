"""Ready-made answers: the same bytes for everyone, until the snapshot moves; static files compressed once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import brotli
import pytest
from dash import Dash
from flask.testing import FlaskClient
from test_serving import CALLBACK

from dashboard.compression import File
from dashboard.ready import READY, Ready, ReadyAnswers, Source
from dashboard.statics import STATICS

PAGE = "/area/E06000014"
WHERE = [{"id": "_pages_location", "property": name, "value": value} for name, value in
         (("pathname", PAGE), ("search", ""))]  # fmt: skip
BROTLI = {"Accept-Encoding": "br"}


def test_answers_the_same_from_the_cache_as_when_it_was_made(client: FlaskClient, app: Dash, monkeypatch):
    for ask in (
        lambda **more: client.get(PAGE, **more),
        lambda **more: client.post("/_dash-update-component", json=CALLBACK | {"inputs": WHERE}, **more),
    ):
        plain = ask().data
        made = ask(headers=BROTLI)
        with monkeypatch.context() as gone:
            gone.setattr("dashboard.serving.write_document", None)
            gone.setitem(app.server.view_functions, "/_dash-update-component", None)
            kept = ask(headers=BROTLI)
        assert kept.data == made.data
        assert brotli.decompress(kept.data) == plain
        assert kept.headers["Content-Encoding"] == "br"
        assert kept.headers["Content-Security-Policy"] == made.headers["Content-Security-Policy"]
        assert gzip.decompress(ask(headers={"Accept-Encoding": "gzip"}).data) == plain


def test_starts_dash_with_what_dash_itself_would_answer(client: FlaskClient):
    text = client.get(PAGE).text
    start = json.loads(text.partition('<script type="application/json" id="start">')[2].partition("</script>")[0])
    asked = client.post("/_dash-update-component", json=CALLBACK | {"inputs": WHERE}).json
    assert start["dependencies"] == client.get("/_dash-dependencies").json
    for ours, theirs in ((start["layout"], client.get("/_dash-layout").json), (start["page"], asked)):
        assert put_pieces_back(ours, text) == theirs
    assert start["asked"] == PAGE


def put_pieces_back(part: object, document: str) -> object:
    """Return a part of the start with the HTML that its pieces have in the document."""
    if isinstance(part, list):
        return [put_pieces_back(inside, document) for inside in part]
    if isinstance(part, dict):
        return {name: put_pieces_back(inside, document) for name, inside in part.items()}
    if isinstance(part, str) and part.startswith("piece:"):
        written = document.partition(f'data-piece="{part[6:]}">')[2]
        depth, at = 1, 0
        while depth:
            opened, closed = written.find("<div", at), written.find("</div>", at)
            depth, at = (depth + 1, opened + 4) if 0 <= opened < closed else (depth - 1, closed + 6)
        return written[: at - len("</div>")]
    return part


def test_says_304_to_who_has_the_page_already(client: FlaskClient):
    first = client.get(PAGE, headers=BROTLI)
    again = client.get(PAGE, headers=BROTLI | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(PAGE, headers=BROTLI | {"If-None-Match": 'W/"other"'}).status_code == 200


def test_keeps_no_page_that_leads_nowhere(client: FlaskClient, app: Dash):
    client.get("/about", headers=BROTLI)
    kept = len(app.server.extensions[READY])
    for path in ("/no-such-page", "/?measure=x", "/area/E99999999"):
        client.get(path, headers=BROTLI)
        where = [WHERE[0] | {"value": path}, WHERE[1]]
        client.post("/_dash-update-component", json=CALLBACK | {"inputs": where}, headers=BROTLI)
    assert len(app.server.extensions[READY]) == kept


def test_lets_go_of_what_was_not_used_for_longest_and_of_everything_when_the_snapshot_moves():
    answers, source = ReadyAnswers(most_bytes=1000), Source(object(), "")
    for name in "abc":
        answers.keep(("GET", name, b""), Ready(b"x" * 400, "br", "text/html", ""), source=source)
        answers.look(("GET", "a", b""), "br", source=source)
    found = [name for name in "abc" if answers.look(("GET", name, b""), "br", source=source)]
    assert (found, answers.bytes) == (["a", "c"], 800)
    for other in (Source(object(), ""), Source(source.snapshot, "refused")):
        assert answers.look(("GET", "a", b""), "br", source=other) is None
    answers.keep(("GET", "a", b""), Ready(b"y", "br", "text/html", ""), source=Source(object(), ""))
    assert (len(answers), answers.bytes) == (1, 1)


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_serves_every_static_file_that_a_document_names_for_a_year(client: FlaskClient, app: Dash, encoding: str):
    document = client.get("/about").text
    statics = app.server.extensions[STATICS]
    assert sum(address in document for address in statics.files) >= 10
    for address, file in statics.files.items():
        reply = client.get(address, headers={"Accept-Encoding": encoding or "identity"})
        body = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](reply.data)
        assert body == file.body, address
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Accept-Encoding" in reply.headers["Vary"]


def test_takes_what_setup_compressed_and_makes_it_where_setup_did_not(tmp_path: Path):
    body = b"the same words " * 1000
    bare = File(body, "text/css", built=tmp_path)
    quick = bare.variant("br")
    bare.build("br")
    built = File(body, "text/css", built=tmp_path).variant("br")
    assert brotli.decompress(quick) == brotli.decompress(built) == body
    assert built == (tmp_path / f"{bare.digest}.br").read_bytes()
    assert File(body + b"!", "text/css", built=tmp_path).variant("br") != built
