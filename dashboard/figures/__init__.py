"""Figures: frame to go.Figure, one kind of chart a file. Pure functions; the palette is the Analysis Function's."""
