"""What work asks for travels whole: from a call into its head, into a transfer, and the queue's name is the same."""

from dataclasses import replace

import pytest

from heartline.domain.conversations import Conversation, State
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.lifecycle import called, uncalled
from heartline.domain.routing.model import Pool, Preference, Step
from tests.office import NOON

ASKED = Asked(
    requires={"fr": 2, "inbox:support": 1},
    band=2,
    boost=60,
    steps=(Step(needs=(("fr", 2), ("inbox:support", 1)), lasts=30), Step(needs=(("inbox:support", 1),))),
    pools=(Pool(name="main"), Pool(name="over", opens=60)),
    rules=("French",),
)
HEAD = Conversation(
    id="c1",
    inbox="support",
    contact="eva",
    contact_name="Eva",
    contact_address="+14155550123",
    subject="",
    state=State.ASSIGNED,
    version=3,
    channels=(Channel.SMS,),
    routing_channel=Channel.SMS,
    routing_class="sms|inbox:support:1",
    requires={"inbox:support": 1},
    band=5,
    boost=600,
    enqueued=NOON,
    preview="",
    last_message_at=NOON,
    last_visible="",
    opened_at=NOON,
    agent="ana",
    reservation="r",
)
PERSONAL = Preference(agent="ana", window=60, ignore_skills=True)


@pytest.mark.parametrize("kept", [None, PERSONAL, replace(PERSONAL, ignore_skills=False)])
@pytest.mark.parametrize("asked", [ASKED, replace(ASKED, preferred=PERSONAL), Asked(requires={"inbox:support": 1})])
def test_a_call_waits_in_the_queue_that_its_caller_is_told_whatever_its_conversation_was(
    asked: Asked, kept: Preference | None
) -> None:
    head = called(replace(HEAD, preferred=kept), "CA1", asked, at=NOON)
    assert head.routing_class == asked.queue(Channel.VOICE)
    assert (head.state, head.call, head.steps, head.pools) == (State.WAITING, "CA1", asked.steps, asked.pools)


def test_a_call_leaves_a_priority_that_was_raised_by_hand() -> None:
    head = called(HEAD, "CA1", replace(ASKED, band=0), at=NOON)
    assert (head.band, head.boost) == (5, 600)


def test_once_the_call_is_over_what_it_asked_for_goes_on_in_writing() -> None:
    waits = uncalled(called(HEAD, "CA1", ASKED, at=NOON), Channel.SMS)
    assert (waits.steps, waits.pools) == (ASKED.steps, ASKED.pools)
    assert waits.routing_class == ASKED.queue(Channel.SMS)


def test_a_transfer_to_a_skill_asks_for_it_in_every_step() -> None:
    asked = ASKED.asking("billing", 1)
    assert [dict(step.needs)["billing"] for step in asked.steps] == [1, 1]
    assert asked.requires == dict(asked.steps[0].needs)


def test_a_transfer_to_a_skill_that_is_asked_for_already_lets_no_step_drop_it() -> None:
    assert [dict(step.needs)["fr"] for step in ASKED.asking("fr", 1).steps] == [2, 1]


def test_a_head_tells_what_it_asks_for() -> None:
    head = called(HEAD, "CA1", ASKED, at=NOON)
    assert replace(Asked.of(head), boost=60) == ASKED


def test_a_queue_of_very_many_skills_has_a_short_name_all_the_same() -> None:
    """DynamoDB takes 1,024 bytes of a sort key, and a rule may ask for whatever it likes."""
    many = {f"a-skill-with-quite-a-long-name-{number:02d}": 100 for number in range(60)}
    names = {Asked(requires=many | {"last": level}).queue(Channel.VOICE) for level in range(1, 9)}
    assert len(names) == 8
    assert all(name.startswith("voice|") and len(name) < 160 for name in names)


def test_the_name_of_a_usual_queue_says_what_it_asks_for() -> None:
    assert Asked(requires={"inbox:support": 1, "fr": 2}).queue(Channel.SMS) == "sms|fr:2,inbox:support:1"
