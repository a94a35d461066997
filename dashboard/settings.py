"""Settings: frozen, read once from the environment when the app is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where the snapshots are, and where a development server listens."""

    snapshots: Path
    host: str
    port: int


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings; ValueError names the variable that is wrong."""
    port = environment.get("PORT") or "8050"
    if not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise ValueError(f"PORT is {port!r}. Give a number from 1 to 65535, such as 8050.")
    data = Path(environment.get("ASC_DATA_DIR") or ROOT / "data")
    return Settings(snapshots=data / "snapshots", host=environment.get("HOST") or "127.0.0.1", port=int(port))
