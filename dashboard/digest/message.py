"""The message: a digest as plain text and as HTML in one e-mail. The same input gives the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import textwrap
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from markupsafe import Markup, escape

from dashboard.digest.content import Digest, Item, Section
from dashboard.selection import SelectionError
from dashboard.store import Snapshot

WIDTH = 78
UNDISCLOSED = "undisclosed-recipients:;"
INK, MUTED, LINE = "#0b0c0c", "#505a5f", "#b1b4b6"
FONT = "font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5;"
BODY = f"margin: 0; padding: 24px 16px; background: #ffffff; color: {INK}; {FONT}"
NOTICE = "margin: 0 0 16px; padding: 8px 12px; border-left: 4px solid #12436d; background: #f3f2f1;"


def write_message(digest: Digest, snapshot: Snapshot, *, sender: str = "", recipients: tuple[str, ...] = ()) -> bytes:
    """Return the e-mail as bytes to send; without a sender it has no From, which whoever sends it adds.

    SelectionError for an address that is none.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = digest.subject
    if sender:
        message["From"] = read_address(sender)
    message["To"] = [read_address(one) for one in recipients] or UNDISCLOSED
    message["Date"] = format_datetime(find_moment(snapshot))
    message["Content-Language"] = "en-GB"
    message.set_content(write_text(digest), charset="utf-8", cte="quoted-printable")
    message.add_alternative(write_page(digest), subtype="html", charset="utf-8", cte="quoted-printable")
    message.set_boundary("part-" + hashlib.sha256(write_text(digest).encode()).hexdigest()[:32])
    return message.as_bytes()


def read_address(written: str) -> Address:
    """Return an address written as name@place; SelectionError for anything else."""
    try:
        address = Address(addr_spec=written.strip())
    except (HeaderParseError, ValueError, IndexError) as error:
        raise SelectionError(f"{written!r} is no e-mail address. Write it as name@example.org.") from error
    if not (address.username and address.domain):
        raise SelectionError(f"{written!r} is no e-mail address. Write it as name@example.org.")
    return address


def find_moment(snapshot: Snapshot) -> dt.datetime:
    """Return when the snapshot was published, or midnight of its day where that was not kept."""
    written = snapshot.release.get("published_at")
    if written:
        return dt.datetime.fromisoformat(str(written))
    return dt.datetime.combine(snapshot.data_date, dt.time(), tzinfo=dt.UTC)


def write_text(digest: Digest) -> str:
    """Return the digest as plain text, in lines of 78 characters at most but for addresses."""
    lines = [digest.title, "=" * len(digest.title), ""]
    for words in digest.opening:
        lines += [*textwrap.wrap(words, WIDTH), ""]
    for section in digest.sections:
        lines += [section.heading, "-" * len(section.heading), *_write_section(section), ""]
    lines += [line for name, address in digest.links for line in (f"{name}:", address, "")]
    return "\n".join([*lines, *textwrap.wrap(digest.closing, WIDTH)]) + "\n"


def _write_section(section: Section) -> list[str]:
    lines: list[str] = []
    for item in section.items:
        lines += ["", *textwrap.wrap(item.name, WIDTH)]
        for label, words in item.lines:
            lines += textwrap.wrap(f"{label}: {words}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    for words in section.lines:
        lines += textwrap.wrap(words, WIDTH, initial_indent="* ", subsequent_indent="  ")
    return lines


def write_page(digest: Digest) -> str:
    """Return the digest as HTML with its styles in its elements: no picture, no script, nothing from elsewhere."""
    notice, *others = digest.opening
    opening = [Markup('<p style="{}">{}</p>').format(NOTICE, notice)]
    opening += [Markup('<p style="margin: 0 0 16px;">{}</p>').format(words) for words in others]
    links = [
        Markup('<p style="margin: 0 0 8px;"><a href="{}" style="color: #12436d;">{}</a></p>').format(address, name)
        for name, address in digest.links
    ]
    parts = [*opening, *map(_draw_section, digest.sections), *links]
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(digest.subject)}</title></head>\n"
        f'<body style="{BODY}"><div style="max-width: 640px; margin: 0 auto;">\n'
        f'<h1 style="font-size: 26px; line-height: 1.2; margin: 0 0 16px;">{escape(digest.title)}</h1>\n'
        + "\n".join(parts)
        + f'\n<p style="margin: 24px 0 0; padding-top: 8px; border-top: 1px solid {LINE}; color: {MUTED}; '
        f'font-size: 14px;">{escape(digest.closing)}</p>\n</div></body></html>\n'
    )


def _draw_section(section: Section) -> Markup:
    heading = Markup('<h2 style="font-size: 20px; margin: 24px 0 8px;">{}</h2>').format(section.heading)
    lines = [Markup('<li style="margin: 0 0 6px;">{}</li>').format(words) for words in section.lines]
    listed = Markup('<ul style="margin: 0; padding-left: 20px;">{}</ul>').format(Markup("\n").join(lines))
    body = [*map(_draw_item, section.items), *([listed] if lines else [])]
    return heading + Markup("\n").join(body)


def _draw_item(item: Item) -> Markup:
    lines = [
        Markup('<p style="margin: 0 0 4px;"><strong>{}:</strong> {}</p>').format(label, words)
        for label, words in item.lines
    ]
    style = f"margin: 0 0 16px; padding: 0 0 0 12px; border-left: 4px solid {LINE};"
    heading = Markup('<h3 style="font-size: 16px; margin: 0 0 4px;">{}</h3>').format(item.name)
    return Markup('<div style="{}">{}{}</div>').format(style, heading, Markup("\n").join(lines))
