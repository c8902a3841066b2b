"""Finds the conversation that a mail belongs to: asks storage about its hints, in the order they are believed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from heartline.domain.aliases import mail_alias, subject_alias
from heartline.domain.conversations import Conversation
from heartline.domain.intake import Arrival
from heartline.domain.mail import ParsedMail
from heartline.domain.messages import Direction
from heartline.domain.reopening import has_lapsed
from heartline.domain.reports import Reported, reported
from heartline.domain.threading import NEW_CONVERSATION, Candidate, Keys, Reason, candidates
from heartline.services.ports import MessageReference, References


@dataclass(frozen=True, slots=True, kw_only=True)
class Threads:
    """Reads what a mail's hints lead to; never leads from one inbox into another."""

    references: References
    keys: Keys

    def threaded(self, arrival: Arrival, mail: ParsedMail) -> Arrival:
        """`arrival` with the conversation of the first hint that leads to one, and with the message it reports on."""
        for hint, reference, head in self._hits(arrival, mail):
            about = self._reported(hint, reference, head, mail)
            current = head if arrival.quiet else self._latest(head, arrival)
            return replace(arrival, thread=current, explanation=hint.explanation, reported=about)
        return replace(arrival, thread=None, explanation=NEW_CONVERSATION, reported=None)

    def _hits(
        self, arrival: Arrival, mail: ParsedMail
    ) -> Iterator[tuple[Candidate, MessageReference | None, Conversation]]:
        inbox = arrival.inbox
        rule = bool(inbox.mail_rules.subject_hours)
        hints = list(
            candidates(mail, inbox=inbox.id, own_addresses=inbox.mail_addresses, keys=self.keys, subject_rule=rule)
        )
        names = {hint: _name(hint, arrival) for hint in hints if not hint.conversation}
        found = self.references.find(list(names.values()))
        for hint in hints:
            reference = found.get(names.get(hint, ""))
            conversation = hint.conversation or (reference.conversation if reference else None)
            head = self.references.conversation(conversation) if conversation else None
            if head is not None and head.inbox == inbox.id and not _is_stale(hint, head, arrival):
                yield hint, reference, head

    def _latest(self, head: Conversation, arrival: Arrival) -> Conversation:
        """The end of the chain of follow-ups: an answer to what has lapsed belongs to what came after it."""
        while head.followed_by and has_lapsed(head, days=arrival.inbox.mail_rules.reopen_days, at=arrival.at):
            follow_up = self.references.conversation(head.followed_by)
            if follow_up is None:
                break
            head = follow_up
        return head

    def _reported(
        self, hint: Candidate, reference: MessageReference | None, head: Conversation, mail: ParsedMail
    ) -> Reported | None:
        if hint.reason is not Reason.REPORT or reference is None:
            return None
        message = self.references.message(reference)
        if message is None or message.direction is not Direction.OUTBOUND:
            return None
        about = [bounce for bounce in mail.bounces if bounce.original_message_id == hint.message_id]
        return reported(message, head, about)


def _name(hint: Candidate, arrival: Arrival) -> str:
    if hint.message_id is not None:
        return mail_alias(arrival.inbox.id, hint.message_id)
    return subject_alias(arrival.inbox.id, arrival.sender.address, hint.evidence)


def _is_stale(hint: Candidate, head: Conversation, arrival: Arrival) -> bool:
    """Whether the subject alone says too little by now."""
    hours = timedelta(hours=arrival.inbox.mail_rules.subject_hours)
    return hint.reason is Reason.SUBJECT and arrival.at - head.last_message_at > hours
