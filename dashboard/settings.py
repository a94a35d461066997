"""Settings: frozen, read once from the environment when the app is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where the snapshots are, where a development server listens, and where feedback goes."""

    snapshots: Path
    host: str
    port: int
    feedback_url: str = ""
    """Where readers' messages go: https or mailto, or nothing."""
    chromium: str = ""
    """The program that prints packs as PDF; without a name, the first Chromium on the PATH."""


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
    data = Path(environment.get("ASC_DATA_DIR") or ROOT / "data")
    return Settings(
        snapshots=data / "snapshots",
        host=environment.get("HOST") or "127.0.0.1",
        port=int(port),
        feedback_url=feedback,
        chromium=(environment.get("CHROMIUM") or "").strip(),
    )


def is_feedback(address: str) -> bool:
    """Tell whether an address may stand behind a link: https with a host, or mailto with one recipient's name."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "mailto" and 0 < parts.path.find("@") < len(parts.path) - 1
