"""Who calls, and what they may see: every route goes through here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from heartline.domain.conversations import Conversation
from heartline.domain.errors import Forbidden, NotFound
from heartline.domain.inboxes import AgentProfile, Company, Inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A signed-in agent with the company that they work in."""

    agent: AgentProfile
    company: Company

    @property
    def inboxes(self) -> tuple[Inbox, ...]:
        """The inboxes whose conversations the caller may see: their own; all of them for a lead or an admin."""
        if self.agent.role in {"lead", "admin"}:
            return self.company.inboxes
        return tuple(inbox for inbox in self.company.inboxes if inbox.id in self.agent.inboxes)

    def inbox(self, name: str) -> Inbox:
        """Answer an inbox of the caller's by its id, or raise `NotFound`."""
        for inbox in self.inboxes:
            if inbox.id == name:
                return inbox
        raise NotFound(f"There is no inbox “{name}”.")

    @property
    def colleagues(self) -> tuple[AgentProfile, ...]:
        """The agents who share an inbox with the caller, the caller included."""
        seen = {inbox.id for inbox in self.inboxes}
        return tuple(agent for agent in self.company.agents if seen & set(agent.inboxes) or agent.id == self.agent.id)

    def allowed(self, head: Conversation | None) -> Conversation:
        """Answer the conversation, or raise `NotFound`: an unknown one and a foreign one look alike."""
        if head is None or not self.sees(head):
            raise NotFound("There is no such conversation.")
        return head

    def sees(self, head: Conversation) -> bool:
        """Whether the conversation is in an inbox that the caller may see."""
        return head.inbox in {inbox.id for inbox in self.inboxes}

    def colleague(self, agent_id: str, inbox: str) -> AgentProfile:
        """Answer an agent who works in the inbox, or raise `NotFound`."""
        for agent in self.company.agents:
            if agent.id == agent_id and inbox in agent.inboxes:
                return agent
        raise NotFound(f"There is no agent “{agent_id}” in this inbox.")


def caller_of(claims: Mapping[str, Any], company: Company, *, client_id: str) -> Caller:
    """Read the caller from the claims that the authorizer has verified (signature, issuer, expiry).

    Raises `Forbidden` for an id token, another client's token, or a user who is not an agent of the company.
    """
    if claims.get("token_use") != "access" or claims.get("client_id") != client_id:
        raise Forbidden("An access token of this application is needed.")
    username = str(claims.get("username", ""))
    for agent in company.agents:
        if agent.id == username:
            return Caller(agent=agent, company=company)
    raise Forbidden(f"“{username}” is not an agent of this company yet: ask an admin to add you.")
