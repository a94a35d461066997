"""The dashboard: reads a published snapshot and nothing else."""
