"""Calls and media over the table: what is read is what was written, and nobody writes over what they did not see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from heartline.domain.call_parties import Mode, Party, PartyKind, PartyState, Transfer, Wants
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.calls import Call, CallDirection, Purpose, RecordingState, Untold, advance
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import Contended
from heartline.domain.inboxes import Staff
from heartline.domain.lines import Line, Spell
from heartline.domain.messages import (
    Attachment,
    Author,
    AuthorKind,
    Channel,
    DeliveryStatus,
    Direction,
    Message,
    PendingMedia,
)
from heartline.domain.recordings import Consent, Pause
from heartline.services.ports import MessageReference
from heartline.storage import keys
from heartline.storage.call_items import call_from_item, call_to_item
from heartline.storage.calls import DynamoCalls
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Put
from heartline.storage.media import DynamoMedia
from heartline.storage.message_items import message_from_item, message_to_item

AT = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
RINGING = Call(
    id="CA1",
    state=CallState.IVR,
    inbox="support",
    number="+14155550100",
    caller=Identity(kind=IdentityKind.PHONE, address="+14155552671"),
    caller_name="Eva",
    began=AT,
)
FULL = Call(
    id="CA2",
    state=CallState.IN_PROGRESS,
    inbox="support",
    number="+14155550100",
    caller=Identity(kind=IdentityKind.ANONYMOUS, address="CA2"),
    caller_name="Unknown caller",
    began=AT,
    direction=CallDirection.OUTBOUND,
    purpose=Purpose.CALL_BACK,
    conversation="c1",
    said="Called and chose 1: billing.",
    choice="billing",
    requires={"billing": 2},
    band=3,
    language="es-ES",
    queued=AT + timedelta(seconds=5),
    lined=AT + timedelta(seconds=6),
    agent="ana",
    device="browser",
    reservation="r1",
    attempt=2,
    expires=AT + timedelta(seconds=20),
    answered=AT + timedelta(seconds=30),
    ended=AT + timedelta(seconds=90),
    parties={
        "customer": Party(label="customer", kind=PartyKind.CUSTOMER, who="+1", state=PartyState.HELD, sid="CA2"),
        "agent-2": Party(
            label="agent-2", kind=PartyKind.AGENT, who="ana", state=PartyState.LEFT, muted=True, why="busy", talked=True
        ),
    },
    wants=Wants(hold=False, muted={"agent-2": True}, recording=False, ends=("agent-2",)),
    transfer=Transfer(mode=Mode.WARM, note="Please.", by="ana", number="+14155559999", label="consult-1", merged=True),
    conference="CF1",
    recording=RecordingState.PAUSED,
    consent=Consent(words="This call is recorded.", language="en-US", at=AT),
    pauses=(Pause(began=AT, ended=AT + timedelta(seconds=9)), Pause(began=AT + timedelta(seconds=20))),
    wrap_until=AT + timedelta(seconds=120),
    due=AT + timedelta(days=1),
    tries=2,
    problem="Ben was busy.",
    verified="A",
    untold=(Untold(id="m9", event="call.missed", text="Hung up.", at=AT),),
    version=7,
)


@pytest.fixture(params=["memory_table", "moto_table"])
def table(request: pytest.FixtureRequest) -> Table:
    found: Table = request.getfixturevalue(request.param)
    return found


def calls_in(table: Table) -> DynamoCalls:
    return DynamoCalls(table, Staff)


@pytest.mark.parametrize("call", [RINGING, FULL])
def test_a_call_survives_the_table(call: Call) -> None:
    assert call_from_item(call_to_item(call)) == call


def test_a_call_is_opened_once_and_whoever_opens_it_again_reads_what_it_is(table: Table) -> None:
    calls = calls_in(table)
    assert calls.open(RINGING) == RINGING
    queued = advance(RINGING, CallEvent.QUEUED, at=AT, conversation="c1")
    assert queued is not None
    calls.apply(queued)
    assert calls.open(RINGING) == queued.after
    assert calls.call("CA1") == queued.after


def test_an_unknown_call_is_none(table: Table) -> None:
    assert calls_in(table).call("CA9") is None
    assert calls_in(table).scene("CA9", "c9") == (None, None)
    assert calls_in(table).in_line("CA9", "voice|") == (None, None)


def test_of_two_changes_of_the_same_call_one_is_written_with_its_entry(table: Table) -> None:
    calls = calls_in(table)
    calls.open(FULL)
    ended = advance(FULL, CallEvent.ENDED, at=AT, text="Talked with Ana.")
    failed = advance(FULL, CallEvent.FAILED, at=AT, text="The connection failed.")
    assert ended is not None
    assert failed is not None
    calls.apply(ended)
    with pytest.raises(Contended):
        calls.apply(failed)
    assert calls.call("CA2") == ended.after
    (entry,) = ended.entries
    written = table.get(keys.message("c1", AT, entry.id))
    assert written is not None
    assert message_from_item(written) == entry


def test_a_line_is_read_with_its_call_in_one_request(table: Table) -> None:
    calls = calls_in(table)
    spells = (Spell(ends=AT, seconds=9.5, left=50, more=True), Spell(ends=AT, seconds=60.0, left=2))
    line = Line(routing_class="voice|", order=("c1", "c2"), spells=spells, at=AT, staffed=False, open=False)
    calls.write_line(line)
    calls.open(RINGING)
    assert calls.in_line("CA1", "voice|") == (RINGING, line)
    assert calls.lines(["voice|", "voice|billing:1"]) == {"voice|": line}


def with_media() -> Message:
    return Message(
        id="m1",
        conversation="c1",
        channel=Channel.VOICE,
        direction=Direction.INBOUND,
        author=Author(kind=AuthorKind.CONTACT, id="p1"),
        at=AT,
        text="Voicemail, 3 s.",
        status=DeliveryStatus.RECEIVED,
        pending_media=(PendingMedia(url="https://api.twilio.com/x", content_type="audio/mpeg", provider_id="RE1"),),
    )


def test_files_take_the_place_of_what_is_pending(table: Table) -> None:
    media, message = DynamoMedia(table), with_media()
    table.write(Put(item=message_to_item(message)))
    reference = MessageReference(conversation="c1", sort=keys.message("c1", AT, "m1")["SK"])
    assert media.message(reference) == message
    file = Attachment(filename="voicemail.mp3", content_type="audio/mpeg", size=5, sha256="ab", key="attachments/ab")
    done = replace(message, attachments=(file,), pending_media=(), explanation="why")
    media.advance(reference, done, before=message.pending_media)
    assert media.message(reference) == done


def test_a_message_that_is_complete_is_not_written_again(table: Table) -> None:
    media, message = DynamoMedia(table), with_media()
    complete = replace(message, pending_media=())
    table.write(Put(item=message_to_item(complete)))
    reference = MessageReference(conversation="c1", sort=keys.message("c1", AT, "m1")["SK"])
    media.advance(reference, replace(complete, explanation="late"), before=message.pending_media)
    assert media.message(reference) == complete
