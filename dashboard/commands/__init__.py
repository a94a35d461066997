"""Commands of the dashboard, one file each: they read a snapshot and write documents."""
