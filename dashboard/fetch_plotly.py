"""`python -m dashboard.fetch_plotly`: fetches the small plotly.js with npm; set-up goes on without it."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from dashboard.plotly_script import FETCHED, MEMBER, PACKAGE, TARBALL, VERSION, find_problem

SECONDS = 120


class FetchError(Exception):
    """The small bundle could not be had; the message says why."""


def fetch(target: Path) -> None:
    """Put the pinned bundle at the target. FetchError when npm is missing or fails, or brings something else."""
    npm = shutil.which("npm")
    if npm is None:
        raise FetchError("there is no npm here")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--silent", "--pack-destination", folder]
        try:
            subprocess.run(command, cwd=folder, check=True, timeout=SECONDS, capture_output=True)  # noqa: S603 - ours
        except (subprocess.SubprocessError, OSError) as error:
            raise FetchError(f"npm could not bring it ({type(error).__name__})") from error
        archives = list(Path(folder).glob("*.tgz"))
        if len(archives) != 1:
            raise FetchError("npm brought no archive")
        unpack(archives[0], target)


def unpack(archive: Path, target: Path) -> None:
    """Put the bundle of an archive at the target. FetchError when the archive is not the one that was pinned."""
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != TARBALL:
        raise FetchError(f"{archive.name} is not the archive that was pinned (its hash differs)")
    with tarfile.open(archive) as opened:
        script = opened.extractfile(MEMBER).read()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(script)
    part.replace(target)


def main() -> None:
    """Fetch what is not there yet, and say in one line what became of it."""
    if find_problem(FETCHED):
        try:
            fetch(FETCHED)
        except FetchError as error:
            sys.stdout.write(f"The small plotly.js was not fetched: {error}. The whole one is used.\n")


if __name__ == "__main__":
    main()
