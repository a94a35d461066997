"""The regional view written plainly in Streamlit: choose a region and a measure, see its trend and its ranking."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent))
from view import draw_ranking, draw_trend, list_indicators, list_regions, load, pick_ranking

st.set_page_config(page_title="Region", layout="wide")
tables = st.cache_data(load)()
regions, indicators = list_regions(tables), list_indicators(tables)
region = st.selectbox("Region", list(regions), format_func=regions.get)
indicator = st.selectbox("Measure", list(indicators), format_func=indicators.get)
st.title(regions[region])
st.plotly_chart(draw_trend(tables, region, indicator))
st.plotly_chart(draw_ranking(tables, region, indicator))
st.dataframe(pick_ranking(tables, region, indicator)[["name", "value"]])
