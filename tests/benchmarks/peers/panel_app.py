"""The regional view written plainly in Panel: choose a region and a measure, see its trend and its ranking."""

import sys
from pathlib import Path

import panel as pn

sys.path.insert(0, str(Path(__file__).resolve().parent))
from view import draw_ranking, draw_trend, list_indicators, list_regions, load, pick_ranking

pn.extension("plotly")
tables = pn.state.as_cached("tables", load)
regions, indicators = list_regions(tables), list_indicators(tables)
region = pn.widgets.Select(name="Region", options={name: code for code, name in regions.items()})
indicator = pn.widgets.Select(name="Measure", options={name: code for code, name in indicators.items()})


@pn.depends(region, indicator)
def show(region, indicator):
    """Return the view."""
    return pn.Column(
        f"# {regions[region]}",
        pn.pane.Plotly(draw_trend(tables, region, indicator)),
        pn.pane.Plotly(draw_ranking(tables, region, indicator)),
        pn.pane.DataFrame(pick_ranking(tables, region, indicator)[["name", "value"]]),
    )


pn.Column(region, indicator, show).servable(title="Region")
