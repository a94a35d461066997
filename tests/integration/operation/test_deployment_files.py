"""What is given for operating the dashboard is right by the programs that will read it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from fronted import find_nginx, write_configuration
from prometheus_client.parser import text_string_to_metric_families

from dashboard.application import create_app
from dashboard.limits import COSTS
from dashboard.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "docs" / "deploy"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ALARMS = [rule for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"]
          for rule in group["rules"]]  # fmt: skip


@pytest.fixture(scope="module")
def metric_names(snapshots_folder: Path) -> set[str]:
    """The names of all metrics that the dashboard offers, in the forms in which they can be asked for."""
    client = create_app(Settings(snapshots=snapshots_folder, host="", port=1)).server.test_client()
    client.get("/about")
    families = list(text_string_to_metric_families(client.get("/metrics").text))
    names = {sample.name for family in families for sample in family.samples}
    # A counter with labels has no sample before the first event.
    return names | {f"{family.name}_total" for family in families if family.type == "counter"}


def test_is_a_configuration_that_nginx_takes(tmp_path: Path):
    main = write_configuration(tmp_path, replicas=(8050, 8051), port=9443, plain_port=9080)
    checked = subprocess.run([find_nginx(), "-t", "-c", str(main)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr.replace('the "user" directive makes sense only', "")


def test_limits_in_front_what_the_dashboard_itself_takes_for_expensive():
    said = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (names,) = re.findall(r"location ~ \^/\(([a-z|]+)\)/ \{\s+limit_req zone=asc_work", said)
    assert {f"/{name}/" for name in names.split("|")} == {start for start, _ in COSTS}


def test_are_units_that_systemd_takes(tmp_path: Path):
    program = shutil.which("systemd-analyze")
    assert program, "systemd-analyze is missing: `make test` installs it where it can, or: apt-get install systemd"
    names = []
    for file in sorted(DEPLOY.glob("asc-*")):
        text = file.read_text(encoding="utf-8")
        # Nothing is installed at /opt here; what stands there must exist to pass the check.
        text = text.replace("/opt/asc-dashboard/.venv/bin/", f"{tmp_path}/")
        names.append(file.name.replace("@.", "@8050."))
        (tmp_path / names[-1]).write_text(text, encoding="utf-8")
    for command in ("gunicorn", "python"):
        (tmp_path / command).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / command).chmod(0o755)
    assert len(names) == 3
    checked = subprocess.run(
        [program, "verify", *(str(tmp_path / name) for name in names)], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    ours = [line for line in checked.stderr.splitlines() if "asc-" in line]
    assert ours == []


def test_starts_the_replica_as_make_run_does():
    unit = (DEPLOY / "asc-dashboard@.service").read_text(encoding="utf-8")
    served = re.search(r"(?m)^SERVE := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"))[1]
    assert f".venv/bin/{served}" in re.search(r"(?m)^ExecStart=(.+)$", unit)[1]


@pytest.mark.parametrize("alarm", ALARMS, ids=[alarm["alert"] for alarm in ALARMS])
def test_raises_alarms_on_metrics_that_there_are_and_explains_each(alarm: dict, metric_names: set[str]):
    asked = set(re.findall(r"\basc_[a-z_]+", alarm["expr"]))
    assert asked <= metric_names
    assert asked or alarm["expr"].startswith("up{")
    assert alarm["labels"]["severity"] in ("page", "ticket")
    assert alarm["annotations"]["summary"].endswith(".")
    assert f"`{alarm['alert']}`" in OPERATIONS


def test_names_every_metric_in_the_operations_guide(metric_names: set[str]):
    ours = {re.sub(r"_(total|bucket|sum|count|created)$", "", name) for name in metric_names if name.startswith("asc_")}
    assert [name for name in sorted(ours) if f"`{name}" not in OPERATIONS] == []


def test_reads_every_setting_that_the_operations_guide_names():
    code = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("dashboard/settings.py", "gunicorn.conf.py"))
    table = re.search(r"(?s)\| setting \|.*?\n\n", OPERATIONS)[0]
    named = set(re.findall(r"(?m)^\| `([A-Z_]+)`", table))
    read = set(re.findall(r'"([A-Z][A-Z_]{3,})"', code)) - {"PROMETHEUS_MULTIPROC_DIR", "INFO", "CRITICAL"}
    assert named == read | {"TMPDIR"}  # which Python reads by itself
