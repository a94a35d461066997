from __future__ import annotations

import gc
import json
import weakref
from pathlib import Path

import pandas as pd
from kept_snapshots import add_snapshot, serve

from dashboard.addresses import PATHS
from dashboard.once import once_a_snapshot
from dashboard.store import Snapshot, find_store


def test_does_the_work_once_for_each_snapshot(snapshot: Snapshot):
    done: list[str] = []

    @once_a_snapshot
    def count(of: Snapshot) -> pd.DataFrame:
        done.append(of.id)
        return pd.DataFrame({"areas": [len(of.areas)]})

    assert count(snapshot) is count(snapshot)
    assert done == [snapshot.id]


def test_lets_a_former_snapshot_go_whatever_was_shown_of_it(snapshot: Snapshot, snapshot_folder: Path, tmp_path: Path):
    add_snapshot(snapshot_folder, to=tmp_path, is_live=True, rows=len(snapshot.observations) - 1)
    client = serve(tmp_path)
    store = find_store(client.application)
    for path in PATHS:
        assert client.get(path).status_code == 200
    former = weakref.ref(store.snapshot)
    add_snapshot(snapshot_folder, to=tmp_path, is_live=True)
    assert json.loads(client.get("/healthz").data)["snapshot"] == snapshot_folder.name
    client.get("/about")  # the first answer that is kept of the new one takes the place of those of the former
    gc.collect()
    assert former() is None
