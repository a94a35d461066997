"""The snapshot's schema: its tables, their columns, types and meaning, and how a frame becomes one of them.

These declarations are the contract between the two halves of the product; the data dictionary is made from them.
"""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from etl.column_types import DAY, FLAG, REAL, TEXT, WHOLE
from etl.signals.schema import SIGNAL_TABLES

SCHEMA_VERSION = 3
METHOD_VERSION = 4

Column = tuple[str, pa.DataType, str]

TABLES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "observations": (
        "an indicator in an area on a date",
        (
            ("indicator_id", TEXT, "Which indicator; see indicators."),
            ("area_code", TEXT, "Which area, by ONS code; see areas."),
            ("date", DAY, "The last day of the period."),
            (
                "date_text",
                TEXT,
                "How to say when, where the date alone would mislead: a span, or the words of a source without dates.",
            ),
            ("period", TEXT, "day, week, month, year or point."),
            (
                "value",
                REAL,
                "The figure in the indicator's unit; percentages as 0 to 100. Null when status says why.",
            ),
            ("numerator", REAL, "The count above the line, where held."),
            ("denominator", REAL, "The count below the line, where held."),
            ("lower_95", REAL, "Lower 95% limit, in the unit of the value."),
            ("upper_95", REAL, "Upper 95% limit, in the unit of the value."),
            ("lower_998", REAL, "Lower 99.8% limit, in the unit of the value."),
            ("upper_998", REAL, "Upper 99.8% limit, in the unit of the value."),
            (
                "status",
                TEXT,
                "Why there is no value: c confidential, x unavailable, z not applicable; empty when there is one.",
            ),
            (
                "quality",
                TEXT,
                "How far to trust it: p provisional, u low reliability, pu both; empty for no reservation.",
            ),
            ("is_illustrative", FLAG, "True when any input was made up to show how the dashboard works."),
            ("source_id", TEXT, "Which source; see sources."),
            (
                "versus_england",
                TEXT,
                "Verdict against England: similar, better or worse (higher or lower where neither is better), or "
                "clearly so; empty where no comparison is made.",
            ),
            ("versus_region", TEXT, "Verdict against the region, in the same words."),
            ("p_england", REAL, "Two-sided p value of the verdict against England."),
            ("p_region", REAL, "Two-sided p value of the verdict against the region."),
            (
                "q_england",
                REAL,
                "The p value adjusted for all comparisons with England at the newest dates (Benjamini and Hochberg); "
                "null at other dates.",
            ),
            ("position", REAL, "Position among all authorities on the date, 1 for the best (or highest) figure."),
            ("ranked", REAL, "How many authorities have a figure on the date."),
            ("quarter", REAL, "1 for a figure up to the lower quartile, 4 for one above the upper."),
            ("verdict_reason", TEXT, "Why there is no verdict against England; empty where there is one."),
            (
                "is_widened",
                FLAG,
                "True where areas differ by more than chance on this date, so that verdicts use wider limits.",
            ),
            (
                "not_answered",
                REAL,
                "Homes that gave no answer, for the 13 indicators; null where the source does not say.",
            ),
            (
                "lower_bound",
                REAL,
                "Share if every home without an answer were a no; null where the source does not say.",
            ),
            (
                "upper_bound",
                REAL,
                "Share if every home without an answer were a yes; null where the source does not say.",
            ),
            (
                "not_applicable",
                REAL,
                "Homes to which the question does not apply: in neither numerator nor denominator.",
            ),
            ("answered_percent", REAL, "Share of the open homes to which the question applies that answered it."),
            ("answer_age_days", REAL, "Median age of the answers that count, in days at the date."),
        ),
    ),
    "indicators": (
        "an indicator",
        (
            ("id", TEXT, "The indicator's id. It never changes meaning."),
            ("position", WHOLE, "Its place in the order of the catalogue."),
            ("name", TEXT, "Name in full."),
            ("short_name", TEXT, "Name for narrow places."),
            ("group", TEXT, "Focus group or subject."),
            ("unit", TEXT, "percent, count, per 1,000 or per 100,000."),
            ("decimals", WHOLE, "Decimals to show."),
            ("polarity", TEXT, "Which way is better, in words."),
            ("definition", TEXT, "What it measures."),
            ("numerator", TEXT, "What is counted above the line."),
            ("denominator", TEXT, "What is counted below the line."),
            ("method", TEXT, "How it is made from the source."),
            ("caveats", TEXT, "What to keep in mind, one sentence a line."),
            (
                "recommendations",
                TEXT,
                "Numbers of the report's recommendations it bears on, separated by spaces.",
            ),
            ("author", TEXT, "Who wrote this entry."),
            ("reviewed_on", DAY, "When it was last reviewed."),
            ("source_id", TEXT, "Its source, or its first; each observation names its own."),
            ("period", TEXT, "day, week, month, year or point."),
        ),
    ),
    "areas": (
        "an area",
        (
            ("code", TEXT, "ONS code."),
            ("name", TEXT, "ONS name."),
            ("kind", TEXT, "country, region or authority (upper tier: counties, unitaries, boroughs)."),
            ("region_code", TEXT, "The region it lies in; its own code for a region; empty for England."),
            ("valid_from", DAY, "First day of the code, null if before April 2016."),
            ("valid_to", DAY, "Last day of the code, null if in force in April 2023."),
            ("successors", TEXT, "Codes that took over, separated by spaces."),
            ("successor_kind", TEXT, "same outline, split, merged or boundary moved."),
            ("population", WHOLE, "People, mid-2020."),
            ("population_65_plus", WHOLE, "People aged 65 and over, mid-2020."),
            ("population_80_plus", WHOLE, "People aged 80 and over, mid-2020."),
            (
                "shown_as",
                TEXT,
                "The code under which this area's figures stand: another code of the same outline, or its own.",
            ),
            ("is_current", FLAG, "True for areas that the dashboard lists: in force on 10 August 2020."),
        ),
    ),
    "boundaries": (
        "a point of an outline",
        (
            ("area_code", TEXT, "Which area."),
            ("edition", TEXT, "Where the outline comes from."),
            (
                "ring",
                WHOLE,
                "Which ring of the outline, from 0, the largest first. Fill by the even-odd rule.",
            ),
            ("point", WHOLE, "Order of the point in its ring; the last repeats the first."),
            ("easting_m", WHOLE, "British National Grid easting in metres (EPSG:27700)."),
            ("northing_m", WHOLE, "British National Grid northing in metres (EPSG:27700)."),
        ),
    ),
    "sources": (
        "a source",
        (
            ("id", TEXT, "The source's id."),
            ("title", TEXT, "Its title."),
            ("publisher", TEXT, "Who publishes it."),
            ("licence", TEXT, "OGL-3.0, CC-BY-4.0, or why there is none."),
            ("edition", TEXT, "Which edition."),
            ("published", TEXT, "When it was published, as the source says."),
            (
                "file",
                TEXT,
                "The publisher's file, by name, or its files, with semicolons between them.",
            ),
            ("sha256", TEXT, "Its hash, or theirs in the same order."),
            ("received", DAY, "When we received it."),
            ("data_from", DAY, "First date in it."),
            ("data_to", DAY, 'Last date in it: its own "as at".'),
            ("next_expected", TEXT, "When the next edition is expected."),
            ("rows_read", WHOLE, "Rows in the file's tables."),
            ("rows_accepted", WHOLE, "Rows accepted. Accepted and refused add up to read."),
            ("rows_refused", WHOLE, "Rows set aside by a declared rule; see quality."),
            ("notes", TEXT, "What to know before using it, one sentence a line."),
            ("is_illustrative", FLAG, "True when the files were made up to show how the dashboard works."),
        ),
    ),
    "recommendations": (
        "a recommendation of the taskforce",
        (
            ("number", WHOLE, "Its number in the report."),
            ("summary", TEXT, "What it asks, in our words."),
            ("owner", TEXT, 'Who the report names under "Action for", as printed; empty where it names no one.'),
            ("organisations", TEXT, "Those that it names, one name for each, separated by semicolons."),
            ("section", TEXT, "The report's section."),
            (
                "data_held",
                TEXT,
                "direct where an indicator counts what is asked for, if only in part; aim where one counts only what "
                "it should lead to; none where this snapshot has neither.",
            ),
            ("evidence", TEXT, "What the indicators tell of it and leave open, or what it would take to see it."),
            ("indicators", TEXT, "Indicators that show its effect, separated by spaces."),
        ),
    ),
    "spotlights": (
        "an example of good practice in the taskforce's report",
        (
            ("id", TEXT, "The example's id."),
            ("title", TEXT, "What it is, in our words."),
            ("place", TEXT, "Where it was done."),
            ("area_code", TEXT, "The council or region in which that lies; see areas."),
            ("section", TEXT, "The report's section."),
            ("summary", TEXT, "What was done, in our words. The report measures no effect."),
            ("is_spotlight", FLAG, "True for a spotlight of the report; false for an example named in its text."),
            ("indicators", TEXT, "Indicators whose measure it is about, separated by spaces."),
            ("recommendations", TEXT, "Numbers of the recommendations it bears on, separated by spaces."),
        ),
    ),
    "breaks": (
        "a change of the instrument",
        (
            ("id", TEXT, "The break's id."),
            ("date", DAY, "When it happened; the first of the month where only the month is known."),
            ("date_text", TEXT, "The same as a reader would say it."),
            ("source", TEXT, "Which series it changed."),
            ("what", TEXT, "What changed."),
            ("effect", TEXT, "What must not be done across it."),
            (
                "indicators",
                TEXT,
                "Which indicators, separated by spaces; a star stands for all that begin so.",
            ),
        ),
    ),
    "changes": (
        "an indicator in an area between two dates",
        (
            ("indicator_id", TEXT, "Which indicator; see indicators."),
            ("area_code", TEXT, "Which area; see areas."),
            ("date_from", DAY, "The earlier extract."),
            ("date_to", DAY, "The later extract."),
            ("n_from", REAL, "Homes that answered at the earlier date."),
            ("n_to", REAL, "Homes that answered at the later date."),
            (
                "n_both",
                REAL,
                "Homes that answered at both dates; in a region or England, of authorities whose change is shown.",
            ),
            ("change_points", REAL, "Change of the share in percentage points."),
            ("change_same_homes_points", REAL, "Change among those homes, in points."),
            ("change_who_answered_points", REAL, "The rest: change in points that comes from who answered."),
            ("no_to_yes", REAL, "Those homes that moved to yes from another answer."),
            ("yes_to_no", REAL, "Those homes that moved from yes to another answer."),
            ("p_value", REAL, "McNemar's test on those two numbers, exact when they add up to fewer than 25."),
            ("status", TEXT, "Why there is no change: c confidential, x unavailable; empty when there is one."),
            ("is_illustrative", FLAG, "True when the extracts were made up."),
            ("source_id", TEXT, "Which source; see sources."),
        ),
    ),
    "limits": (
        "a point of a weekly series",
        (
            ("indicator_id", TEXT, "Which indicator; see indicators."),
            ("area_code", TEXT, "Which area; see areas."),
            ("date", DAY, "The week; see observations."),
            ("centre", REAL, "The mean of the stretch between two breaks, in the unit of the value."),
            ("lower", REAL, "The mean minus 2.66 times the mean moving range."),
            ("upper", REAL, "The mean plus 2.66 times the mean moving range."),
            ("points", WHOLE, "How many values the stretch has."),
            ("is_provisional", FLAG, "True when the stretch has fewer than 13 points."),
            ("special_cause", TEXT, "outside, shift, trend or near limit; empty for ordinary variation."),
            ("direction", TEXT, "above, below, rising or falling; empty for ordinary variation."),
            ("since", DAY, "Where the special cause began."),
            ("reason", TEXT, "Why there are no limits; empty where there are."),
            ("is_illustrative", FLAG, "True when the series was made up."),
            ("source_id", TEXT, "Which source; see sources."),
        ),
    ),
    "spread": (
        "an indicator on a date, over all authorities",
        (
            ("indicator_id", TEXT, "Which indicator; see indicators."),
            ("date", DAY, "The date; see observations."),
            ("source_id", TEXT, "Which source; see sources."),
            ("areas", WHOLE, "How many authorities have a figure."),
            ("lowest", REAL, "The lowest figure."),
            ("lower_quartile", REAL, "The figure that a quarter of the authorities do not exceed."),
            ("median", REAL, "The figure in the middle."),
            ("upper_quartile", REAL, "The figure that a quarter of the authorities exceed."),
            ("highest", REAL, "The highest figure."),
            ("is_illustrative", FLAG, "True when the figures were made up."),
        ),
    ),
    "funnels": (
        "a point of a funnel: a number of homes, at the newest date of an indicator",
        (
            ("indicator_id", TEXT, "Which indicator; see indicators."),
            ("date", DAY, "The newest date of the indicator."),
            ("homes", REAL, "How many homes answered: where on the funnel this point lies."),
            ("benchmark", REAL, "England's share, in per cent."),
            ("lower_95", REAL, "Below it an authority of this size is worse or better at 1 in 20."),
            ("upper_95", REAL, "Above it likewise."),
            ("lower_998", REAL, "Below it an authority of this size stands clearly apart, at 1 in 500."),
            ("upper_998", REAL, "Above it likewise."),
            ("is_widened", FLAG, "True where areas differ by more than chance, so that the lines are wider."),
            ("is_illustrative", FLAG, "True when the figures were made up."),
        ),
    ),
    "contributions": (
        "an authority's part in the gap between England and a target",
        (
            ("indicator_id", TEXT, "Which indicator; see indicators."),
            ("area_code", TEXT, "Which authority."),
            ("date", DAY, "The newest date of the indicator."),
            ("target", REAL, "The target in the unit of the value, as the catalogue declares it."),
            ("gap_points", REAL, "The gap of all authorities together, in percentage points."),
            ("points", REAL, "This authority's part of it; all parts sum to the gap."),
            ("homes_to_move", REAL, "Whole homes that would have to change for the authority to reach the target."),
            ("position", REAL, "1 for the authority with the largest part."),
            ("is_illustrative", FLAG, "True when the figures were made up."),
        ),
    ),
    "projection": (
        "a base of the winter vacancy projection",
        (
            ("area_code", TEXT, "England: no region's rate was published."),
            ("current_percent", REAL, "The current vacancy rate."),
            ("current_date_text", TEXT, "When that rate holds, in the source's words."),
            ("lower_percent", REAL, "The lower end of the winter rate: 0.5 points more."),
            ("upper_percent", REAL, "The upper end: 1 point more."),
            ("base", TEXT, "implied by the report's number of posts, or counted in it."),
            ("base_posts", REAL, "Care workers that the points are taken of."),
            ("lower_posts", REAL, "Further vacant posts at the lower end."),
            ("upper_posts", REAL, "Further vacant posts at the upper end."),
            ("coverage_percent", REAL, "Share of regulated independent providers behind the rate."),
        ),
    ),
    "similar_areas": (
        "an authority and one that is like it",
        (
            ("area_code", TEXT, "Which authority."),
            ("similar_code", TEXT, "The one that is like it."),
            ("position", WHOLE, "1 for the nearest."),
            ("distance", REAL, "How far apart, in standard deviations."),
            ("part_population", REAL, "What population (its logarithm) adds to the square of the distance."),
            ("part_aged_65", REAL, "What the share of people aged 65 and over adds."),
            ("part_aged_80", REAL, "What the share of people aged 80 and over adds."),
            ("part_density", REAL, "What people per square kilometre (its logarithm) adds."),
            ("part_care_homes", REAL, "What care homes per 1,000 people aged 65 and over add."),
            ("part_kind", REAL, "What a different kind of authority adds."),
        ),
    ),
    **SIGNAL_TABLES,
    "quality": (
        "a finding about the data",
        (
            ("source_id", TEXT, "Which source."),
            ("date", DAY, "The extract that it is about; null for a source without extracts."),
            ("area_code", TEXT, "Which area; England for the whole file."),
            ("rule", TEXT, "Which rule found it."),
            ("severity", TEXT, "information, warning or error."),
            ("rows", WHOLE, "How many rows or cases."),
            ("finding", TEXT, "What was found."),
            ("what_to_do", TEXT, "What to do about it."),
            ("who_can", TEXT, "Who can."),
            ("is_illustrative", FLAG, "True when the file it is about was made up."),
        ),
    ),
}

ORDER = {
    "observations": ["indicator_id", "area_code", "date"],
    "boundaries": ["area_code", "ring", "point"],
    "limits": ["indicator_id", "area_code", "date", "source_id"],
    "similar_areas": ["area_code", "position"],
    "spread": ["indicator_id", "date", "source_id"],
    "funnels": ["indicator_id", "homes"],
    "contributions": ["indicator_id", "position", "area_code"],
    "projection": ["base"],
    "changes": ["indicator_id", "area_code", "date_to", "date_from"],
    "signals": ["signal_id"],
    "signal_rules": ["position"],
    "enquiries": ["asked_on", "signal_id"],
    "quality": ["source_id", "rule", "area_code", "finding"],
}


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return the table in its declared columns, types and order, without pandas metadata, so bytes repeat.

    What a row is and what each column means travel as metadata of the schema and its fields, under `meaning`.
    """
    row, columns = TABLES[name]
    if name in ORDER:
        frame = frame.sort_values(ORDER[name], kind="stable")
    fields = [pa.field(column, kind, metadata={"meaning": meaning}) for column, kind, meaning in columns]
    schema = pa.schema(fields, metadata={"meaning": f"One row is {row}."})
    return pa.Table.from_arrays([_to_array(frame[column], kind) for column, kind, _ in columns], schema=schema)


def _to_array(column: pd.Series, kind: pa.DataType) -> pa.Array:
    if kind == REAL and column.dtype == "float64":
        return pa.array(column.to_numpy(), type=kind, from_pandas=True)
    if isinstance(column.dtype, pd.CategoricalDtype):  # how long columns of few words are kept
        return pa.Array.from_pandas(column).cast(kind)
    return pa.Array.from_pandas(column.astype(object).where(column.notna(), None), type=kind)
