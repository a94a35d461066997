"""The rules for home-level returns: numbered once, declared with what follows from them, and the same in code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from etl.catalogue import load_catalogue
from etl.returns import findings, rules
from etl.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue()
DECLARED = {rule.id: rule for rule in CATALOGUE.return_rules}
IN_CODE = {
    "total_row": rules.TOTAL,
    "no_location_id": rules.NO_ID,
    "malformed_location_id": rules.BAD_ID,
    "unknown_council": rules.COUNCIL,
    "two_councils": rules.TWO_COUNCILS,
    "unknown_answer": rules.ANSWER,
    "not_a_number": rules.NUMBER,
    "unreadable_date": rules.DATE,
    "date_after_extract": rules.FUTURE,
    "same_home_twice": rules.TWICE,
}


def test_numbers_the_row_rules_in_code_as_they_are_declared():
    declared = {rule.id: rule.number for rule in DECLARED.values() if rule.effect == "row refused"}
    assert declared == IN_CODE
    assert rules.ACCEPTED not in declared.values()


def test_never_gives_a_number_twice():
    numbers = [rule.number for rule in CATALOGUE.return_rules]
    assert sorted(numbers) == sorted(set(numbers))
    assert len(DECLARED) == len(numbers)


def test_declares_every_finding_that_is_counted_at_intake():
    assert set(findings.RULES) <= {rule.id for rule in DECLARED.values() if rule.effect == "finding"}


def test_declares_every_rule_that_the_code_names():
    named = set()
    for file in (ROOT / "etl" / "returns").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "rule"
            if is_call and node.args and isinstance(node.args[0], ast.Constant):
                named.add(node.args[0].value)
    assert named
    assert named <= set(DECLARED)


@pytest.mark.parametrize("rule", CATALOGUE.return_rules, ids=lambda rule: rule.id)
def test_says_of_every_rule_what_is_wrong_what_to_do_and_who_can(rule):
    assert rule.what
    assert rule.what[0].isupper()
    assert rule.what_to_do.endswith((".", "--accept"))
    assert rule.who_can
    words = {"n": "1", "open": "2", "places": "care homes", "current_days": 28, "late_days": 15}
    if rule.effect == "finding":
        assert "{n}" in rule.finding
        assert "{" not in rule.finding.format(**words)
    assert "{" not in rule.what_to_do.format(**words)


def test_has_no_column_for_a_home_in_any_table_of_a_snapshot():
    columns = {column for _, declared in TABLES.values() for column, _, _ in declared}
    assert not [
        column for column in columns if re.search(r"location|ods_code|cqc_id|provider|home_name|postcode", column)
    ]
