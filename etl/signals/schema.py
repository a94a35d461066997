"""The columns of the tables that the signal stage makes. `etl.schema` holds all others, and how they are written."""

from __future__ import annotations

from etl.column_types import DAY, FLAG, REAL, TEXT, WHOLE

SIGNAL_TABLES = {
    "signals": (
        "a reason to look at an area",
        (
            ("signal_id", TEXT, "The signal's id: the rule, the indicator's first words and the area."),
            ("area_code", TEXT, "Which area; see areas."),
            ("indicator_id", TEXT, "Which indicator; see indicators."),
            ("rule", TEXT, "Which rule; see signal_rules."),
            ("strength", TEXT, "strong or clear, as the rule declares."),
            (
                "state",
                TEXT,
                "new (not there a week before), stronger, continuing, asked (and not stronger since), or cleared.",
            ),
            ("since", DAY, "The first of the weeks without a gap in which it held."),
            ("date", DAY, "The newest week in which it held."),
            ("cleared_on", DAY, "The first week in which it no longer held; null while it does."),
            ("value", REAL, "The figure it rests on, in the indicator's unit."),
            ("benchmark", REAL, "What the figure is set beside, in the same unit, as the sentence says."),
            ("n", REAL, "How many homes (or cases, or staff) stand behind the figure."),
            ("homes_short", REAL, "How many homes fewer than the benchmark would give; null where it is not of homes."),
            ("to_clear", REAL, "How many homes would have to change for the signal to clear; null where none is told."),
            ("sentence", TEXT, "What was found, in a sentence."),
            ("evidence", TEXT, "Every number that the rule used, as a JSON object; the rule names them."),
            ("contrary", TEXT, "What speaks against it, one sentence a line."),
            ("ask", TEXT, "The question to ask."),
            ("clears", TEXT, "What would clear it."),
            ("recommendation", WHOLE, "The report's recommendation that answers it; see recommendations."),
            ("owner", TEXT, 'Who the report names under "Action for" there.'),
            ("command", TEXT, "The command that lists the homes, for those entitled; empty where there is none."),
            ("place", WHOLE, "Place of the authority on its region's list for this week, 1 first; null off the list."),
            ("asked_on", DAY, "When somebody last asked about it, in this spell; null if nobody did."),
            ("asked_by", TEXT, "In which role."),
            ("answer", TEXT, "What was answered."),
            ("outcome", TEXT, "What came of it."),
            ("is_illustrative", FLAG, "True when any figure it rests on was made up."),
        ),
    ),
    "signal_rules": (
        "a rule that finds signals",
        (
            ("id", TEXT, "The rule's id."),
            ("position", WHOLE, "Its place in the order of the catalogue."),
            ("name", TEXT, "Its name."),
            ("words", TEXT, "What it looks for, in plain words."),
            ("threshold", TEXT, "When it holds, and when it is strong."),
            ("numbers", TEXT, "What the numbers under `evidence` are, as a JSON object of words."),
            ("thresholds", TEXT, "The numbers from which on it holds, as a JSON object; `threshold` says them."),
            ("tested", WHOLE, "How many figures it was tried on at the newest date."),
            ("found", WHOLE, "How many signals it found there."),
            ("reason", TEXT, "Why it could not be tried; empty where it was."),
            ("most_a_region", WHOLE, "At most how many authorities of a region are listed in a week, over all rules."),
        ),
    ),
    "enquiries": (
        "an enquiry about a signal",
        (
            ("signal_id", TEXT, "Which signal."),
            ("asked_on", DAY, "When somebody asked."),
            ("asked_by", TEXT, "In which role; no names are kept."),
            ("answer", TEXT, "What was answered."),
            ("outcome", TEXT, "What came of it."),
            ("strength", TEXT, "How strong the signal was when somebody asked."),
            ("snapshot_id", TEXT, "The snapshot in which it stood."),
        ),
    ),
}
