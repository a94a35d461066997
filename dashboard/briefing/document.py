"""The document that is printed: one HTML file with its styles inside, laid out for A4, of any sheets."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import plotly
from dash.development.base_component import Component
from markupsafe import escape

from dashboard.components.shell import PLOTLY
from dashboard.components.still import write_html
from dashboard.settings import ROOT

ASSETS = ROOT / "assets"
LAST = "briefing.css"
"""The styles of the sheets, after those of what stands on them."""
SCRIPTS = ("sheets.js", "printed.js")
LIBRARY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
DOCUMENT = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{description}">
<style>{styles}</style>
</head>
<body class="printed">
<main>{body}</main>
{scripts}
</body>
</html>
"""


def write_document(sheets: Component, *, title: str, description: str, is_file: bool) -> str:
    """Return the document; as a file it takes its scripts from this machine, otherwise from the server.

    The library that draws charts is asked for only where a chart waits for it.
    """
    body = write_html(sheets)
    places = [(ASSETS / name).as_uri() if is_file else f"/assets/{name}" for name in SCRIPTS]
    if "data-figure=" in body:
        places.insert(0, LIBRARY.as_uri() if is_file else PLOTLY)
    scripts = "".join(f'<script src="{escape(place)}"></script>' for place in places)
    return DOCUMENT.format(
        title=escape(title), description=escape(description), styles=_read_styles(), body=body, scripts=scripts
    )


@lru_cache(maxsize=1)
def _read_styles() -> str:
    """Return the dashboard's styles as one text, those of the sheets last; the same files that the pages load."""
    files = sorted(file for file in ASSETS.glob("*.css") if file.name != LAST)
    return "\n".join(file.read_text(encoding="utf-8") for file in [*files, ASSETS / LAST])
