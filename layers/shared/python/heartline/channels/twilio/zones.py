"""In which time zone a number probably is: known only where the clocks of its whole country show the same."""

from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from heartline.channels.twilio.lines import line_of


def zone_of(number: str, at: datetime) -> str:
    """The IANA name, or empty where a country has several times, or the country is not known.

    Source: zone.tab of https://www.iana.org/time-zones, as the package tzdata carries it.
    """
    zones = _zones().get(line_of(number).country, ())
    shown = {at.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}
    return zones[0] if len(shown) == 1 else ""


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """The zones of each country (ISO 3166), the most populous first."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    countries: dict[str, tuple[str, ...]] = {}
    for country, _, zone, *_ in rows:
        countries[country] = (*countries.get(country, ()), zone)
    return countries
