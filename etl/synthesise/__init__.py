"""Made-up home-level extracts: care homes, home care and a register, set by the published national shares.

No home-level return has ever been published. What is made here says so in every row, and keeps every view below
England alive until real extracts are dropped in.

request    what is asked for              targets, curves  what England must show on a day
places     authorities and spellings      levels           how far each authority stands apart
homes      what a home always is          turnout, answers what it says from day to day
moments    when a row was updated         staffing         its beds, residents and staff
home_care, supplies, register             dirt, soiling    which rows are faulty, and how
cells, table, files                       from arrays to files
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from etl.synthesise.chance import Chance
from etl.synthesise.files import FOLDERS, clear_earlier, write_file
from etl.synthesise.places import load_places
from etl.synthesise.request import Request, parse_every
from etl.synthesise.targets import load_targets
from etl.synthesise.world import World

__all__ = ["parse_every", "synthesise"]


def synthesise(
    *,
    homes: int,
    first: dt.date,
    last: dt.date,
    every: dt.timedelta,
    seed: int,
    dirt: float,
    target: Path,
    lookups: Path,
    published: Path,
    progress: Callable[[str], None] = lambda stage: None,
) -> dict[str, int]:
    """Return how many files and rows were written below `target`, in place of an earlier made-up set.

    `homes` are care homes; there are about half as many providers of home care. `dirt` is the share of faulty rows,
    from 0 to 1. The same arguments and tables give the same bytes, and a daily set agrees with a weekly one on the
    dates that both have. Raises EtlError, before anything is written, for what cannot be done.
    """
    request = Request(homes=homes, first=first, last=last, every=every, seed=seed, dirt=dirt)
    request.check()
    targets = load_targets(published / "taskforce_indicators.csv")
    places = load_places(lookups=lookups, published=published)
    world = World(request, places=places, targets=targets, chance=Chance(seed))
    clear_earlier(target)
    dates = request.list_dates()
    written = {"files": 0, "rows": 0}
    for done, date in enumerate(dates, 1):
        progress(f"make extracts: {done} of {len(dates)} dates")
        world.advance_to(date)
        extracts = world.render(date)
        if date == dates[-1]:
            extracts |= world.render_register()
        for (folder, day), (content, rows) in extracts.items():
            write_file(target / folder, f"{FOLDERS[folder]}_{day.isoformat()}.csv", content, rows=rows)
            written = {"files": written["files"] + 1, "rows": written["rows"] + rows}
    return written
