"""Settings: frozen, read once from the environment when the app is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where the snapshots are, where a development server listens, where feedback goes, and what stands in front."""

    snapshots: Path
    host: str
    port: int
    feedback_url: str = ""
    """Where readers' messages go: https or mailto, or nothing."""
    chromium: str = ""
    """The program that prints packs as PDF; without a name, the first Chromium on the PATH."""
    is_behind_tls: bool = False
    """Whether readers come by https: links say so, and browsers are told to come by nothing else."""
    proxies: int = 0
    """How many servers in front of us add to X-Forwarded-For: only what these say is believed."""
    hosts: tuple[str, ...] = ()
    """The names that this service answers to; any, where none is given."""
    work_per_minute: int = 0
    """How much expensive work one address may ask for in a minute; 0 sets no limit."""
    metrics_folder: Path | None = None
    """Where the processes of this server count together."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings; ValueError names the variable that is wrong."""
    port = environment.get("PORT") or "8050"
    if not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise ValueError(f"PORT is {port!r}. Give a number from 1 to 65535, such as 8050.")
    feedback = (environment.get("FEEDBACK_URL") or "").strip()
    if feedback and not is_feedback(feedback):
        raise ValueError(
            f"FEEDBACK_URL is {feedback!r}. Give an address that begins with https:// or mailto:, such as "
            "mailto:team@example.org, or leave it out."
        )
    behind = (environment.get("BEHIND_TLS") or "0").strip()
    if behind not in ("0", "1"):
        raise ValueError(f"BEHIND_TLS is {behind!r}. Give 1 where readers come by https, or leave it out.")
    folder = environment.get("PROMETHEUS_MULTIPROC_DIR")
    data = Path(environment.get("ASC_DATA_DIR") or ROOT / "data")
    return Settings(
        snapshots=data / "snapshots",
        host=environment.get("HOST") or "127.0.0.1",
        port=int(port),
        feedback_url=feedback,
        chromium=(environment.get("CHROMIUM") or "").strip(),
        is_behind_tls=behind == "1",
        proxies=_read_number(environment, "PROXIES", default=0, most=9),
        hosts=tuple((environment.get("ALLOWED_HOSTS") or "").replace(",", " ").split()),
        work_per_minute=_read_number(environment, "WORK_PER_MINUTE", default=300, most=1_000_000),
        metrics_folder=Path(folder) if folder else None,
    )


def _read_number(environment: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    """Return a variable as a whole number from 0; ValueError names it when it is none."""
    text = (environment.get(name) or "").strip() or str(default)
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise ValueError(f"{name} is {text!r}. Give a whole number from 0 to {most}, or leave it out for {default}.")
    return int(text)


def is_feedback(address: str) -> bool:
    """Tell whether an address may stand behind a link: https with a host, or mailto with one recipient's name."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "mailto" and 0 < parts.path.find("@") < len(parts.path) - 1
