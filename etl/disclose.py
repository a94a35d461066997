"""Disclose: the last stage before publish. Nothing after it can see a number that it hid.

Figures that a publisher has already released pass as published: their publishers applied their own rules.
Anything else is refused until rules for it are declared here.
"""

from __future__ import annotations

import pandas as pd

from etl.catalogue.whole import Catalogue
from etl.errors import CatalogueError


def disclose(observations: pd.DataFrame, *, catalogue: Catalogue) -> pd.DataFrame:
    """Return the observations that may be published; CatalogueError when a source is not declared as published."""
    published = {source.id for source in catalogue.sources if source.is_published}
    closed = sorted(set(observations["source_id"]) - published)
    if closed:
        raise CatalogueError(
            f"Figures from {', '.join(closed)} are not declared as published and no disclosure rule covers them. "
            "Set is_published in sources.toml only if the publisher has released these very figures."
        )
    return observations
