"""Export: the figures of a view in the formats that people take away."""
