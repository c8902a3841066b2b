"""What the contracts of Twilio share; each file has a simulator `twilio` of its own."""

import pytest
from twilio.rest import Client

from tests.contracts.twilio_api import DESCRIPTION, Described, ToTheSimulator
from tests.unit.simulators.running import ACCOUNT_SID, AUTH_TOKEN, Simulator


@pytest.fixture(scope="session")
def described() -> Described:
    return Described(DESCRIPTION)


@pytest.fixture
def wire(twilio: Simulator) -> ToTheSimulator:
    return ToTheSimulator(twilio)


@pytest.fixture
def client(wire: ToTheSimulator) -> Client:
    """Twilio's own, which speaks to the simulator."""
    return Client(ACCOUNT_SID, AUTH_TOKEN, http_client=wire)
