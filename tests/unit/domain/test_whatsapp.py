"""WhatsApp's rules: a day for free words, and templates whose places are all filled."""

from datetime import UTC, datetime, timedelta

import pytest

from heartline.domain.errors import Invalid, Refused
from heartline.domain.whatsapp import Template, check_session, session_from

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PARCEL = Template(sid="HX1", name="parcel", language="en", body="Hello {{1}}, {{parcel}} is here. Bye, {{1}}")


def test_a_customer_is_answered_freely_for_a_day_and_not_a_moment_longer() -> None:
    until = session_from(NOON)
    check_session(until, NOON + timedelta(hours=24) - timedelta(milliseconds=1))
    with pytest.raises(Refused, match="only a template") as refused:
        check_session(until, NOON + timedelta(hours=24))
    assert refused.value.reason == "63016"


def test_somebody_who_never_wrote_on_whatsapp_gets_a_template_only() -> None:
    with pytest.raises(Refused, match="only a template"):
        check_session(None, NOON)


def test_a_template_reads_as_it_is_sent() -> None:
    assert PARCEL.variables == ("1", "parcel")
    assert PARCEL.filled({"1": "Eva", "parcel": "number {{1}}"}) == "Hello Eva, number {{1}} is here. Bye, Eva"


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"1": "Eva"}, "needs a value for {{parcel}}"),
        ({"1": " ", "parcel": "7"}, "needs a value for {{1}}"),
        ({"1": "Eva", "parcel": "7", "x": "y"}, "has no place {{x}}"),
        ({"1": "Eva\nLind", "parcel": "7"}, "on one line"),
        ({"1": "Eva\u2028Lind", "parcel": "7"}, "on one line"),
        ({"1": "Eva      Lind", "parcel": "7"}, "on one line"),
        ({"1": "E" * 1025, "parcel": "7"}, "1024 characters"),
    ],
)
def test_a_template_with_a_value_that_whatsapp_would_refuse_is_refused_here(
    values: dict[str, str], complaint: str
) -> None:
    with pytest.raises(Invalid, match=complaint.replace("{", r"\{")):
        PARCEL.filled(values)
