"""Work, skills and pools in the words of a company, for sentences about routing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked

_WORK: Final = {
    Channel.EMAIL.value: ("mail", "mails"),
    Channel.SMS.value: ("text", "texts"),
    Channel.WHATSAPP.value: ("WhatsApp message", "WhatsApp messages"),
    Channel.VOICE.value: ("call", "calls"),
}
MEMBERSHIP: Final = "inbox:"
"""How the skill begins that is the right to work in an inbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """The names that people know: of inboxes, skills and pools, by their ids."""

    inboxes: Mapping[str, str]
    skills: Mapping[str, str]
    pools: Mapping[str, str]

    @classmethod
    def of(cls, company: Company) -> "Phrasing":
        inboxes = {inbox.id: inbox.name for inbox in company.inboxes}
        return cls(inboxes=inboxes, skills=company.routing.skills, pools=company.routing.pools)

    def work(self, asked: Asked, channel: str, inbox: str) -> str:
        """Such as “texts in Support that ask for French 2, later French 1”."""
        name = f"{self.pieces(channel)} in {self.inboxes.get(inbox, inbox)}"
        steps = [dict(step.needs) for step in asked.steps] or [dict(asked.requires)]
        words = [self.needs(each) or "nothing" for each in steps]
        asks = f" that ask for {', later '.join(words)}" if words != ["nothing"] else ""
        pools = ", then ".join(self.pool(pool.name) for pool in asked.pools)
        return f"{name}{asks}{f' (pool {pools})' if pools else ''}"

    def pieces(self, channel: str, count: int = 2) -> str:
        """What work on a channel is called, such as “call” or “mails”."""
        return _WORK.get(channel, (channel, channel))[count != 1]

    def skill(self, name: str) -> str:
        return self.skills.get(name, name)

    def pool(self, name: str) -> str:
        return self.pools.get(name, name)

    def needs(self, needs: Mapping[str, int]) -> str:
        """Such as “English 1 and billing 2”; the right to work in the inbox goes without saying."""
        named = sorted((skill, level) for skill, level in needs.items() if not skill.startswith(MEMBERSHIP))
        return " and ".join(f"{self.skill(skill)} {level}" for skill, level in named)


def counted(number: int, noun: str) -> str:
    """Such as “1 conversation” or “12 conversations”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
