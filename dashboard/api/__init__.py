"""The API: the snapshot's rows as JSON and CSV under /api/v1, and the document that describes it."""
