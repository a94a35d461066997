"""plotly.js: the small bundle where set-up could fetch it and it is what it should be, otherwise the whole one.

Our charts are points, lines and bars. The basic bundle draws these alike, at a quarter of the size. `make` fetches
it from npm (dashboard/fetch_plotly.py); the whole one comes with the Python package.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plotly
from plotly.offline import get_plotlyjs_version

from dashboard.settings import ROOT

log = logging.getLogger(__name__)

PACKAGE = "plotly.js-basic-dist-min"
VERSION = "4.1.1"
"""The version of plotly.js inside the Python package that we pin; with another one the whole bundle is used."""
TARBALL = "sha512-1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ=="
"""What npm must bring: the integrity of its archive, as lock files write it."""
MEMBER = "package/plotly-basic.min.js"
SHA256 = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
DRAWN = frozenset({"scatter", "bar"})
"""The kinds of traces that our figures have; the basic bundle has these and pies."""
FETCHED = ROOT / "data" / "built" / "plotly-basic.min.js"


@dataclass(frozen=True)
class Script:
    """A plotly.js to draw with: its file, and its address, which changes when the file does."""

    file: Path
    address: str


@cache
def find_script(fetched: Path = FETCHED) -> Script:
    """Return the small bundle if it is there as it was pinned and of the Python package's version; or the whole one."""
    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    problem = find_problem(fetched)
    if not problem:
        return Script(fetched, f"/plotly/{VERSION}-{SHA256[:12]}/plotly-basic.min.js")
    log.info("plotly.js: the whole bundle is used, for %s", problem)
    return Script(whole, f"/plotly/{get_plotlyjs_version()}/plotly.min.js")


def find_problem(fetched: Path) -> str:
    """Return why the small bundle cannot be used, in words, or nothing."""
    if get_plotlyjs_version() != VERSION:
        return f"the small one is pinned at {VERSION} and the Python package has {get_plotlyjs_version()}"
    try:
        digest = hashlib.sha256(fetched.read_bytes()).hexdigest()
    except OSError:
        return "no small one was fetched (make does, where it finds npm)"
    if digest != SHA256:
        return f"{fetched.name} is not the file that was pinned (python -m dashboard.fetch_plotly fetches it again)"
    return ""
