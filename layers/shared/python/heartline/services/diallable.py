"""Whom calls of ours may go to: allow-listed countries, no number that earns, and never ourselves in a circle."""

from dataclasses import dataclass

from heartline.domain.destinations import LookUp, why_not
from heartline.services.ports import Configuration
from heartline.services.screen import own_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class MayDial:
    """Implements `services.call_ports.Diallable`: for calls to customers, for transfers and for third parties."""

    configuration: Configuration
    look_up: LookUp

    def __call__(self, number: str) -> str:
        company = self.configuration.company()
        if number in own_numbers(company):
            return f"{number} is one of our own numbers: the call would come back to us."
        return why_not(self.look_up(number), company.countries, premium=company.outbound.premium)
