"""The pages, one file each: register, layout. Registered in this order by the application."""

from dashboard.pages import about, area, compare, england, not_found, region, workforce

PAGES = (england, region, area, compare, workforce, about, not_found)
KINDS = {
    "country": england,
    "region": region,
    "authority": area,
    "compare": compare,
    "workforce": workforce,
    "about": about,
}
"""The page of each kind of address (`dashboard.addresses`)."""
