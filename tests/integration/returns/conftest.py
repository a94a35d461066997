"""A live snapshot of a few made-up extracts, and builds that say what they read or why they refuse."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from etl.pipeline import Folders, build
from tests.made_once import make_once
from tests.made_up_homes import write_extracts

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def built_homes(small_published: Path, tmp_path_factory: pytest.TempPathFactory, today: dt.date) -> Path:
    """A data folder with four made-up extracts and a live snapshot of them. Read only."""

    def make(data: Path) -> None:
        shutil.copytree(small_published, data / "published")
        shutil.copytree(ROOT / "data" / "lookups", data / "lookups")
        (data / "extracts").mkdir()
        write_extracts(data)
        build(Folders.below(data), today=today)

    return make_once(tmp_path_factory, "homes", make)


@pytest.fixture
def homes_data(built_homes: Path, tmp_path: Path) -> Path:
    """A private data folder with four made-up extracts and a live snapshot of them."""
    return shutil.copytree(built_homes, tmp_path / "homes")


@pytest.fixture
def build_homes(command: Callable[..., Result]) -> Callable[..., list[str] | str]:
    """A function that builds and expects an exit code; it returns the lines shown, or what was said of an error."""

    def run(data: Path, *options: str, code: int = 0) -> list[str] | str:
        result = command("build", "--yes", *options, data=data)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        if code:
            return result.stderr
        return [" ".join(line.replace("│", " ").split()) for line in result.stdout.splitlines()]

    return run


@pytest.fixture
def refuse_homes(homes_data: Path, build_homes: Callable[..., str], fingerprint: Callable) -> Callable[..., str]:
    """A function that builds and sees it refused: each phrase said, a remedy, the live snapshot untouched."""
    before = fingerprint(homes_data / "snapshots")

    def run(*phrases: str) -> str:
        said = build_homes(homes_data, code=1)
        for phrase in (*phrases, "What to do: "):
            assert phrase in said
        assert fingerprint(homes_data / "snapshots") == before
        return said

    return run
