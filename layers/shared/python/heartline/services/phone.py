"""An agent's phone: where they are rung, and the right to register their browser for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from heartline.domain.devices import Device, Ringing, client_name, rung
from heartline.domain.errors import Refused
from heartline.domain.inboxes import AgentProfile
from heartline.services.ports import Clock

NO_TELEPHONE: Final = "You have no telephone number yet: ask an admin to put one into your profile."


class Devices(Protocol):
    """Which device each agent has chosen."""

    def chosen(self, agent_id: str) -> Device | None:
        """The agent's choice, None where they never made one."""
        ...

    def choose(self, agent_id: str, device: Device) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceToken:
    """What a browser registers with at the provider, under the name `identity`, until `expires`."""

    token: str
    identity: str
    expires: datetime


class VoiceTokens(Protocol):
    """Signs tokens for browser phones."""

    def issue(self, identity: str, *, at: datetime) -> VoiceToken:
        """Raise `Refused`, saying what to configure, where the account has no key to sign with."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """What the inbox asks about the signed-in agent's phone."""

    devices: Devices
    tokens: VoiceTokens
    clock: Clock

    def rings(self, agent: AgentProfile) -> Ringing:
        return rung(agent, self.devices.chosen(agent.id))

    def choose(self, agent: AgentProfile, device: Device) -> Ringing:
        """Be rung there from the next call on; raises `Refused` for a telephone that is not configured."""
        if device is Device.PHONE and not agent.phone:
            raise Refused(NO_TELEPHONE)
        self.devices.choose(agent.id, device)
        return rung(agent, device)

    def token(self, agent: AgentProfile) -> VoiceToken:
        return self.tokens.issue(client_name(agent.id), at=self.clock())
