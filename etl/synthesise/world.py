"""World: everything that a set is made from, put together once and carried forward day by day."""

from __future__ import annotations

import datetime as dt

from etl.synthesise.answers import Answers
from etl.synthesise.care_homes import CareHomeRows
from etl.synthesise.chance import Chance
from etl.synthesise.dirt import HOME_CARE_KINDS, KINDS, choose_dirt, choose_file_dirt
from etl.synthesise.home_care import HomeCareRows, make_providers
from etl.synthesise.homes import make_homes
from etl.synthesise.identity import Localities
from etl.synthesise.levels import make_levels
from etl.synthesise.places import Places, share_out, share_out_homes
from etl.synthesise.register import render_register
from etl.synthesise.request import ORIGIN, Request, count_days
from etl.synthesise.table import render_extract
from etl.synthesise.targets import Targets
from etl.synthesise.turnout import Turnout

CARE_HOMES, HOME_CARE, REGISTER = "capacity-tracker-care-homes", "capacity-tracker-home-care", "cqc-active-locations"
HOMES_A_HOME_CARE_PROVIDER = 2
Extracts = dict[tuple[str, dt.date], tuple[bytes, int]]
"""By folder and date: a file's content and the number of its rows."""


class World:
    """The made-up homes and providers on one day after another."""

    def __init__(self, request: Request, *, places: Places, targets: Targets, chance: Chance) -> None:
        """Make the homes and providers; no day has passed yet."""
        self._request, self._chance = request, chance
        by_authority = share_out_homes(request.homes, places)
        self._homes = make_homes(by_authority, chance)
        self._homes_in = Localities(places, authority=self._homes.authority, numbers=self._homes.numbers)
        self._dirt = choose_dirt(request.homes, share=request.dirt, kinds=KINDS, name="dirt of homes", chance=chance)
        levels = make_levels(places.regions, homes=by_authority, targets=targets, chance=chance)
        self._turnout = Turnout(
            self._homes,
            chance=chance,
            is_accepted=self._dirt.is_accepted,
            closes_on=self._dirt.closes_on,
            is_early=self._dirt.answers_from_the_start,
        )
        self._answers = Answers(self._homes, levels=levels, targets=targets, chance=chance)
        self._rows = CareHomeRows(self._homes, localities=self._homes_in, dirt=self._dirt, chance=chance)

        providers = share_out(request.homes // HOMES_A_HOME_CARE_PROVIDER, places.population)
        self._providers = make_providers(providers, chance)
        self._providers_in = Localities(places, authority=self._providers.authority, numbers=self._providers.numbers)
        self._provider_dirt = choose_dirt(
            int(providers.sum()), share=request.dirt, kinds=HOME_CARE_KINDS, name="dirt of home care", chance=chance
        )
        self._provider_rows = HomeCareRows(
            self._providers, localities=self._providers_in, dirt=self._provider_dirt, chance=chance
        )
        self._next_day = count_days(ORIGIN)

    def advance_to(self, date: dt.date) -> None:
        """Let every day up to the date pass, whichever days are asked for: so sets of other steps agree."""
        for day in range(self._next_day, count_days(date) + 1):
            self._answers.advance(day, turnout=self._turnout)
            self._next_day = day + 1

    def render(self, date: dt.date) -> Extracts:
        """Return the two extracts of the date that was advanced to."""
        homes = self._rows.tabulate(date, turnout=self._turnout, answers=self._answers)
        providers = self._provider_rows.tabulate(date)
        share = self._request.dirt
        return {
            (CARE_HOMES, date): render_extract(
                homes,
                dirt=self._dirt,
                file_dirt=choose_file_dirt(date, share=share, turn=0),
                areas=self._homes_in.stand_on(date),
                totalled="Max_Capacity",
            ),
            (HOME_CARE, date): render_extract(
                providers,
                dirt=self._provider_dirt,
                file_dirt=choose_file_dirt(date, share=share, turn=1),
                areas=self._providers_in.stand_on(date),
                totalled="Service_User_Count",
            ),
        }

    def render_register(self) -> Extracts:
        """Return the register, dated the first day of the set's last month."""
        date = self._request.last.replace(day=1)
        content = render_register(
            date,
            homes=self._homes,
            dirt=self._dirt,
            providers=self._providers,
            homes_in=self._homes_in,
            providers_in=self._providers_in,
            chance=self._chance,
        )
        return {(REGISTER, date): content}
