"""Writing to a customer first: one conversation per request, its author's from the start, and it waits for nobody."""

from dataclasses import replace

import pytest

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Invalid, Unavailable
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel, DeliveryStatus, Message
from heartline.domain.outbound import Draft
from heartline.domain.suppressions import Blocked, Cause, Suppression
from heartline.services.configure import read_company
from heartline.storage.expressions import Update
from heartline.storage.keys import open_pointer
from heartline.storage.routing import DynamoRouting
from tests.fakes import Failing, MemoryTable
from tests.invariants import violations
from tests.mailroom import MailRoom, letter
from tests.office import DOCUMENT, NOON, TOM, Office

EVA = MailAddress(name="Eva Lind", address="Eva@example.org")


def begin(office: Office, **asked: object) -> tuple[Conversation, Message]:
    plain = Draft(
        request_id="r1", channel=Channel.EMAIL, text="Your parcel is here.", seen="", to=(EVA,), subject="Your parcel"
    )
    return office.begin(
        replace(plain, **asked),  # type: ignore[arg-type]
        agent=office.agent("ana"),
        inbox=office.inbox("support"),
        inboxes=office.company.inboxes,
    )


def test_the_conversation_is_its_authors_and_waits_for_nobody(office: Office, memory_table: MemoryTable) -> None:
    head, message = begin(office)
    assert (head.state, head.agent, head.waiting_since) == (State.ASSIGNED, "ana", None)
    assert (head.contact_name, head.contact_address, head.subject) == ("Eva Lind", "eva@example.org", "Your parcel")
    assert (message.status, message.conversation) == (DeliveryStatus.QUEUED, head.id)
    assert office.timeline(head.id) == (message,)
    assert violations(memory_table.everything()) == []


def test_the_same_request_is_one_conversation(office: Office, memory_table: MemoryTable) -> None:
    first = begin(office)
    office.clock.advance(minutes=1)
    assert begin(office) == first
    assert sum(item["SK"] == "HEAD" for item in memory_table.everything()) == 1


def test_the_same_request_with_another_mail_is_refused(office: Office) -> None:
    begin(office)
    with pytest.raises(Conflict, match="another message"):
        begin(office, text="Another mail.")


def test_somebody_who_wrote_before_is_known_again(office: Office, memory_table: MemoryTable) -> None:
    earlier = office.ingest(office.letter("m1"))
    office.clock.advance(minutes=1)
    head, _ = begin(office, to=(MailAddress(address=TOM),))
    assert head.contact == office.head(earlier).contact
    assert head.contact_name == "Tom"
    assert violations(memory_table.everything()) == []


def test_what_an_agent_begins_asks_for_what_its_rules_say(
    office: Office,
) -> None:
    rule = {"name": "Example", "when": {"domain": ["example.org"]}, "then": {"requires": {"vip": 1}, "band": 2}}
    office.company = read_company(DOCUMENT | {"routing": {"rules": [rule]}})
    head, _ = begin(office)
    assert (head.rules, head.band, head.requires) == (("Example",), 2, {"vip": 1, "inbox:support": 1})


def test_an_answer_comes_back_into_the_conversation() -> None:
    room = MailRoom()
    head, _ = begin(room.office)
    room.send_all()
    room.pass_by(minutes=5)
    answered = room.take(letter("m1", sender="Eva <eva@example.org>", answers=room.name_of(1)))
    assert answered == head.id
    assert room.head(head.id).waiting_since == room.office.clock.at
    assert room.sound()


def test_a_mail_to_a_blocked_address_opens_nothing(office: Office, memory_table: MemoryTable) -> None:
    office.suppressions.block(Suppression(address="eva@example.org", cause=Cause.COMPLAINT, at=NOON))
    with pytest.raises(Blocked, match="reported our mail as spam on 2026-03-02"):
        begin(office)
    assert not any(item["SK"] == "HEAD" for item in memory_table.everything())


@pytest.mark.parametrize("to", [(), (MailAddress(address="support@acme.example"),)])
def test_a_mail_to_nobody_else_is_refused(office: Office, to: tuple[MailAddress, ...]) -> None:
    with pytest.raises(Invalid, match="goes to nobody"):
        begin(office, to=to)


def test_a_first_mail_of_theirs_that_comes_at_the_same_moment_meets_ours(office: Office) -> None:
    """Both write the contact and its pointer; whoever is second reads again."""
    store = office.begin.store
    arrived: list[str] = []

    class Interrupted:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def open(self, *args: object, **kwargs: object) -> object:
            if not arrived:
                arrived.append(office.ingest(office.letter("m1", sender="eva@example.org")))
            return store.open(*args, **kwargs)  # type: ignore[arg-type]

    beginner = replace(office.begin, store=Interrupted())  # type: ignore[arg-type]
    draft = Draft(request_id="r1", channel=Channel.EMAIL, text="Hello", seen="", to=(EVA,), subject="Hello")
    head, _ = beginner(draft, agent=office.agent("ana"), inbox=office.inbox("support"), inboxes=office.company.inboxes)
    assert head.contact == office.head(arrived[0]).contact


def test_ground_that_keeps_moving_asks_to_try_again(office: Office) -> None:
    store = office.begin.store
    first, _ = begin(office)

    class Shuffled:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def open(self, *args: object, **kwargs: object) -> object:
            office.table.write(Update(key=open_pointer(first.contact, "support"), add={"ver": 1}))
            return store.open(*args, **kwargs)  # type: ignore[arg-type]

    with pytest.raises(Unavailable):
        replace(office.begin, store=Shuffled())(  # type: ignore[arg-type]
            Draft(request_id="r2", channel=Channel.EMAIL, text="Hello", seen="", to=(EVA,), subject="Hello"),
            agent=office.agent("ana"),
            inbox=office.inbox("support"),
            inboxes=office.company.inboxes,
        )


def test_a_retry_after_a_lost_answer_finds_what_was_written(office: Office, memory_table: MemoryTable) -> None:
    begin(office, request_id="warm")
    memory_table.hook = Failing(Unavailable("lost"), at=3, moment="after")
    with pytest.raises(Unavailable):
        begin(office)
    head, message = begin(office)
    assert office.timeline(head.id) == (message,)
    assert violations(memory_table.everything()) == []


def test_its_work_weighs_what_the_policy_says_and_her_units_know(office: Office) -> None:
    policy = replace(office.company.routing.policy, weights={"email": 3})
    office.company = replace(office.company, routing=replace(office.company.routing, policy=policy))
    head, _ = begin(office)
    state = DynamoRouting(office.table).agent(office.agent("ana"))
    assert state is not None
    assert (state.open[head.id].weight, state.free_units) == (3, -3)
    assert office.head(head.id).weight == 3


def test_an_author_who_is_in_another_pool_by_now_has_it_all_the_same(office: Office) -> None:
    """The configuration puts her elsewhere; her state has not followed yet."""
    DynamoRouting(office.table).create_agent(office.agent("ana"), presence="ONLINE")
    agents = tuple(replace(each, pool="over") if each.id == "ana" else each for each in office.company.agents)
    office.company = replace(office.company, agents=agents)
    head, _ = begin(office)
    state = DynamoRouting(office.table).agent(office.agent("ana"))
    assert state is not None
    assert (state.agent.pool, set(state.open)) == ("main", {head.id})
