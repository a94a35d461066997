"""No secret in the repository, no door for developers in production, no licence and no advisory that nobody saw."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from email.message import Message
from pathlib import Path

import pytest
from dash import Dash

from dashboard.application import create_app
from dashboard.guard import DECLARED
from dashboard.logs import HIDDEN, SECRET_NAMES
from dashboard.serving import OURS
from dashboard.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "audit"))
import advisories  # noqa: E402
import licences  # noqa: E402

CODE = [*sorted((ROOT / "dashboard").rglob("*.py")), *sorted((ROOT / "etl").rglob("*.py")), ROOT / "app.py"]
SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "a token of a service": r"\b(?:gh[pousr]_[0-9A-Za-z]{30,}|glpat-[0-9A-Za-z_-]{20}|xox[abprs]-[0-9A-Za-z-]{10,})",
    "a signed token": r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.",
    "a password in an address": r"\b[a-z][a-z0-9+.-]*://[^\s/:@\"'<>{}]+:[^\s/:@\"'<>{}]+@",
    "a password in a setting": r"(?i)\b(?:password|passwd|secret|api_key|token)\b[\"']?\s*[:=]\s*[\"'][^\"'\s{}$]{8,}",
}
DOORS = (
    "/console", "/_debug_toolbar", "/?__debugger__=yes&cmd=resource&f=style.css", "/_mcp",
    "/_reload-hash", "/_dash-config", "/_dash-error", "/_alive", "/_dash-no-such-thing", "/metrics/debug",
)  # fmt: skip
"""Where Flask, Werkzeug and Dash have, or had, something for developers."""
MADE_UP = {"tests/unit/dashboard/test_logs.py", "tests/contract/test_security.py"}
"""Files that hold what looks like a secret, to try that it is found or hidden."""
FORBIDDEN_CALLS = {"eval", "exec", "compile", "render_template_string", "system", "popen", "__import__"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "pdb", "ptpython", "werkzeug.debug", "code"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    """The app as it is served, without figures."""
    return create_app(Settings(snapshots=tmp_path_factory.mktemp("none"), host="", port=1))


def list_files() -> list[Path]:
    """Every text file of the repository, or of the folder where it is no repository; none of the environment."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        return [ROOT / name for name in asked.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    left_out = {".venv", ".git", "snapshots", "restricted", "illustrative", "__pycache__"}
    return [file for file in ROOT.rglob("*") if file.is_file() and not left_out & set(file.parts)]


@pytest.mark.parametrize("kind", SECRETS)
def test_holds_no_secret(kind: str):
    files = [file for file in list_files() if file.relative_to(ROOT).as_posix() not in MADE_UP]
    assert len(files) > 200
    shape = re.compile(SECRETS[kind])
    large = 2_000_000  # tables of figures, and lists of hashes
    texts = {file: file.read_text(encoding="utf-8", errors="ignore") for file in files if file.stat().st_size < large}
    found = {f"{file.relative_to(ROOT)}: {hit[0][:12]}" for file, text in texts.items() for hit in shape.finditer(text)}
    assert found == set()


def test_would_find_a_secret():
    planted = {
        "a private key": "-----BEGIN RSA PRIVATE KEY-----",
        "a key of a cloud": "AKIA" + "A1" * 8,
        "a token of a service": "ghp_" + "a1B2" * 9,
        "a signed token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x",
        "a password in an address": "postgres://user:hunter2@db.example.org",
        "a password in a setting": 'password = "correct-horse"',
    }
    assert {kind for kind, text in planted.items() if re.search(SECRETS[kind], text)} == set(SECRETS)


def test_takes_no_setting_whose_value_it_would_show():
    """The settings are printed nowhere; were one a secret, its field would have a name that the log hides."""
    assert [name for name in Settings.__dataclass_fields__ if SECRET_NAMES.search(name)] == []


def test_opens_no_door_for_developers(app: Dash):
    server = app.server
    assert not server.debug
    assert not server.testing
    client = server.test_client()
    for path in DOORS:
        assert client.get(path).status_code in (404, 503), path
    for path in (path for path in DOORS if path.startswith(OURS)):
        assert client.get(path).status_code == 404, path
        assert "_dash-config" not in client.get(path).text, path
    assert "dev_tools" not in client.get("/about").text


def test_stays_out_of_debug_mode_whatever_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("FLASK_DEBUG", "DASH_DEBUG"):
        monkeypatch.setenv(name, "1")
    app = create_app(Settings(snapshots=tmp_path, host="", port=1))
    assert not app.server.debug
    client = app.server.test_client()
    assert [client.get(path).status_code for path in DOORS if path.startswith(OURS)] == [404] * 5
    shown = client.get("/healthz?__debugger__=yes&cmd=resource&f=debugger.js")
    assert shown.json["status"] == "no snapshot"


def test_writes_no_secret_of_its_environment_into_its_log(tmp_path: Path):
    """As it is started in production: the folder that has no snapshot, whose name is a secret, is in the log."""
    word = "correct-horse-battery"
    code = "import app; print(app.server.test_client().get('/readyz').status_code)"
    environment = os.environ | {"ASC_DATA_DIR": str(tmp_path / word), "MAIL_PASSWORD": word}
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout == "503\n"
    lines = [json.loads(line)["message"] for line in said.stderr.splitlines()]
    assert any("No snapshot has been published in" in line and HIDDEN in line for line in lines)
    assert word not in said.stderr


def test_offers_no_route_that_nobody_declared(app: Dash):
    rules = {rule.rule for rule in app.server.url_map.iter_rules()}
    known = (*OURS, "/static/")  # Flask's own, over a folder that is not there
    assert sorted(rule for rule in rules if not rule.startswith(known)) == ["/", "/<path:path>"]
    changing = {rule.rule for rule in app.server.url_map.iter_rules() if rule.methods - {"GET", "HEAD", "OPTIONS"}}
    assert changing == {"/_dash-update-component"}


def test_declares_what_each_callback_of_the_server_may_be_given(app: Dash):
    served = [one for one in app.callback_map.values() if "callback" in one]
    given = {(entry["id"], entry["property"]) for one in served for entry in (*one["inputs"], *one["state"])}
    assert given
    assert given <= set(DECLARED)


def list_ways_to_run_text(tree: ast.AST) -> set[str]:
    """Return the calls, the modules and the settings by which a file could run code that came as text."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            is_expression = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re"
            found |= {name} & FORBIDDEN_CALLS if not is_expression else set()
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & FORBIDDEN_MODULES
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module} & FORBIDDEN_MODULES
        elif isinstance(node, ast.keyword) and node.arg == "shell":
            found.add("shell=")
    return found


def test_runs_no_code_that_came_as_text():
    ways = {file: list_ways_to_run_text(ast.parse(file.read_text(encoding="utf-8"))) for file in CODE}
    assert {file.relative_to(ROOT).as_posix(): found for file, found in ways.items() if found} == {}
    assert list_ways_to_run_text(ast.parse("import pickle\neval(x)\nrun(x, shell=True)")) == {
        "pickle",
        "eval",
        "shell=",
    }


def test_starts_no_debugger():
    started = ast.walk(ast.parse((ROOT / "app.py").read_text(encoding="utf-8")))
    debugging = [ast.unparse(node.value) for node in started if isinstance(node, ast.keyword) and node.arg == "debug"]
    assert debugging == ["False"]


# What `make audit` runs


def test_installs_nothing_under_a_licence_that_is_not_declared(capsys):
    assert licences.main() == 0
    assert "packages read, 0 with one" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("headers", "is_declared"),
    [
        ([("License-Expression", "MIT AND (Apache-2.0 OR BSD-2-Clause)")], True),
        ([("License-Expression", "MIT AND GPL-3.0-only")], False),
        ([("Classifier", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)")], False),
        ([("License", "MIT"), ("Classifier", "License :: OSI Approved :: BSD License")], True),
        ([], False),
    ],
)
def test_names_a_package_whose_licence_is_not_declared(headers: list[tuple[str, str]], is_declared: bool):
    metadata = Message()
    for name, value in headers:
        metadata[name] = value
    assert (licences.find_undeclared([("example", metadata)]) == {}) is is_declared


def test_fails_where_the_advisories_cannot_be_reached_and_says_so():
    asked = {"name": "a", "version": "1", "vulns": []}
    skipped = {"name": "b", "skip_reason": "not found"}
    vulnerable = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}

    def judge(*packages: dict) -> tuple[int, str]:
        code, lines = advisories.judge(json.dumps({"dependencies": packages}), said="")
        return code, " ".join(lines)

    assert judge(asked) == (0, "Vulnerabilities: 1 of 1 packages were asked about. None has a known vulnerability.")
    code, said = judge(asked, skipped)
    assert (code, "NOT audited: b" in said) == (2, True)
    code, said = judge(asked, skipped, vulnerable)
    assert (code, "c 2: PYSEC-1, mended in 2.1" in said) == (1, True)
    assert judge()[0] == 2
    assert advisories.judge("", said="could not connect")[0] == 2
