"""What a digest says, as sections of lines: one content for the plain text and for the HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.agenda import Agenda, agenda_path
from dashboard.components.agenda import list_fix_lines
from dashboard.format import Row, format_date, in_sentence
from dashboard.rows import list_rows
from dashboard.selection import area_path
from dashboard.text import agenda as text
from dashboard.text.since import describe_nothing
from dashboard.views.since import pick_kind

MOST_FIGURES = 10
LOOK = {"figure": "Figures that moved", "verdict": "Verdicts beside England", "source": "Newer figures"}


@dataclass(frozen=True)
class Item:
    """A signal: its name, what was found, and labelled lines on how sure it is, what is asked and who acts."""

    name: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """A heading with items, or with plain lines."""

    heading: str
    items: tuple[Item, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Digest:
    """A digest: subject, title, the lines at its head, its sections, and addresses to look at where a base is known."""

    subject: str
    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    links: tuple[tuple[str, str], ...]
    closing: str


def write_digest(agenda: Agenda, *, base_url: str = "") -> Digest:
    """Return the digest of an agenda; addresses are in it only where the address of the dashboard is given."""
    snapshot, since = agenda.snapshot, agenda.since
    subject = text.say_subject(
        agenda.changes, since.day, area=agenda.area_name, open_signals=len(agenda.open),
        is_illustrative=agenda.is_illustrative,
    )  # fmt: skip
    until = format_date(snapshot.data_date)
    opening = [text.MADE_UP] if agenda.is_illustrative else []
    opening.append(f"What changed from {format_date(since.day)} to {until}. {text.ENQUIRE}")
    if agenda.changes.empty:
        opening.append(describe_nothing(since.day))
    return Digest(
        subject=subject,
        title=f"{agenda.area_name}: what changed",
        opening=tuple(opening),
        sections=tuple(section for section in _list_sections(agenda) if section.items or section.lines),
        links=_list_links(agenda, base_url) if base_url else (),
        closing=f"Written from snapshot {snapshot.id}, with figures to {until}. What homes and providers reported is "
        "shown as they reported it.",
    )


def _list_sections(agenda: Agenda) -> Iterable[Section]:
    yield Section("New or stronger", items=_list_items(agenda, agenda.new))
    yield Section("Continuing", items=_list_items(agenda, agenda.continuing))
    yield Section("To watch", lines=tuple(watch.text for watch in agenda.watch))
    yield Section("Cleared in the last four weeks", lines=tuple(
        text.say_cleared(row, is_region=agenda.is_region) for row in list_rows(agenda.cleared)
    ))  # fmt: skip
    yield Section("Asked before", lines=tuple(text.say_asked(row) for row in list_rows(agenda.asked)))
    for kind, heading in LOOK.items():
        rows = pick_kind(agenda.changes, kind)
        lines = [_say_change(row) for row in list_rows(rows.head(MOST_FIGURES))]
        left = len(rows) - len(lines)
        yield Section(heading, lines=(*lines, *([f"And {left} more on the dashboard."] if left else [])))
    yield Section("Data to put right", lines=tuple(list_fix_lines(agenda)))


def _say_change(row: Row) -> str:
    name = f"{row['indicator_name']}: " if row["kind"] == "source" else ""
    return f"{name}{row['sentence']} {row['how_sure']}".strip()


def _list_items(agenda: Agenda, signals: object) -> tuple[Item, ...]:
    rules = agenda.snapshot.signal_rules
    return tuple(
        Item(
            name=f"{text.name_signal(row, is_region=agenda.is_region)} ({in_sentence(text.say_state(row))})",
            lines=(
                ("Found", row["sentence"]),
                ("How sure", text.say_sure(row, rules.loc[row["rule"]])),
                ("What speaks against it", text.say_contrary(row)),
                ("What is asked", row["ask"]),
                ("Who acts", text.say_owner(row)),
                ("What would clear it", row["clears"]),
            ),
        )
        for row in list_rows(signals)
    )


def _list_links(agenda: Agenda, base_url: str) -> tuple[tuple[str, str], ...]:
    base, code = base_url.rstrip("/"), agenda.area_code
    page = f"{base}{area_path(agenda.snapshot, code)}?since={agenda.since.word}#card-since"
    links = [(f"Page of {agenda.area_name}", page)]
    if agenda.is_region:
        links.append(("Agenda of the regional call", base + agenda_path(code, since=agenda.since.word)))
    return tuple(links)
