"""Signals: what asks for a conversation, with the recommendation it bears on and its owner."""

from __future__ import annotations

from dashboard.briefing.part import Part
from dashboard.briefing.standing import Standing

NOT_HELD = "This snapshot holds no table of signals, so none can be given here. The marks on page 2 are not signals."


def say_signals(standing: Standing) -> str:
    """Return how many signals there are, in a sentence for the first sheet; "" where none are held."""
    return ""


def make_signals(standing: Standing) -> Part:
    """Return the signals of the area and of those inside it, the strongest first."""
    return Part(
        name="signals", heading="Signals, recommendations and owners", title="Signals are not held", lines=(NOT_HELD,)
    )
