"""The signal stage: every rule tried on the published figures, and what they found as the snapshot's tables."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from etl.catalogue.signal_model import Signal
from etl.catalogue.whole import Catalogue
from etl.enquiries import Enquiry
from etl.schema import TABLES
from etl.signals.basis import Basis, join_reasons
from etl.signals.contrary import Contrary
from etl.signals.found import Found, Hit
from etl.signals.rules import RULES
from etl.signals.shortlist import MOST, add_places
from etl.signals.spells import Spell, find_spells

STRENGTHS = ("clear", "strong")
DIGITS = 10
"""Significant digits of the numbers in `evidence`: enough to work a verdict out again."""


def find_signals(basis: Basis, *, enquiries: Sequence[Enquiry]) -> dict[str, pd.DataFrame]:
    """Return the tables signals, signal_rules and enquiries."""
    rules = {rule.id: rule for rule in basis.catalogue.signals}
    found = {name: RULES[name](basis, rule) for name, rule in rules.items()}
    contrary = Contrary(basis)
    rows = [
        _write_row(spell, rules[name], basis, contrary, enquiries)
        for name, own in found.items()
        for spell in find_spells(own)
    ]
    columns = [column for column, _, _ in TABLES["signals"][1]]
    signals = pd.DataFrame(rows, columns=[column for column in columns if column != "place"])
    return {
        "signals": add_places(signals, kinds=basis.kinds, regions=basis.regions)[columns],
        "signal_rules": _describe_rules(rules, found, signals),
        "enquiries": pd.DataFrame(
            [enquiry.model_dump() for enquiry in enquiries], columns=[name for name, _, _ in TABLES["enquiries"][1]]
        ),
    }


def name_signal(rule: str, indicator_id: str, area_code: str) -> str:
    """Return a signal's id: rule, beginning of the indicator's id and area, such as absence-home_care-E10000016.

    The two or three words that tell one indicator from another are enough, so that a person can type it.
    """
    words = indicator_id.split("_")
    short = "_".join(words[:3] if words[0] == "ipc" else words[:2])
    return f"{rule}-{short}-{area_code}"


def _write_row(
    spell: Spell, rule: Signal, basis: Basis, contrary: Contrary, enquiries: Sequence[Enquiry]
) -> dict[str, object]:
    hit = spell.hit
    signal_id = name_signal(*hit.key)
    number, owner = find_owner(basis.catalogue, hit.indicator_id)
    strength = STRENGTHS[hit.is_strong]
    asked = _find_enquiry(enquiries, signal_id, spell)
    is_quiet = asked is not None and STRENGTHS.index(strength) <= STRENGTHS.index(asked.strength)
    state = "asked" if is_quiet and spell.state != "cleared" else spell.state
    return {
        "signal_id": signal_id,
        "area_code": hit.area_code,
        "indicator_id": hit.indicator_id,
        "rule": rule.id,
        "strength": strength,
        "state": state,
        "since": spell.since,
        "date": hit.date,
        "cleared_on": spell.cleared_on,
        "value": hit.value,
        "benchmark": hit.benchmark,
        "n": hit.n,
        "homes_short": hit.homes_short,
        "to_clear": hit.to_clear,
        "sentence": hit.sentence,
        "evidence": json.dumps({name: _round(value) for name, value in hit.evidence.items()}),
        "contrary": "\n".join(contrary.find(hit)),
        "ask": rule.ask,
        "clears": _say_clears(hit, rule),
        "recommendation": number,
        "owner": owner,
        "command": _write_command(hit, rule),
        "asked_on": asked.asked_on if asked else None,
        "asked_by": asked.asked_by if asked else "",
        "answer": asked.answer if asked else "",
        "outcome": asked.outcome if asked else "",
        "is_illustrative": hit.is_illustrative,
    }


def _round(value: float) -> float | None:
    """Return the number as JSON can hold it, without digits that nobody needs."""
    number = float(value)
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() else float(f"{number:.{DIGITS}g}")


def find_owner(catalogue: Catalogue, indicator_id: str) -> tuple[int, str]:
    """Return the recommendation that a signal on this indicator leads to, and whom the report names for it."""
    number = next(a.recommendation for a in catalogue.answering if fnmatchcase(indicator_id, a.indicator))
    return number, next(r.owner for r in catalogue.recommendations if r.number == number)


def _find_enquiry(enquiries: Sequence[Enquiry], signal_id: str, spell: Spell) -> Enquiry | None:
    """Return the newest enquiry about the signal in its present spell."""
    own = [entry for entry in enquiries if entry.signal_id == signal_id and entry.asked_on >= spell.since]
    return max(own, key=lambda entry: entry.asked_on, default=None)


def _say_clears(hit: Hit, rule: Signal) -> str:
    if "{to_clear" in rule.clears and np.isnan(hit.to_clear):
        return "It clears when the figure is no longer out of the ordinary."
    text = rule.clears.format(to_clear=hit.to_clear, **hit.other_words)
    return (
        text.replace("when 1 more of these homes report ", "when 1 more of these homes reports ")
        .replace("when 1 more homes report ", "when 1 more home reports ")
        .replace("when 1 more homes answer", "when 1 more home answers")
        .replace("when 1 of these homes report ", "when 1 of these homes reports ")
    )


def _write_command(hit: Hit, rule: Signal) -> str:
    """Return the command that lists the homes behind a signal, for those who may open the restricted store."""
    if not rule.answer:
        return ""
    words = hit.indicator_id.split("_")
    wanted = "_".join(words[:3]) if words[0] == "ipc" else "answering"
    return f"python -m etl homes --area {hit.area_code} --indicator {wanted} --answer {rule.answer}"


def _describe_rules(rules: dict[str, Signal], found: dict[str, Found], signals: pd.DataFrame) -> pd.DataFrame:
    standing = signals[signals["state"] != "cleared"]["rule"].value_counts()
    rows = [
        {
            "id": name,
            "position": position,
            "name": rule.name,
            "words": rule.words,
            "threshold": rule.threshold,
            "numbers": json.dumps(rule.evidence),
            "thresholds": json.dumps(rule.numbers),
            "tested": found[name].tested,
            "found": int(standing.get(name, 0)),
            "reason": join_reasons(found[name].reasons),
            "most_a_region": MOST,
        }
        for position, (name, rule) in enumerate(rules.items())
    ]
    return pd.DataFrame(rows)
