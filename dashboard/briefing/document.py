"""The document that is printed: one HTML file with its styles inside, laid out for A4, of any sheets."""

from __future__ import annotations

import re
from functools import lru_cache

from dash.development.base_component import Component
from markupsafe import escape

from dashboard.components.still import write_html
from dashboard.plotly_script import find_script
from dashboard.settings import ROOT

ASSETS = ROOT / "assets"
SCRIPTS = ("sheets.js", "printed.js")
WIDTHS = re.compile(r"@media (\((?:min|max)-width[^{]*)\{")
"""The conditions of rules for windows of some width, of any medium."""
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
        library = find_script()
        places.insert(0, library.file.as_uri() if is_file else library.address)
    scripts = "".join(f'<script src="{escape(place)}"></script>' for place in places)
    return DOCUMENT.format(
        title=escape(title), description=escape(description), styles=_read_styles(), body=body, scripts=scripts
    )


@lru_cache(maxsize=1)
def _read_styles() -> str:
    """Return the dashboard's styles as one text, in the order in which the pages load them.

    A sheet of A4 counts as narrow, which it is not at its size of type: rules for narrow windows are kept from paper,
    and those for wide ones given to it.
    """
    styles = "\n".join(file.read_text(encoding="utf-8") for file in sorted(ASSETS.glob("*.css")))
    return WIDTHS.sub(lambda found: f"@media {_set_apart(found[1])}{{", styles)


def _set_apart(condition: str) -> str:
    return f"screen and {condition}" if "max-width" in condition else f"{condition.rstrip()}, print "
