"""What is worked out of a snapshot once, and kept with it, so that it goes when the snapshot goes.

A cache of a function's own would keep former snapshots in memory, each as large as the live one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pandas as pd

from dashboard.snapshot import Snapshot

Work = Callable[[Snapshot], pd.DataFrame]


def once_a_snapshot(work: Work) -> Work:
    """Return the function that does the work at its first call for a snapshot, and hands out the same frame later."""

    @wraps(work)
    def look(snapshot: Snapshot) -> pd.DataFrame:
        if work not in snapshot.worked_out:
            snapshot.worked_out[work] = work(snapshot)
        return snapshot.worked_out[work]

    return look
