"""Links from cards to whole files: they lead there, and say how many rows and how large."""

from __future__ import annotations

import re

import pytest
from dash import html
from flask.testing import FlaskClient
from observed import find, words_of

from dashboard.components.indicator_files import link_indicators, measure_indicator
from dashboard.pages import region
from dashboard.store import Snapshot


def test_leads_from_each_card_with_observations_to_its_indicators(made_up: Snapshot, made_up_client: FlaskClient):
    page = region.layout(made_up, code="E12000005")
    cards = {card.id: card for card in find(page, html.Section, having="card")}
    links = {
        name: [link for link in find(card, html.A) if "/indicators/" in str(getattr(link, "href", ""))]
        for name, card in cards.items()
    }
    assert len(links["card-deaths"]) == 1
    assert len(links["card-matrix"]) == 14
    link = links["card-deaths"][0]
    reply = made_up_client.get(link.href)
    assert reply.status_code == 200
    rows = reply.data.count(b"\n") - 1
    assert f"({rows:,} rows, about" in words_of(link)


def test_estimates_the_size_of_a_file_to_within_a_tenth(made_up: Snapshot, made_up_client: FlaskClient):
    for name in list(made_up.by_indicator)[::9]:
        rows, size = measure_indicator(made_up, name)
        content = made_up_client.get(f"/downloads/{made_up.id}/indicators/{name}.csv").data
        assert rows == content.count(b"\n") - 1
        assert size == pytest.approx(len(content), rel=0.1)


def test_offers_no_file_for_rows_of_no_indicator(made_up: Snapshot):
    assert link_indicators(made_up.areas, made_up) == []


def test_names_an_indicator_that_stands_among_others(made_up: Snapshot):
    frame = made_up.observations.drop_duplicates("indicator_id").head(3)
    (listed,) = link_indicators(frame, made_up)
    assert words_of(listed.children[0]) == "CSV of the 3 whole indicators, all areas and dates"
    for link, name in zip(find(listed, html.A), frame["indicator_id"], strict=True):
        assert made_up.indicators.at[name, "short_name"] in words_of(link)
        assert re.search(r"\([\d,]+ rows?, about [\d.]+ [kM]B\)", words_of(link))
