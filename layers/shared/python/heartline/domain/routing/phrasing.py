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
_MEMBERSHIP: Final = "inbox:"


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
        name = f"{_WORK.get(channel, (channel, channel))[1]} in {self.inboxes.get(inbox, inbox)}"
        steps = [dict(step.needs) for step in asked.steps] or [dict(asked.requires)]
        words = [self.needs(each) or "nothing" for each in steps]
        asks = f" that ask for {', later '.join(words)}" if words != ["nothing"] else ""
        pools = ", then ".join(self.pools.get(pool.name, pool.name) for pool in asked.pools)
        return f"{name}{asks}{f' (pool {pools})' if pools else ''}"

    def needs(self, needs: Mapping[str, int]) -> str:
        """Such as “English 1 and billing 2”; the right to work in the inbox goes without saying."""
        named = sorted((skill, level) for skill, level in needs.items() if not skill.startswith(_MEMBERSHIP))
        return " and ".join(f"{self.skills.get(skill, skill)} {level}" for skill, level in named)


def counted(number: int, noun: str) -> str:
    """Such as “1 conversation” or “12 conversations”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
