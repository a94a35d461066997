"""The command `python -m dashboard brief`: it writes the pack, or says in one sentence why not, with its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.store import Snapshot


@pytest.fixture
def brief(made_up_folder: Path):
    """Run the command over the made-up returns."""

    def run(*arguments: object, **environment: str) -> Result:
        variables = {"ASC_DATA_DIR": str(made_up_folder.parent)} | environment
        return CliRunner().invoke(app, ["brief", *map(str, arguments)], env=variables)

    return run


@pytest.mark.parametrize("area", ["E08000027", "e08000027", "Dudley", "dudley"])
def test_writes_slides_of_an_area_by_code_or_name(brief, tmp_path: Path, made_up: Snapshot, area: str):
    out = tmp_path / "pack.pptx"
    done = brief("--area", area, "--out", out)
    assert done.exit_code == 0, done.output
    assert f"Dudley, snapshot {made_up.id}" in done.output
    assert "made up" in done.output
    assert Presentation(str(out)).core_properties.title == "Dudley: briefing"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--area", "Dudly"], 2, "Nearest: Dudley (E08000027)"),
        (["--area", "E10000002"], 2, "stand under E06000060"),
        (["--area", "xyzzy"], 2, "There is no area 'xyzzy'."),
        (["--snapshot", "2020-01-01-000000000000"], 4, "There is no snapshot"),
        (["--snapshot", "../.."], 4, "There is no snapshot"),
    ],
)
def test_says_what_is_not_there(brief, tmp_path: Path, arguments: list[str], code: int, said: str):
    out = tmp_path / "pack.pptx"
    done = brief("--out", out, *arguments)
    assert (done.exit_code, out.exists()) == (code, False)
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_refuses_another_kind_of_file_and_a_folder_that_is_not_there(brief, tmp_path: Path):
    assert brief("--out", tmp_path / "pack.docx").exit_code == 2
    missing = brief("--out", tmp_path / "nowhere" / "pack.pptx")
    assert missing.exit_code == 4
    assert "there is no folder" in missing.stderr


def test_says_that_there_is_no_chromium_or_no_snapshot(brief, tmp_path: Path):
    without = brief("--out", tmp_path / "pack.pdf", CHROMIUM="no-such-program")
    assert without.exit_code == 5
    assert "no Chromium" in without.stderr
    assert "no program here called no-such-program; CHROMIUM can name another" in without.stderr
    empty = brief("--out", tmp_path / "pack.pptx", ASC_DATA_DIR=str(tmp_path))
    assert empty.exit_code == 4
    assert "Build one with: python -m etl build" in empty.stderr
