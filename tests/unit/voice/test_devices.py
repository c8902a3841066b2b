"""Where an agent is rung: as they chose, and always somewhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.devices import Device, client_name, rung
from heartline.domain.inboxes import AgentProfile

PHONE = "+14155550111"
AGENT_IDS = st.text("abcXYZ019@._+-", min_size=1, max_size=64)


def agent(name: str = "ana", *, phone: str = PHONE) -> AgentProfile:
    return AgentProfile(id=name, name=name.title(), skills={}, capacity={}, inboxes=(), phone=phone)


@pytest.mark.parametrize(
    ("phone", "chosen", "device", "address"),
    [
        (PHONE, None, Device.PHONE, PHONE),
        (PHONE, Device.PHONE, Device.PHONE, PHONE),
        (PHONE, Device.BROWSER, Device.BROWSER, "client:ana"),
        ("", None, Device.BROWSER, "client:ana"),
        ("", Device.PHONE, Device.BROWSER, "client:ana"),  # the number was taken out of the profile since
    ],
)
def test_an_agent_is_rung_as_they_chose(phone: str, chosen: Device | None, device: Device, address: str) -> None:
    ringing = rung(agent(phone=phone), chosen)
    assert (ringing.device, ringing.address) == (device, address)


@given(AGENT_IDS, AGENT_IDS)
def test_no_two_agents_share_a_name_at_the_provider(one: str, other: str) -> None:
    assert (client_name(one) == client_name(other)) == (one == other)


@given(AGENT_IDS)
def test_a_name_at_the_provider_has_only_what_it_takes(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_]{1,256}", client_name(name))
    assert len("client:" + client_name(name)) <= 256
