"""A signal as it stands on every page: what was found, what speaks against it, what to ask, and who acts."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.format import Row, sentence
from dashboard.quality import write_word
from dashboard.recommendations import recommendation_path
from dashboard.rows import list_rows
from dashboard.selection import area_path
from dashboard.store import Snapshot
from dashboard.support import STATES, STRENGTHS
from dashboard.text.signals import describe_counts, describe_enquiry, describe_shares, describe_since

SHAPES = {"strong": "\u25b2", "clear": "\u25b3"}
NO_OWNER = "the report names nobody"
MOST_QUESTIONS = 2
"""Questions shown of one indicator; those of its first signals."""
Chosen = Mapping[str, str]
Rows = list[Row]
NONE: Chosen = {}


def area_signals(
    snapshot: Snapshot, signals: pd.DataFrame, *, chosen: Chosen = NONE, level: type = html.H3
) -> html.Section:
    """Return an area with its signals, which are all of it: a heading, their counts, and an entry an indicator."""
    first = signals.iloc[0]
    region = f"{first['region_name']}. " if first["kind"] == "authority" else ""
    made_up = html.Span("Illustrative", className="illustrative-tag") if signals["is_illustrative"].any() else None
    groups = [list_rows(own) for _, own in signals.groupby("indicator_id", sort=False)]
    return html.Section(
        [
            level(dcc.Link(first["area_name"], href=area_path(snapshot, first["area_code"]))),
            html.P([f"{region}{describe_counts(signals)}. ", made_up], className="counts"),
            html.Ul([signal_entry(snapshot, rows, chosen=chosen) for rows in groups], className="signals"),
        ],
        className="signal-area",
        hidden=not any(fits(rows, chosen) for rows in groups),
        **{"data-group": ""},
    )


def describe_entry(rows: Rows) -> dict[str, str]:
    """Return what an entry is chosen by: its indicator, who acts, and the newest state among its signals."""
    state = min((row["state"] for row in rows), key=list(STATES).index)
    return {"indicator": rows[0]["indicator_id"], "owner": write_word(rows[0]["owner"]), "state": state}


def fits(rows: Rows, chosen: Chosen) -> bool:
    """Tell whether an entry is among those that the address asks for; assets/filter.js has the same rule."""
    own = describe_entry(rows)
    return all(not word or own[key] == word for key, word in chosen.items())


def signal_entry(snapshot: Snapshot, rows: Rows, *, chosen: Chosen = NONE) -> html.Li:
    """Return the signals of one indicator in one area as an item of a list."""
    first = rows[0]
    contrary = list(dict.fromkeys(line for row in rows for line in row["contrary"].split("\n") if line))
    left = [
        html.P(html.Strong(first["short_name"]), className="what"),
        html.Ul([html.Li(_show_reason(row), id=row["signal_id"]) for row in rows], className="reasons"),
        *[html.P(describe_enquiry(row), className="enquiry") for row in rows if row["asked_on"] is not None],
        _show_contrary(contrary),
    ]
    asked = list(dict.fromkeys(row["ask"] for row in rows))
    clears = list(dict.fromkeys(row["clears"] for row in rows))
    right = [
        html.P(html.Strong("Ask")),
        html.Ul([html.Li(text) for text in asked[:MOST_QUESTIONS]]),
        html.P(html.Strong("What would clear it")),
        html.Ul([html.Li(text) for text in clears]),
        html.P(_name_owner(first), className="owner"),
        html.P(text, className="gap") if (text := _name_gap(snapshot, first)) else None,
    ]
    return html.Li(
        [
            html.Div([html.Div(left), html.Div(right, className="next")], className="signal-parts"),
            _show_numbers(snapshot, rows),
        ],
        hidden=not fits(rows, chosen),
        className="signal strong" if any(row["strength"] == "strong" for row in rows) else "signal",
        **{"data-item": ""} | {f"data-{key}": word for key, word in describe_entry(rows).items()},
    )


def _show_reason(row: Row) -> list[Component]:
    mark = html.Span(
        [html.Span(SHAPES[row["strength"]], **{"aria-hidden": "true"}), f" {STRENGTHS[row['strength']]}"],
        className=f"strength {row['strength']}",
    )
    return [
        html.P([mark, row["rule_name"], html.Span(f" {describe_since(row)}", className="since")]),
        html.P(row["sentence"], className="found"),
    ]


def _show_contrary(lines: list[str]) -> Component:
    if not lines:
        return html.P("Nothing that is held here speaks against it.", className="against")
    return html.Div([html.P("What speaks against it"), html.Ul([html.Li(line) for line in lines])], className="against")


def _name_gap(snapshot: Snapshot, row: Row) -> str:
    if row["kind"] != "authority":
        return ""
    shares = queries.find_shares(snapshot, row["indicator_id"], region=row["region_code"])
    return describe_shares(shares, code=row["area_code"], region=row["region_name"])


def _name_owner(row: Row) -> list:
    number = row["recommendation"]
    link = dcc.Link(f"recommendation {number}", href=recommendation_path(number))
    return [html.Strong("Who acts: "), row["owner"] or NO_OWNER, " (", link, ")"]


def _show_numbers(snapshot: Snapshot, rows: Rows) -> html.Details:
    """Return each rule with every number it used, and the commands for those who may list homes or note an answer."""
    parts = [part for row in rows for part in _show_rule(snapshot, row)]
    return html.Details([html.Summary("The rules and their numbers"), *parts], className="numbers")


def _show_rule(snapshot: Snapshot, row: Row) -> list[Component]:
    rule = snapshot.signal_rules.loc[row["rule"]]
    labels, numbers = json.loads(rule["numbers"]), json.loads(row["evidence"])
    lines = [
        html.Tr([html.Th(sentence(labels[name]), scope="row"), html.Td(_write(name, number))])
        for name, number in numbers.items()
        if number is not None
    ]
    commands = [("Which homes, for those who may know", row["command"])] if row["command"] else []
    noted = f"python -m etl respond {row['signal_id']} --asked DATE --by ROLE --answer TEXT --outcome OUTCOME"
    commands.append(("Note that you asked", noted))
    return [
        html.P([html.Strong(f"{row['rule_name']}. "), rule["words"], " ", rule["threshold"]]),
        html.Table([html.Caption(f"Numbers: {row['rule_name']}", className="hidden"), html.Tbody(lines)]),
        *[html.P([f"{what}: ", html.Code(command)], className="command") for what, command in commands],
    ]


def _write(name: str, number: float) -> str:
    """Return a number as it can be worked with: whole ones whole, chances in full, others to two decimals."""
    if float(number).is_integer():
        return f"{number:,.0f}"
    if (name.startswith("p") and name != "points") or name == "tau_squared":
        return f"{number:.3g}"
    return f"{number:,.2f}"
