"""What the contracts of Twilio share; a file may have a simulator `twilio` of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from twilio.rest import Client

from tests.contracts.twilio_api import DESCRIPTION, Described, ToTheSimulator
from tests.unit.simulators.running import ACCOUNT_SID, AGENT, AUTH_TOKEN, Simulator, running


@pytest.fixture(scope="session")
def described() -> Described:
    return Described(DESCRIPTION)


@pytest.fixture
def twilio(tmp_path: Path) -> Iterator[Simulator]:
    """The simulator, where an agent answers their phone."""
    with running(tmp_path) as simulator:
        simulator.control("PUT", "/phones", {"number": AGENT, "does": "answer", "talk": None})
        yield simulator


@pytest.fixture
def wire(twilio: Simulator) -> ToTheSimulator:
    return ToTheSimulator(twilio)


@pytest.fixture
def client(wire: ToTheSimulator) -> Client:
    """Twilio's own, which speaks to the simulator."""
    return Client(ACCOUNT_SID, AUTH_TOKEN, http_client=wire)
