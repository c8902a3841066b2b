"""The composer counts texts and takes files as the server does: one table, read by both sides.

The other side is `functions/web/ui/tests/texting/agreed.test.ts`.
"""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from heartline.channels.sms.render import size_of
from heartline.domain.enclosures import LIMITS
from heartline.domain.messages import Channel

AGREED: Final = json.loads(
    (Path(__file__).parents[2] / "functions/web/ui/tests/texting/agreed.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", AGREED["texts"], ids=lambda case: str(case["text"])[:60])
def test_a_text_has_the_size_that_the_composer_shows(case: dict[str, Any]) -> None:
    text = "".join(unit * times for unit, times in case["text"])
    size = size_of(text, toll_free=case["toll_free"])
    shown = (case["encoding"], case["units"], case["segments"], case["flipped_by"])
    assert (size.encoding.value, size.units, size.segments, size.flipped_by) == shown


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP])
def test_files_have_the_limits_that_the_composer_holds_them_to(channel: Channel) -> None:
    limits, shown = LIMITS[channel], AGREED["files"][channel.value]
    assert (limits.count, limits.total, dict(limits.types)) == (shown["count"], shown["total"], shown["types"])
