"""Where an agent is rung: the browser or their own telephone, and the name that a browser has at Twilio; pure."""

from dataclasses import dataclass
from enum import StrEnum

from heartline.domain.inboxes import AgentProfile


class Device(StrEnum):
    """What rings when a call is offered to an agent."""

    BROWSER = "browser"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """Where an agent is rung now; `address` is E.164 or `client:…`."""

    device: Device
    address: str


def rung(agent: AgentProfile, chosen: Device | None) -> Ringing:
    """What rings for the agent: as they chose, else their telephone, and the browser where they have none."""
    if agent.phone and chosen is not Device.BROWSER:
        return Ringing(device=Device.PHONE, address=agent.phone)
    return Ringing(device=Device.BROWSER, address=f"client:{client_name(agent.id)}")


def confirms(agent: AgentProfile | None, device: str) -> bool:
    """Whether the agent has to press a key to take a call: on a telephone, which may have a mailbox."""
    return agent is not None and agent.confirm_calls and device == Device.PHONE


def client_name(agent_id: str) -> str:
    """The name of an agent's browser at Twilio, which takes letters, digits and underscores only.

    Anything else, the underscore included, is written as `_` and its code in hexadecimal: no two agents share a name.
    Source: https://www.twilio.com/docs/voice/twiml/client
    """
    return "".join(letter if letter.isascii() and letter.isalnum() else f"_{ord(letter):02x}" for letter in agent_id)
