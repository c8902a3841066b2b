"""The hours of a night in which nobody wants a text; pure. The time is that of the country that a number is from."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from heartline.domain.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `begin` until `end`, local time; over midnight where it begins later than it ends.

    `zones` are the country's: a number does not say where in its country a phone is, so that it is quiet while it is
    quiet in any of them.
    """

    begin: time
    end: time
    zones: tuple[ZoneInfo, ...]

    def quiet_in(self, at: datetime) -> ZoneInfo | None:
        """The first zone in which `at` is quiet, or None."""
        return next((zone for zone in self.zones if self._is_quiet(at.astimezone(zone).time())), None)

    def over_at(self, at: datetime) -> datetime:
        """The first whole minute from `at` on that is quiet nowhere, or `at` a day later if there is none."""
        step = timedelta(minutes=1)
        minute = at.replace(second=0, microsecond=0)
        later = (minute + step * passed for passed in range(1, 24 * 60))
        return next((moment for moment in later if self.quiet_in(moment) is None), at + timedelta(days=1))

    def _is_quiet(self, local: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end


class Quiet(Refused):
    """A text would come in the quiet hours of its country; it says which time it is there, and what to do."""

    code = "quiet_hours"

    def __init__(self, hours: QuietHours, at: datetime, country: str) -> None:
        super().__init__(f"{told(hours, at, country)} Send it later, or send it now all the same.")


def told(hours: QuietHours, at: datetime, country: str) -> str:
    """Which time it is where it is quiet: “It is 22:40 in America/New_York. …”; empty if it is not quiet."""
    zone = hours.quiet_in(at)
    if zone is None:
        return ""
    span = f"from {hours.begin:%H:%M} to {hours.end:%H:%M}"
    return f"It is {at.astimezone(zone):%H:%M} in {zone.key}, and texts to {country} rest {span}."
