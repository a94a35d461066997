"""The catalogue as one: all its parts, for the stages to look things up in."""

from __future__ import annotations

from etl.catalogue.entry import Entry
from etl.catalogue.model import Break, Indicator, Recommendation, Source, Spotlight
from etl.catalogue.return_model import Register, Return, Rule
from etl.catalogue.signal_model import Answering, Signal


class Catalogue(Entry):
    """All parts together, with every reference between them checked by `load_catalogue`."""

    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    recommendations: tuple[Recommendation, ...]
    breaks: tuple[Break, ...]
    spotlights: tuple[Spotlight, ...] = ()
    returns: tuple[Return, ...] = ()
    return_rules: tuple[Rule, ...] = ()
    registers: tuple[Register, ...] = ()
    signals: tuple[Signal, ...] = ()
    answering: tuple[Answering, ...] = ()

    def source(self, source_id: str) -> Source:
        """Return the source with this id; KeyError when there is none."""
        return {source.id: source for source in self.sources}[source_id]

    def rule(self, rule_id: str) -> Rule:
        """Return the rule for home-level returns with this id; KeyError when there is none."""
        return {rule.id: rule for rule in self.return_rules}[rule_id]
