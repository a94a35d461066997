"""Council names, however typed: noise that the table does not list never changes which council is meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from etl.conform.areas import load_areas
from etl.conform.councils import load_councils

LOOKUPS = Path(__file__).resolve().parents[2] / "data" / "lookups"
COUNCILS = load_councils(LOOKUPS / "councils.csv", load_areas(LOOKUPS / "areas.csv"))
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2024, 12, 31))
SPELLINGS = st.sampled_from(sorted(COUNCILS.bearers))
SPACES = st.text(" \t\u00a0\u2009", min_size=1, max_size=3)
GAPS = st.one_of(SPACES, st.sampled_from(["-", "\u2011", "–", " - "]))


@st.composite
def noisy(draw, spelling):
    """The spelling in any case, with other gaps between its words, "&" for "and", stray stops and apostrophes."""
    words = [draw(st.sampled_from(["and", "AND", "&"])) if word == "and" else word for word in spelling.split()]
    words = ["".join(draw(st.sampled_from([letter, letter.upper()])) for letter in word) for word in words]
    words = [word + draw(st.sampled_from(["", "", ".", "'", "’"])) for word in words]
    text = words[0] + "".join(draw(GAPS) + word for word in words[1:])
    return draw(st.sampled_from(["", " ", "\t"])) + text + draw(st.sampled_from(["", "  ", "\u00a0"]))


@given(st.data(), SPELLINGS, DAYS)
def test_means_the_same_council_however_the_name_is_typed(data, spelling, day):
    plain, typed = COUNCILS.find([spelling, data.draw(noisy(spelling))], on=day)
    assert typed == plain
    assert plain in {bearer.shown_as for bearer in COUNCILS.bearers[spelling]}


@given(SPELLINGS, st.text("bcdfghjklmnpqrtvwxz", min_size=1, max_size=4), DAYS)
def test_knows_no_name_that_has_another_word(spelling, word, day):
    longer = f"{spelling} q{word}q"
    assert COUNCILS.find([longer], on=day) == [None]


@given(st.text(max_size=40), st.integers(1, 5))
def test_suggests_only_declared_names_whatever_is_typed(text, most):
    suggested = COUNCILS.suggest(text, most=most)
    assert len(suggested) <= most
    assert None not in COUNCILS.find(suggested, on=dt.date(2020, 8, 10))
