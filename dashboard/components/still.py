"""Still parts: pieces of a page that no callback changes, sent as one string of HTML.

The renderer builds each Dash component as a React element of its own; a page of tables has three thousand of them and
takes a second or more. A still part is written to HTML on the server and put in its place by assets/still.js. Text that
is already HTML (a drawing of ours) comes as `markupsafe.Markup`; everything else is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import escape

STILL = "data-still"
PIECE = "piece:"
"""What stands in place of a still part's HTML that the document has already, before its number."""

VOID = {"Img", "Br", "Hr", "Input", "Col"}
"""Elements without an end tag."""

WILD = ("data-", "aria-")
"""How the names begin that Dash allows on every element."""

ATTRIBUTES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan",
              "rowSpan": "rowspan", "srcSet": "srcset", "dateTime": "datetime", "contentEditable": "contenteditable",
              "autoComplete": "autocomplete", "spellCheck": "spellcheck"}  # fmt: skip
"""Properties whose attribute has another name."""


def hold_still(part: Component) -> Component:
    """Return the part as one component that carries its HTML."""
    return html.Div(className="still", **{STILL: write_html(part)})


def hold_page_still(part: object) -> object:
    """Return the part with each piece of it that can stand still held so; what callbacks change stays as it is."""
    moving: set[int] = set()
    _mark_moving(part, moving)
    return _hold_pieces(part, moving)


def _hold_pieces(part: object, moving: set[int]) -> object:
    if not isinstance(part, Component) or id(part) not in moving:
        return hold_still(part) if isinstance(part, Component) else part
    inside = _inside(part)
    # What goes into a control is its own affair; only plain elements are looked into.
    if type(part).__module__.startswith("dash.html") and isinstance(inside, list | tuple):
        part.children = [_hold_pieces(piece, moving) for piece in inside]
    return part


def is_still(part: object) -> bool:
    """Tell whether a part has nothing that needs Dash in the browser: elements, links and text only."""
    return not _mark_moving(part, set())


def _mark_moving(part: object, moving: set[int]) -> bool:
    """Tell whether a part, or one inside it, needs Dash in the browser; add the ids of all that do."""
    if isinstance(part, list | tuple):
        return any([_mark_moving(piece, moving) for piece in part])
    if not isinstance(part, Component):
        return False
    inside = _mark_moving(_inside(part), moving)
    if inside or not _is_element(part):
        moving.add(id(part))
        return True
    return False


def write_html(part: object) -> str:
    """Return a part as HTML: text escaped, drawings of ours as they are. TypeError for a component that needs Dash."""
    if part is None or isinstance(part, bool):
        return ""
    if isinstance(part, Component):
        return _write_element(part)
    if isinstance(part, list | tuple):
        return "".join(map(write_html, part))
    return str(escape(part))


def _write_element(part: Component) -> str:
    if not _is_element(part):
        raise TypeError(f"{type(part).__name__} needs Dash in the browser and cannot stand in a still part.")
    if isinstance(part, dcc.Graph):
        return _write_chart(part)
    if isinstance(part, dcc.Link):
        return f'<a href="{escape(part.href)}"{_write_class(part)}>{write_html(_inside(part))}</a>'
    tag = type(part).__name__.lower()
    opened = f"<{tag}{''.join(_write_attributes(part))}>"
    return opened if type(part).__name__ in VOID else f"{opened}{write_html(_inside(part))}</{tag}>"


class Pieces:
    """The still parts of a document, numbered, so that what comes after can refer to them instead of repeating them."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[int]] = {}
        self._count = 0

    def number(self, written: str) -> int:
        """Return the number of one more piece with this HTML."""
        self._count += 1
        self._numbers.setdefault(written, []).append(self._count)
        return self._count

    def refer(self, part: object) -> object:
        """Return a part, as JSON has it, with each piece that the document has replaced by its number (still.js)."""
        if isinstance(part, list):
            return [self.refer(inside) for inside in part]
        if not isinstance(part, dict):
            return part
        numbers = self._numbers.get(part.get(STILL, ""))
        referred = {name: inside if name == STILL else self.refer(inside) for name, inside in part.items()}
        return referred | {STILL: f"{PIECE}{numbers.pop(0)}"} if numbers else referred


def write_early(part: object, *, places: Mapping[str, object], pieces: Pieces) -> str:
    """Return a part as HTML to read until Dash has come: charts as they are, controls as empty places of their size.

    `places` are what will stand in the components of these ids; `pieces` number what stands still.
    """

    def write(part: object) -> str:
        if isinstance(part, list | tuple):
            return "".join(map(write, part))
        if not isinstance(part, Component):
            return write_html(part)
        if getattr(part, "id", None) in places:
            return write(places[part.id])
        if hasattr(part, STILL):
            written = getattr(part, STILL)
            return f'<div class="still" data-piece="{pieces.number(written)}">{written}</div>'
        if type(part).__module__.startswith("dash.html"):
            tag = type(part).__name__.lower()
            return f"<{tag}{''.join(_write_attributes(part))}>{write(_inside(part))}</{tag}>"
        if isinstance(part, dcc.Link):
            return _write_element(part)
        if isinstance(_inside(part), Component | list):
            return write(_inside(part))
        return '<div class="waiting"></div>' if hasattr(part, "data") else ""

    return write(part)


def _write_chart(part: dcc.Graph) -> str:
    """Return the place of a chart with its figure; assets/charts.js draws it when it comes near the window."""
    # JSON is full of double quotes; in single ones it stays short.
    figure = part.figure.to_json().replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")
    height = escape(part.style["height"])
    return f'<div id="{escape(part.id)}" class="chart" style="height:{height}" data-figure=\'{figure}\'></div>'


def _write_class(part: Component) -> str:
    name = getattr(part, "className", None)
    return f' class="{escape(name)}"' if name else ""


def _write_attributes(part: Component) -> Iterator[str]:
    # Sorted, so that a page has the same bytes in every process: Dash goes through names in no order.
    for name, value in sorted(vars(part).items()):
        if name not in part.available_properties and not name.startswith(WILD):
            continue
        if name == "children" or value is None or value is False:
            continue
        if name == "style":
            value = ";".join(f"{_hyphenate(key)}:{word}" for key, word in value.items())
        attribute = ATTRIBUTES.get(name, name)
        if value is True:
            yield f" {attribute}"
        else:
            yield f' {attribute}="{escape(value)}"'


def _hyphenate(name: str) -> str:
    """Return a style's name as style sheets have it: background-color."""
    if name.startswith("--"):
        return name
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


def _is_element(part: object) -> bool:
    if not isinstance(part, Component):
        return True
    return isinstance(part, dcc.Link | dcc.Graph) or type(part).__module__.startswith("dash.html")


def _inside(part: Component) -> object:
    return getattr(part, "children", None)
