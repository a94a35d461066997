"""Register: the made-up register of locations, one row a care home or home care provider, under four lines of text."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.synthesise.cells import (
    Columns,
    join_columns,
    join_lines,
    quote_column,
    write_line,
    write_numbers,
    write_text,
    write_words,
)
from etl.synthesise.chance import Chance
from etl.synthesise.dirt import Dirt
from etl.synthesise.home_care import Providers
from etl.synthesise.homes import CareHomes
from etl.synthesise.identity import (
    HOME,
    HOME_CARE,
    PROVIDER_ID_START,
    Localities,
    name_locations,
    name_providers,
)
from etl.synthesise.places import NHS_REGIONS
from etl.synthesise.request import count_days

ABOVE = (
    "Illustrative register of locations",
    "Made up: no location, provider or postcode below exists. The Care Quality Commission has no part in it.",
    "Made by: python -m etl synthesise",
    "",
)
"""Older editions have four lines above the headings."""
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate", "")
RATING_SHARES = (0.05, 0.77, 0.14, 0.02, 0.02)
"""About as in 2020; the last are not rated yet."""
DORMANT = 0.002
REGISTERED, RATED_WITHIN = (dt.date(2010, 10, 1), dt.date(2020, 3, 1)), 1_000
DUAL = 0.02


def render_register(
    date: dt.date,
    *,
    homes: CareHomes,
    dirt: Dirt,
    providers: Providers,
    homes_in: Localities,
    providers_in: Localities,
    chance: Chance,
) -> tuple[bytes, int]:
    """Return the register of a date as UTF-8 and the number of its rows: closed homes have left it."""
    draws = chance.generator("register")
    care_homes = _tabulate(
        date, kind=HOME, numbers=homes.numbers, provider=homes.provider, localities=homes_in, draws=draws
    )
    care_homes |= {
        "Care homes beds": write_numbers(homes.beds),
        "Service type - Care home service with nursing": write_words(homes.is_nursing.astype(np.int8), ("", "Y")),
        "Service type - Care home service without nursing": write_words((~homes.is_nursing).astype(np.int8), ("", "Y")),
    }
    home_care = _tabulate(
        date,
        kind=HOME_CARE,
        numbers=providers.numbers,
        provider=providers.provider,
        localities=providers_in,
        draws=draws,
    )
    is_open = pa.array(dirt.closes_on > count_days(date))
    lines = pa.concat_arrays([_join(care_homes).filter(is_open), _join(home_care)])
    above = "".join(f"{write_line([line])}\n" for line in ABOVE) + write_line(care_homes) + "\n"
    return above.encode() + join_lines(lines), len(lines)


def _join(columns: Columns) -> pa.Array:
    return join_columns([quote_column(column) for column in columns.values()])


def _tabulate(
    date: dt.date,
    *,
    kind: str,
    numbers: NDArray[np.int64],
    provider: NDArray[np.int64],
    localities: Localities,
    draws: np.random.Generator,
) -> Columns:
    """Return all columns in order, as they are for a location of the kind; what only care homes have is blank."""
    count = len(numbers)
    names = name_locations(numbers, providers=provider, kind=kind)
    areas, place = localities.stand_on(date)

    def fill(text: str) -> pa.Array:
        return write_words(np.zeros(count, dtype=np.int8), (text,))

    def locate(texts: list[str]) -> pa.Array:
        return write_text(texts).take(pa.array(place))

    started, rated = (_draw_dates(draws, span, count) for span in (REGISTERED, _rating_span()))
    rating = draws.choice(len(RATINGS), count, p=RATING_SHARES)
    is_home = kind == HOME
    return {
        "Location ID": names["CQC_ID"],
        "Location HSCA start date": write_text(started),
        "Dormant (Y/N)": write_words((draws.random(count) < DORMANT).astype(np.int8), ("N", "Y")),
        "Care home?": fill("Y" if is_home else "N"),
        "Location Name": names["Location"],
        "Location ODS Code": names["ODS_Code"],
        "Care homes beds": fill(""),
        "Location Type/Sector": fill("Social Care Org"),
        "Location Latest Overall Rating": write_words(rating, RATINGS),
        "Publication Date": write_text(np.where(rating < len(RATINGS) - 1, rated, "")),
        "Location Region": locate([area.region for area in areas]),
        "Location NHS Region": locate([NHS_REGIONS[area.region_code] for area in areas]),
        "Location Local Authority": locate([area.name for area in areas]),
        "Location Postal Code": write_text(f"ZZ{1 + n % 99} {n % 10}ZZ" for n in numbers),
        "Provider ID": write_text(f"1-{PROVIDER_ID_START + n}" for n in provider),
        "Provider Name": name_providers(provider),
        "Service type - Care home service with nursing": fill(""),
        "Service type - Care home service without nursing": fill(""),
        "Service type - Domiciliary care service": fill("" if is_home else "Y"),
        "Location Dual Registered": write_words((draws.random(count) < DUAL).astype(np.int8), ("N", "Y")),
        "Is_Illustrative": fill("Y"),
    }


def _rating_span() -> tuple[dt.date, dt.date]:
    """Return the days between which ratings were published: inspections stopped in March 2020."""
    return REGISTERED[1] - dt.timedelta(days=RATED_WITHIN), REGISTERED[1]


def _draw_dates(draws: np.random.Generator, span: tuple[dt.date, dt.date], count: int) -> list[str]:
    """Return dates such as 01/10/2010, drawn between two."""
    length = (span[1] - span[0]).days
    written = [f"{span[0] + dt.timedelta(days=day):%d/%m/%Y}" for day in range(length)]
    return [written[day] for day in draws.integers(0, length, count)]
