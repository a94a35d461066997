"""The way from a fresh machine to a running dashboard: pins, Makefile, Dockerfile, server settings."""

from __future__ import annotations

import fnmatch
import hashlib
import http.server
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.export import chromium

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    *(".ci/run", ".dockerignore", ".gitignore", "Dockerfile", "LICENSE", "Makefile", "README.md"),
    *("data/LICENCE.md", "gunicorn.conf.py", "pyproject.toml"),
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
]
# The only steps that cannot be run here: they install packages, make a user and give folders away.
NEEDS_ROOT = {"apt-get", "rm", "useradd", "install"}
# Writes that a build of the image is meant to make.
BUILT = ("data/snapshots/", "data/restricted/", "data/built/compressed/")
MADE = ("python", "-m", "etl"), ("python", "-m", "dashboard.precompress")
"""Steps that are tried here, in this order."""


def read_instructions():
    """The Dockerfile as (instruction, rest) pairs; continued lines joined, comments left out."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", text)
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


INSTRUCTIONS = read_instructions()


def select_rests(name):
    return [rest for instruction, rest in INSTRUCTIONS if instruction == name]


def select_copies():
    """(source, destination) of each thing that the Dockerfile copies."""
    copies = []
    for rest in select_rests("COPY"):
        *sources, destination = shlex.split(rest)
        copies += [(source, destination) for source in sources]
    return copies


RUN_COMMANDS = [tuple(shlex.split(command)) for rest in select_rests("RUN") for command in re.split(r"\s*&&\s*", rest)]
HEALTHCHECK = json.loads(re.search(r"\bCMD (\[.*\])", select_rests("HEALTHCHECK")[0])[1])


def read_ignored():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def is_ignored(path):
    """Whether .dockerignore keeps the path (relative, with /) out; only the kinds of pattern that we use."""
    for pattern in read_ignored():
        if pattern.startswith("**/"):
            if fnmatch.fnmatch(path.rsplit("/", 1)[-1], pattern.removeprefix("**/")):
                return True
        elif path == pattern:
            return True
    return False


def copy_what_the_image_holds(target):
    def ignore(folder, names):
        return [name for name in names if is_ignored((Path(folder) / name).relative_to(ROOT).as_posix())]

    for source, destination in select_copies():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target / destination, ignore=ignore)
        else:
            shutil.copy2(ROOT / source, target / destination)
    for name in ("snapshots", "illustrative", "restricted"):  # the `install -d` steps, without giving the folders away
        (target / "data" / name).mkdir(parents=True)


def hash_files(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def run_here(command, *, cwd, **environment):
    """The finished process; of our settings, and of the make around these tests, it sees only those given."""
    ours = (
        "HOST",
        "PORT",
        "WEB_CONCURRENCY",
        "ACCESS_LOG",
        "WARM_UP",
        "GUNICORN_CMD_ARGS",
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
    )
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        command, cwd=cwd, env=kept | environment, capture_output=True, text=True, timeout=300, check=False
    )


def read_pins(name):
    """{package: lines of its pin} of a compiled list; `==` and hashes included."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.findall(r"(?m)^(?![#\s])(.+\n(?:[ \t]+.*\n?)*)", text)
    return {re.match(r"[A-Za-z0-9._-]+", entry)[0].lower(): entry for entry in entries}


def read_names(name):
    """The packages that a list asks for, without extras, bounds, options and comments."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    return {re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-") for line in wanted}


def print_server_settings(**environment):
    """The finished process that prints gunicorn's settings; `json:loads` stands in for the app."""
    command = ["gunicorn", "--print-config", "--config", "gunicorn.conf.py", "json:loads"]
    return run_here([sys.executable, "-m", *command], cwd=ROOT, **environment)


def read_server_settings(**environment):
    """{setting: its value as gunicorn prints it}."""
    printed = print_server_settings(**environment)
    assert printed.returncode == 0, printed.stderr
    return dict(re.findall(r"(?m)^(\w+) += (.*)$", printed.stdout))


# Pins


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pins_every_requirement_to_one_version_with_a_hash(name):
    pins = read_pins(name)
    loose = [
        package
        for package, entry in pins.items()
        if not re.match(r"\S+==\S+", entry) or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    ]
    assert pins
    assert not loose


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_pins_every_package_that_is_asked_for(name):
    assert read_names(f"{name}.in") <= set(read_pins(f"{name}.txt"))


def test_tests_with_the_versions_that_are_served():
    runtime, tests = read_pins("requirements.txt"), read_pins("requirements-dev.txt")
    differing = [
        name
        for name in runtime.keys() & tests.keys()
        if runtime[name].split("==")[1].split()[0] != tests[name].split("==")[1].split()[0]
    ]
    assert not differing


@pytest.mark.parametrize("name", OURS)
def test_names_no_package_registry(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    options = re.findall(r"(?m)^.*--(?:extra-)?index-url[ =].*$|^.*(?:--find-links|--trusted-host).*$", text)
    addresses = re.findall(r"(?i)https?://[^\s>)\"']*(?:pypi|pythonhosted|npmjs|registry|simple)[^\s>)\"']*", text)
    assert not options + addresses


# One way to start


def test_starts_the_same_command_in_docker_and_make():
    served = re.search(r"(?m)^SERVE := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"))[1]
    (command,) = select_rests("CMD")
    assert json.loads(command) == shlex.split(served)


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here to ask")
def test_serves_with_that_command_last_when_make_runs():
    asked = run_here(["make", "--dry-run", "run"], cwd=ROOT)
    (command,) = select_rests("CMD")
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.splitlines()[-1] == ".venv/bin/" + shlex.join(json.loads(command))


def test_runs_the_same_tests_in_ci_as_a_person_does():
    script = ROOT / ".ci/run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert commands[-1] == "make test"
    assert os.access(script, os.X_OK)


def test_runs_every_folder_of_tests_but_benchmarks():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    tops = {"tests/" + folder.relative_to(ROOT / "tests").parts[0] for folder in folders}
    named = set(re.search(r"(?m)^FAST_TESTS := (.+)$", makefile)[1].split()) | {"tests/browser"}
    assert tops - {"tests/benchmarks"} <= named
    assert "-m pytest tests/browser" in makefile


# Server settings


def test_listens_on_this_machine_only_unless_told():
    assert read_server_settings()["bind"] == "['127.0.0.1:8050']"


def test_obeys_host_and_port():
    assert read_server_settings(HOST="0.0.0.0", PORT="9000")["bind"] == "['0.0.0.0:9000']"  # noqa: S104
    assert read_server_settings(HOST="::1", PORT="9000")["bind"] == "['[::1]:9000']"


def test_starts_two_to_four_workers_unless_told():
    assert 2 <= int(read_server_settings()["workers"]) <= 4
    assert read_server_settings(WEB_CONCURRENCY="7")["workers"] == "7"


def test_logs_no_address_that_somebody_looked_at_unless_told():
    assert read_server_settings()["accesslog"] == "None"
    assert read_server_settings(ACCESS_LOG="1")["accesslog"] == "-"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("worker_class", "gthread"),
        ("threads", "4"),
        ("preload_app", "True"),
        ("timeout", "30"),
        ("graceful_timeout", "30"),
        ("keepalive", "75"),
        ("max_requests", "100000"),
        ("limit_request_line", "4094"),
        ("limit_request_fields", "50"),
        ("limit_request_field_size", "8190"),
        ("control_socket_disable", "True"),
        ("errorlog", "-"),
    ],
)
def test_hands_its_settings_to_gunicorn_under_names_that_gunicorn_knows(setting, value):
    assert read_server_settings()[setting] == value


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1"])
def test_refuses_a_port_that_is_none_without_a_traceback(value):
    refused = print_server_settings(PORT=value)
    assert refused.returncode == 1
    assert refused.stderr == f"PORT must be a whole number from 1 to 65535, and it is '{value}'.\n"


def test_refuses_workers_that_are_no_number_before_gunicorn_sees_them():
    """gunicorn reads WEB_CONCURRENCY before its settings and shows a traceback; `make run` asks first."""
    refused = run_here([sys.executable, "gunicorn.conf.py"], cwd=ROOT, WEB_CONCURRENCY="many")
    assert refused.returncode == 1
    assert refused.stderr == "WEB_CONCURRENCY must be a whole number from 1 to 64, and it is 'many'.\n"


def test_prints_the_address_it_will_serve():
    printed = run_here([sys.executable, "gunicorn.conf.py"], cwd=ROOT, PORT="9000")
    assert printed.stdout == "Listening at http://127.0.0.1:9000\n"


# The Dockerfile, without a container engine


@dataclass(frozen=True)
class Image:
    """What stands in for the image: its files, their hashes before the build step, how that step ended."""

    folder: Path
    before: dict[str, str]
    build: subprocess.CompletedProcess


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    folder = tmp_path_factory.mktemp("image")
    copy_what_the_image_holds(folder)
    before = hash_files(folder)
    steps = [command for command in RUN_COMMANDS if command[:3] in MADE or command[0] == "find"]
    assert [step[-1] for step in steps] == ["dashboard.precompress", "synthesise", "--yes", "-delete"]
    nowhere = str(folder / "nonexistent")
    for step in steps:
        command = [sys.executable, *step[1:]] if step[0] == "python" else list(step)
        build = run_here(command, cwd=folder, PYTHONDONTWRITEBYTECODE="1", HOME=nowhere)
        assert build.returncode == 0, build.stderr
    return Image(folder=folder, before=before, build=build)


def test_leaves_the_linter_nothing_to_say(tmp_path):
    beside = Path(sys.executable).with_name("hadolint")
    linter = str(beside) if beside.exists() else shutil.which("hadolint")
    assert linter, "hadolint is missing: install requirements-dev.txt (`make test` does)"
    # Ignoring nothing, obeying no pragma: neither our settings nor a person's hide a finding.
    settings = tmp_path / "hadolint.yaml"
    settings.write_text("ignored: []\n", encoding="utf-8")
    command = [linter, "--no-color", "--config", str(settings), "--disable-ignore-pragma", "Dockerfile"]
    linted = run_here(command, cwd=ROOT)
    assert linted.stdout + linted.stderr == ""
    assert linted.returncode == 0


def test_pins_a_python_that_the_project_supports():
    (base,) = select_rests("FROM")
    minor = re.fullmatch(r"python:3\.(\d+)-slim-bookworm", base)
    assert minor
    assert int(minor[1]) >= 11


@pytest.mark.parametrize("source", [source for source, _ in select_copies()])
def test_copies_only_what_is_in_the_repository(source):
    assert (ROOT / source).exists()
    assert not is_ignored(source)


def test_keeps_snapshots_and_home_level_rows_out_of_the_image():
    assert is_ignored("data/snapshots")
    assert is_ignored("data/restricted")
    assert is_ignored("data/illustrative")
    assert is_ignored("etl/extract/__pycache__")
    assert not is_ignored("data/lookups")


def test_serves_as_a_numbered_user_that_is_not_root():
    (user,) = select_rests("USER")
    order = [instruction for instruction, _ in INSTRUCTIONS]
    assert int(user) > 0
    (made,) = [command for command in RUN_COMMANDS if command[0] == "useradd"]
    assert made[made.index("--uid") + 1] == user
    assert order.index("USER") < order.index("CMD")


def test_installs_the_browser_that_the_tests_are_run_with_and_leaves_no_lists_behind():
    steps = [command for command in RUN_COMMANDS if command[0] in ("apt-get", "rm")]
    assert [step[:2] for step in steps] == [("apt-get", "update"), ("apt-get", "install"), ("rm", "-rf")]
    _, installing, removing = steps
    assert removing[2:] == ("/var/lib/apt/lists/*",)
    assert {"--yes", "--no-install-recommends"} <= set(installing)
    packages = dict(word.split("/") for word in installing[2:] if not word.startswith("-"))
    (browser,) = re.findall(r"(?m)^browser:\n.*\(call install_program,([^,]*),([^,]*),", read_makefile())
    assert set(packages) == set(browser[1].split())
    assert set(packages) & set(chromium.NAMES)
    (base,) = select_rests("FROM")
    release = base.rpartition("-")[2]
    assert set(packages.values()) <= {release, f"{release}-security"}
    order = [instruction for instruction, _ in INSTRUCTIONS]
    assert order.index("RUN") < order.index("USER")


def read_makefile():
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def test_runs_no_step_that_is_neither_tried_here_nor_known_to_need_root():
    tried = {("python", "-m", "pip"), *MADE}
    tried |= {("find", "data/illustrative", "data/restricted")}
    untried = [command for command in RUN_COMMANDS if command[0] not in NEEDS_ROOT and command[:3] not in tried]
    assert not untried


def test_installs_the_pins_with_the_command_it_gives(tmp_path):
    """Against this environment, which has them: nothing is fetched, and pip reads every line and hash."""
    shutil.copy2(ROOT / "requirements.txt", tmp_path)
    (step,) = [command for command in RUN_COMMANDS if command[:3] == ("python", "-m", "pip")]
    tried = run_here([sys.executable, *step[1:], "--dry-run", "--no-index"], cwd=tmp_path)
    checked = run_here([sys.executable, "-m", "pip", "check"], cwd=tmp_path)
    assert "--require-hashes" in step
    assert tried.returncode == 0, tried.stderr
    assert "Would install" not in tried.stdout
    assert checked.returncode == 0, checked.stdout


def test_builds_the_snapshot_from_what_it_copies(image):
    assert image.build.returncode == 0, image.build.stderr
    assert (image.folder / "data/snapshots/CURRENT").exists()


def test_writes_nothing_but_snapshots_while_it_builds(image):
    """In the image everything else belongs to root, and the user who builds is not root."""
    after = hash_files(image.folder)
    assert {name: after.get(name) for name in image.before} == image.before
    assert [name for name in after.keys() - image.before.keys() if not name.startswith(BUILT)] == []


def test_copies_all_that_the_app_imports(image):
    (command,) = select_rests("CMD")
    module, _, name = json.loads(command)[-1].partition(":")
    code = f"import {module}; {module}.{name}"
    started = run_here([sys.executable, "-c", code], cwd=image.folder, PYTHONDONTWRITEBYTECODE="1")
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(("status", "is_healthy"), [(200, True), (503, False), (404, False)])
def test_is_healthy_only_when_the_server_says_so(status, is_healthy):
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            """Nothing: the test's output is the test's."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = str(server.server_address[1])
        checked = run_here([sys.executable, *HEALTHCHECK[1:]], cwd=ROOT, PORT=port)
        server.shutdown()
    assert asked == ["/healthz"]
    assert (checked.returncode == 0) is is_healthy


def test_is_not_healthy_when_nobody_answers():
    checked = run_here([sys.executable, *HEALTHCHECK[1:]], cwd=ROOT, PORT="1")
    assert checked.returncode != 0
