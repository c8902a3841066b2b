"""What work asks of routing is read from an item as it was written, and takes little room there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Pool, Preference, Step
from heartline.storage.demand_items import (
    demand_attributes,
    pools_from_item,
    preference_attribute,
    preference_from_item,
    steps_from_item,
)
from heartline.storage.expressions import filled, marshal, unmarshal
from heartline.storage.items import conversation_from_item, conversation_to_item
from tests.fakes.sizes import WRITE_UNIT, item_size
from tests.office import NOON

_needs = st.dictionaries(st.sampled_from(["fr", "es", "billing"]), st.integers(1, 5))
_steps = st.builds(
    lambda needs, lasts: Step(needs=tuple(sorted(needs.items())), lasts=lasts),
    _needs,
    st.none() | st.integers(0, 900),
)
_pools = st.builds(Pool, name=st.sampled_from(["main", "over"]), opens=st.integers(0, 900))


@given(steps=st.lists(_steps, max_size=4), pools=st.lists(_pools, max_size=3))
def test_steps_and_pools_come_back(steps: list[Step], pools: list[Pool]) -> None:
    item = unmarshal(marshal(demand_attributes(steps, pools)))

    assert (steps_from_item(item), pools_from_item(item)) == (tuple(steps), tuple(pools))


@pytest.mark.parametrize("preferred", [None, Preference(agent="ana", window=60, ignore_skills=True)])
def test_a_preference_comes_back(preferred: Preference | None) -> None:
    assert preference_from_item(filled({"pref": preference_attribute(preferred)})) == preferred


def full_head(agent: str) -> Conversation:
    """A head with all that intake and routing may say of it, and an agent who has it."""
    asked = {"inbox:customer-care": 1, "fr": 3, "billing": 2}
    relaxed = {**asked, "fr": 1}
    steps = (Step(needs=tuple(sorted(asked.items())), lasts=60), Step(needs=tuple(sorted(relaxed.items()))))
    pools = (Pool(name="front-desk"), Pool(name="second-line", opens=120))
    return Conversation(
        id="01JQ7Y3K8M5T2WXZ",
        inbox="customer-care",
        contact="d26954b5bcd81285",
        contact_name="Maximiliane Oberhuber",
        contact_address="maximiliane.oberhuber@example.org",
        subject="Re: My order 4711 has arrived damaged",
        state=State.ASSIGNED,
        version=3,
        channels=(Channel.EMAIL, Channel.SMS),
        routing_channel=Channel.EMAIL,
        routing_class=routing_class(Channel.EMAIL, asked, steps, pools),
        requires=asked,
        band=3,
        boost=600,
        enqueued=NOON,
        preview="x" * 120,
        last_message_at=NOON,
        last_visible="c890f9af651e2236726a",
        opened_at=NOON,
        waiting_since=NOON,
        answered_at=NOON,
        agent=agent,
        reservation="01JQ7Y3K8M5T2WXZ",
        last_agent=agent,
        heated=True,
        heat=("angry words", "third contact about this"),
        rounds=3,
        steps=steps,
        pools=pools,
        preferred=Preference(agent=agent, window=120),
        rules=("French texts", "VIP customers"),
        weight=2.5,
    )


def test_a_head_that_says_everything_comes_back_and_is_one_write_unit() -> None:
    head = full_head("maximilian.ober")
    item = conversation_to_item(head)

    assert conversation_from_item(unmarshal(marshal(item))) == head
    assert item_size(item) <= WRITE_UNIT
