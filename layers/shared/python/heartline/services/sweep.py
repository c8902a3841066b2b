"""Once a minute: follows the configuration, ends what is due, sets absent agents offline, repairs the impossible."""

from dataclasses import dataclass

from heartline.services.handover import Handover
from heartline.services.ports import Configuration, NewId
from heartline.services.presence import Presence
from heartline.services.routing_ports import Repairs, RoutingStore, Wake


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep found. `repaired` should be 0 for ever: it is worth an alarm."""

    leases_ended: int
    repaired: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """The safety net under routing; everything that it does could be done by someone else at the same time."""

    store: RoutingStore
    repairs: Repairs
    configuration: Configuration
    handover: Handover
    presence: Presence
    again: Wake
    new_id: NewId

    def __call__(self) -> Swept:
        company = self.configuration.company()
        pools = {profile.pool for profile in company.agents}
        self.presence.sync(company)
        ended = self.presence.end_leases(self.store.agents(pools), company)
        self.expire()
        ghosts = sum(self.repairs.free_ghosts(state) for state in self.store.agents(pools))
        orphans = sum(self.repairs.drop_orphans(each.name) for each in self.store.classes())
        missing = sum(self.repairs.restore_entries(inbox.id) for inbox in company.inboxes)
        return Swept(leases_ended=ended, repaired=ghosts + orphans + missing)

    def expire(self) -> None:
        """End the offers and wrap-ups whose time is over, and ask for a tick: time may have opened something."""
        for state in self.store.agents({profile.pool for profile in self.configuration.company().agents}):
            self.handover.clear(state)
        self.again.send([{"cause": "time"}], deduplication=self.new_id())
