from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.simulators.running import Simulator, running


@pytest.fixture
def twilio(tmp_path: Path) -> Iterator[Simulator]:
    with running(tmp_path) as simulator:
        yield simulator
