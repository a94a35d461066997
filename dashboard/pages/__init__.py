"""The pages, one file each: register, layout. Registered in this order by the application."""

from dashboard.pages import (
    about,
    agenda,
    api,
    area,
    briefing,
    compare,
    downloads,
    england,
    indicators,
    not_found,
    quality,
    recommendations,
    region,
    support,
    workforce,
)

PAGES = (
    england,
    region,
    area,
    support,
    agenda,
    compare,
    workforce,
    indicators,
    recommendations,
    quality,
    downloads,
    briefing,
    api,
    about,
    not_found,
)
KINDS = {
    "country": england,
    "region": region,
    "authority": area,
    "support": support,
    "agenda": agenda,
    "compare": compare,
    "workforce": workforce,
    "indicators": indicators,
    "recommendations": recommendations,
    "quality": quality,
    "downloads": downloads,
    "briefing": briefing,
    "api": api,
    "about": about,
}
"""The page of each kind of address (`dashboard.addresses`)."""
