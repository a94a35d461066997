"""plotly.js: the small bundle only if it is what was pinned, and only what it draws in our figures."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from plotly.offline import get_plotlyjs_version

from dashboard import fetch_plotly, plotly_script
from dashboard.plotly_script import DRAWN, find_problem, find_script

FIGURE = re.compile(r"data-figure='([^']*)'")
PAGES = ("/", "/region/E12000005", "/area/E08000027", "/compare", "/compare?chart=scatter", "/compare?chart=funnel",
         "/compare?chart=map", "/workforce")  # fmt: skip


def test_pins_the_version_that_the_python_package_has():
    assert get_plotlyjs_version() == plotly_script.VERSION


@pytest.mark.parametrize("content", [None, b"something else"])
def test_takes_the_whole_bundle_where_the_small_one_is_missing_or_tampered_with(tmp_path: Path, content: bytes | None):
    fetched = tmp_path / "plotly-basic.min.js"
    if content is not None:
        fetched.write_bytes(content)
    script = find_script(fetched)
    assert script.file.name == "plotly.min.js"
    assert script.file.stat().st_size > 4_000_000
    assert script.address == f"/plotly/{get_plotlyjs_version()}/plotly.min.js"


def test_takes_the_small_bundle_where_it_is_as_pinned(tmp_path: Path, monkeypatch):
    fetched = tmp_path / "plotly-basic.min.js"
    fetched.write_bytes(b"small")
    monkeypatch.setattr(plotly_script, "SHA256", hashlib.sha256(b"small").hexdigest())
    assert find_script(fetched).file == fetched
    monkeypatch.setattr(plotly_script, "VERSION", "0.0.1")
    assert "pinned at 0.0.1" in find_problem(fetched)


def test_refuses_an_archive_that_is_not_the_pinned_one(tmp_path: Path):
    archive = tmp_path / "plotly.tgz"
    archive.write_bytes(b"something else")
    with pytest.raises(fetch_plotly.FetchError, match="hash differs"):
        fetch_plotly.unpack(archive, tmp_path / "built" / "plotly.js")
    assert not (tmp_path / "built").exists()


def test_goes_on_without_npm(monkeypatch, capsys, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(fetch_plotly, "FETCHED", tmp_path / "plotly.js")
    fetch_plotly.main()
    assert "there is no npm here. The whole one is used." in capsys.readouterr().out


def test_draws_only_kinds_that_the_small_bundle_has(made_up_client: FlaskClient):
    kinds, count = set(), 0
    for path in PAGES:
        figures = [json.loads(unescape(written)) for written in FIGURE.findall(made_up_client.get(path).text)]
        kinds |= {trace.get("type", "scatter") for figure in figures for trace in figure["data"]}
        count += len(figures)
    assert count > 20
    assert kinds <= DRAWN
