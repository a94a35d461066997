"""The catalogue, read from the TOML files beside this one and checked as a whole."""

from __future__ import annotations

import tomllib
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import ValidationError

from etl.catalogue.entry import Entry
from etl.catalogue.model import Break, Indicator, Recommendation, Source, Spotlight
from etl.catalogue.return_model import Register, Return, Rule
from etl.catalogue.signal_model import Answering, Signal
from etl.catalogue.whole import Catalogue
from etl.errors import CatalogueError

FOLDER = Path(__file__).parent
PARTS: dict[str, tuple[str, type[Entry]]] = {
    "sources": ("source", Source),
    "indicators": ("indicator", Indicator),
    "recommendations": ("recommendation", Recommendation),
    "spotlights": ("spotlight", Spotlight),
    "breaks": ("break", Break),
    "returns": ("return", Return),
    "return_rules": ("rule", Rule),
    "registers": ("register", Register),
    "signals": ("signal", Signal),
    "answering": ("answering", Answering),
}


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Return the whole catalogue; CatalogueError names the file, the entry and the key that is wrong."""
    parts = {part: _load_part(folder / f"{part}.toml", key, kind) for part, (key, kind) in PARTS.items()}
    catalogue = Catalogue(**parts)
    problems = find_contradictions(catalogue)
    if problems:
        raise CatalogueError("The catalogue contradicts itself:\n" + "\n".join(f"  - {p}" for p in problems))
    return catalogue


def _load_part(file: Path, key: str, kind: type[Entry]) -> tuple[Entry, ...]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{file} is missing. Restore it from the repository.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file} is not valid TOML: {error}. Mend the line it names.") from error
    unknown = sorted(set(content) - {key})
    if unknown:
        raise CatalogueError(f"{file}: unknown section {unknown[0]!r}; every entry begins with [[{key}]].")
    return tuple(_load_entry(file, kind, entry, place) for place, entry in enumerate(content.get(key, []), 1))


def _load_entry(file: Path, kind: type[Entry], entry: dict, place: int) -> Entry:
    try:
        return kind(**entry)
    except ValidationError as error:
        name = entry.get("id", entry.get("number", f"number {place}"))
        faults = [f"{'.'.join(map(str, fault['loc'])) or 'entry'}: {fault['msg']}" for fault in error.errors()]
        raise CatalogueError(f"{file}, entry {name}: " + "; ".join(faults)) from error


def _names_an_indicator(name: str, indicator_ids: set[str]) -> bool:
    """Tell whether a name, or a pattern with stars, fits an indicator."""
    return any(fnmatchcase(indicator, name) for indicator in indicator_ids)


def find_contradictions(catalogue: Catalogue) -> list[str]:
    """Return a sentence for each reference that leads nowhere and each id used twice; empty when sound."""
    indicator_ids = {indicator.id for indicator in catalogue.indicators}
    source_ids = {source.id for source in (*catalogue.sources, *catalogue.returns, *catalogue.registers)}
    problems = [
        f"{what} {name!r} is declared {count} times"
        for what, names in {
            "source": [source.id for source in (*catalogue.sources, *catalogue.returns, *catalogue.registers)],
            "indicator": [indicator.id for indicator in catalogue.indicators],
            "recommendation": [recommendation.number for recommendation in catalogue.recommendations],
            "spotlight": [spotlight.id for spotlight in catalogue.spotlights],
            "break": [entry.id for entry in catalogue.breaks],
            "rule": [rule.number for rule in catalogue.return_rules],
            "signal": [rule.id for rule in catalogue.signals],
        }.items()
        for name, count in Counter(names).items()
        if count > 1
    ]
    for indicator in catalogue.indicators:
        problems += [
            f"indicator {indicator.id}: source {source_id!r} is not declared"
            for source_id in indicator.sources
            if source_id not in source_ids
        ]
    named = [(f"recommendation {r.number}", r.indicators) for r in catalogue.recommendations]
    named += [(f"spotlight {entry.id}", entry.indicators) for entry in catalogue.spotlights]
    named += [(f"break {entry.id}", entry.indicators) for entry in catalogue.breaks]
    named += [(f"signal {rule.id}", rule.indicators) for rule in catalogue.signals]
    named += [(f"answering {entry.indicator}", (entry.indicator,)) for entry in catalogue.answering]
    problems += [
        f"{who}: indicator {name!r} is not declared"
        for who, names in named
        for name in names
        if not _names_an_indicator(name, indicator_ids)
    ]
    numbers = {recommendation.number for recommendation in catalogue.recommendations}
    problems += [
        f"spotlight {entry.id}: recommendation {number} is not declared"
        for entry in catalogue.spotlights
        for number in entry.recommendations
        if number not in numbers
    ]
    problems += [
        f"answering {entry.indicator}: recommendation {entry.recommendation} is not declared"
        for entry in catalogue.answering
        if entry.recommendation not in numbers
    ]
    return problems + find_unanswered(catalogue)


def find_unanswered(catalogue: Catalogue) -> list[str]:
    """Return a sentence for each indicator that a signal may stand on and no recommendation answers."""
    return [
        f"signal {rule.id}: no entry of answering.toml fits indicator {indicator.id}"
        for rule in catalogue.signals
        for indicator in catalogue.indicators
        if rule.concerns(indicator.id) and not any(fnmatchcase(indicator.id, a.indicator) for a in catalogue.answering)
    ]
