"""The dashboard: reads a published snapshot and nothing else."""

NAME = "Adult social care COVID-19 dashboard"
__version__ = "0.1.0"
"""The version of the software, named here alone: pyproject.toml reads it from here."""
