"""The licences of what we install to run: each must be one that is declared here. Run by `make audit`.

Read from the packages themselves, as they lie in this environment; nothing is fetched. Exit code 1 where one is not
declared, with the packages' names.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterable
from email.message import Message
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ALLOWED = {
    "0BSD": "0BSD",
    "Apache-2.0": r"Apache.*2|Apache Software License|Apache-2\.0",
    "BSD": r"BSD|Enthought",
    "CC0-1.0": r"CC0-1\.0",
    "ISC": r"ISC",
    "MIT": r"MIT",
    # File by file: its own files stay under it when they are changed. We ship certifi as it is.
    "MPL-2.0": r"MPL-2\.0|Mozilla Public License 2\.0",
    "PSF-2.0": r"PSF-2\.0|Python Software Foundation",
    "Zlib": r"Zlib",
}
"""Licences under which we may run and pass on a package, and how packages write them."""


def list_packages(requirements: str) -> list[str]:
    """Return the names of the packages that a compiled list pins."""
    return re.findall(r"(?m)^([A-Za-z0-9][A-Za-z0-9._-]*)==", requirements)


def read_licence(metadata: Message) -> list[str]:
    """Return what a package says of its licence: the parts of its expression, else its classifiers, else its words."""
    expression = metadata.get("License-Expression")
    if expression:
        # "OR" is a choice, and each of ours is allowed anyway; so every part is asked for.
        return [part.strip("() ") for part in re.split(r"\b(?:AND|OR)\b", expression)]
    kinds = [kind for kind in metadata.get_all("Classifier") or [] if kind.startswith("License :: ")]
    if kinds:
        return [kind.rpartition(" :: ")[2] for kind in kinds]
    # Some put the whole text there: its first line has the name.
    return [line for line in [(metadata.get("License") or "").strip().partition("\n")[0]] if line]


def find_undeclared(packages: Iterable[tuple[str, Message]]) -> dict[str, str]:
    """Return the packages whose licence is none of the declared, or not said, with what they say."""
    undeclared = {}
    for name, metadata in packages:
        parts = read_licence(metadata)
        if not parts or not all(any(re.match(shape, part) for shape in ALLOWED.values()) for part in parts):
            undeclared[name] = "; ".join(parts) or "says nothing"
    return undeclared


def main() -> int:
    """Print what was found, and return the exit code."""
    names = list_packages((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    found, absent = [], []
    for name in names:
        try:
            found.append((name, importlib.metadata.metadata(name)))
        except importlib.metadata.PackageNotFoundError:
            absent.append(name)
    undeclared = find_undeclared(found)
    print(f"Licences: {len(found)} packages read, {len(undeclared)} with one that is not declared.")
    if absent:
        print(f"Not installed here, for this system does not need them, and so not read: {', '.join(absent)}.")
    for name, said in undeclared.items():
        print(f"  {name}: {said}. Declare it in tests/audit/licences.py, or do without the package.")
    return 1 if undeclared or not found else 0


if __name__ == "__main__":
    sys.exit(main())
