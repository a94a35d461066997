"""Signals: reasons to look at an area, found by declared rules in published figures, each told with its numbers.

`stage` puts it together; `rules` has a file a rule; `basis` is what they read; `spells` says what is new and what has
cleared; `contrary` what speaks against; `shortlist` who comes first. The rules' words stand in catalogue/signals.toml.
"""
