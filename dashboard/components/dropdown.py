"""How the lists of all controls open: above everything, at once, and gone from the page when they close."""

from __future__ import annotations

DROPDOWN = {"zIndex": 1000, "keepMounted": False, "transitionProps": {"duration": 0}}
"""For `comboboxProps`. A list kept while it is closed is drawn anew with each view: 195 options, a third of a wait."""
