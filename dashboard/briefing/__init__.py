"""The briefing pack: six pages on an area, from one snapshot, as a page, a PDF and slides."""
