"""Old data: an area's answers are late, or a weekly source ends long before the returns it should stand beside."""

from __future__ import annotations

from etl.catalogue.signal_model import Signal
from etl.conform.areas import ENGLAND
from etl.signals.basis import FRESH_DAYS, WEEKS, Basis, Untested, say_day
from etl.signals.found import Found, Hit
from etl.weeks import WEEK

ANSWERS = "homes_answering_percent"


def find(basis: Basis, rule: Signal) -> Found:
    """Return the areas whose answers are old, and for England the sources that are."""
    found = Found()
    for indicator_id in basis.list_for(rule):
        found += _find_late(basis, rule) if indicator_id == ANSWERS else _find_old(basis, rule, indicator_id)
    return found


def _find_late(basis: Basis, rule: Signal) -> Found:
    try:
        frame = basis.read_weeks(ANSWERS)
    except Untested as reason:
        return Found(reasons=(str(reason),))
    weeks = sorted(frame["date"].unique())
    held = frame[frame["answer_age_days"] > rule.numbers["late_days"]]
    hits = tuple(
        Hit(
            rule=rule.id,
            indicator_id=ANSWERS,
            area_code=row["area_code"],
            date=row["date"],
            is_strong=bool(row["answer_age_days"] > rule.numbers["strong_days"]),
            sentence=f"Half of the answers are {row['answer_age_days']:.0f} days old or older.",
            evidence={"age": row["answer_age_days"]},
            is_illustrative=bool(row["is_illustrative"]),
            value=row["value"],
            n=row["numerator"],
        )
        for row in held.to_dict("records")
    )
    tested = int(((frame["date"] == weeks[-1]) & frame["answer_age_days"].notna()).sum())
    return Found(hits, tested=tested, weeks={ANSWERS: weeks})


def _find_old(basis: Basis, rule: Signal, indicator_id: str) -> Found:
    """Return a hit for England where the source's newest figures up to the data date are old."""
    frame = basis.figures[indicator_id]
    own = frame[frame["area_code"].astype(object) == ENGLAND]
    past = [day for day in own["date"].astype(object) if day <= basis.data_date]
    name = basis.indicators[indicator_id].short_name
    if not past:
        return Found(reasons=(f"{name}: no figures up to the newest return.",))
    weeks = [basis.data_date - WEEK * number for number in range(WEEKS)][::-1]
    hits = []
    for week in weeks:
        newest = max((day for day in past if day <= week), default=week)
        age = (week - newest).days
        if age > rule.numbers["source_days"]:
            hits.append(
                Hit(
                    rule=rule.id,
                    indicator_id=indicator_id,
                    area_code=ENGLAND,
                    date=week,
                    is_strong=age > rule.numbers["strong_source_days"],
                    sentence=f"The newest figures are of {say_day(newest)}, {age} days before the newest return. "
                    f"Rules that look at now leave out figures older than {FRESH_DAYS} days.",
                    evidence={"age": float(age)},
                    is_illustrative=False,
                )
            )
    return Found(tuple(hits), tested=1, weeks={indicator_id: weeks})
