"""Still parts: HTML that says what the components said, and nothing that a name or a figure could run."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import dash_mantine_components as dmc
import plotly.graph_objects as go
import pytest
from dash import dcc, html
from dash._utils import to_json
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dashboard.components.still import Pieces, hold_page_still, write_early, write_html


class Reader(HTMLParser):
    """What a browser would read: the texts, the elements opened, their attributes."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1))
def test_keeps_any_text_as_text(words: str):
    read = Reader(write_html(html.P(words, title=words, **{"data-label": words})))
    assert [tag for tag, _ in read.opened] == ["p"]
    assert "".join(read.texts) == words
    assert read.opened[0][1] == {"title": words, "data-label": words}


def test_writes_properties_under_their_names_in_html():
    cell = html.Td("7", className="number", colSpan=2, tabIndex=0, style={"backgroundColor": "red", "--x": "1"}, id="a")
    _, found = Reader(write_html(cell)).opened[0]
    assert found == {
        "id": "a", "class": "number", "colspan": "2", "tabindex": "0", "style": "background-color:red;--x:1",
    }  # fmt: skip


def test_leaves_out_what_is_nothing_and_says_what_is_true():
    assert write_html(html.Details([None, html.Summary("More"), False], open=True)) == (
        "<details open><summary>More</summary></details>"
    )
    assert write_html(html.Details("x", open=False)) == "<details>x</details>"
    assert write_html(html.Br()) == "<br>"
    assert write_html(html.Td(0)) == "<td>0</td>"


def test_keeps_our_own_drawings_as_they_are():
    assert write_html(html.Td(Markup("<svg></svg>"))) == "<td><svg></svg></td>"


def test_makes_a_link_a_link():
    assert write_html(dcc.Link("A & B", href="/area/E1?x=1&y=2")) == '<a href="/area/E1?x=1&amp;y=2">A &amp; B</a>'


def test_carries_a_figure_that_reads_back_the_same():
    figure = go.Figure(go.Bar(x=["King's Lynn <b>", 'Say "no"', "A&B"], y=[1, 2, 3]))
    written = write_html(dcc.Graph(id="one", figure=figure, style={"height": "300px"}))
    tag, found = Reader(written).opened[0]
    assert (tag, found["class"], found["id"], found["style"]) == ("div", "chart", "one", "height:300px")
    assert found["data-figure"] == figure.to_json()


def test_refuses_a_control_which_html_alone_cannot_work():
    with pytest.raises(TypeError, match="Select needs Dash"):
        write_html(html.Div(dmc.Select(data=["a"])))


def test_holds_still_all_but_the_controls():
    page = html.Div(
        [html.H1("Here"), html.Div([html.P("before"), dmc.Select(id="choice", data=["a"])]), html.P("after")]
    )
    held = hold_page_still(page)
    first, middle, last = held.children
    assert [getattr(one, "data-still") for one in (first, last)] == ["<h1>Here</h1>", "<p>after</p>"]
    assert isinstance(middle.children[1], dmc.Select)


def test_shows_the_text_and_charts_early_with_empty_places_for_controls():
    figure = go.Figure(go.Bar(x=["It's"], y=[1]))
    graph = dcc.Graph(id="one", figure=figure, style={"height": "300px"})
    page = hold_page_still(html.Div([html.Div([html.H1("Here"), graph]), dmc.Select(id="choice", data=["a"])]))
    shell = dmc.MantineProvider([html.Main(html.Div(id="place"))])
    read = Reader(write_early(shell, places={"place": page}, pieces=Pieces()))
    assert "".join(read.texts) == "Here"
    assert ("div", {"class": "waiting"}) in read.opened
    chart = next(found for _, found in read.opened if found.get("id") == "one")
    assert (chart["class"], chart["style"], chart["data-figure"]) == ("chart", "height:300px", figure.to_json())


def test_refers_to_each_piece_that_the_document_has_and_repeats_none():
    page = hold_page_still(html.Div([html.P("same"), dmc.Select(id="choice", data=["a"]), html.P("same")]))
    pieces = Pieces()
    written = write_early(page, places={}, pieces=pieces)
    assert [found["data-piece"] for _, found in Reader(written).opened if "data-piece" in found] == ["1", "2"]
    referred = pieces.refer(json.loads(to_json(page)))
    first, middle, last = referred["props"]["children"]
    assert [one["props"]["data-still"] for one in (first, last)] == ["piece:1", "piece:2"]
    assert middle["props"]["id"] == "choice"
    other = pieces.refer(json.loads(to_json(hold_page_still(html.P("not there")))))
    assert other["props"]["data-still"] == "<p>not there</p>"
