import pytest

from heartline.channels.twilio.lines import line_of
from heartline.domain.destinations import LineKind, NotServed, check, why_not

SERVED = {"US", "GB", "DE"}


@pytest.mark.parametrize(
    ("number", "country", "kind"),
    [
        ("+14155550123", "US", LineKind.LANDLINE_OR_MOBILE),
        ("+18764545678", "JM", LineKind.MOBILE),
        ("+442079460958", "GB", LineKind.LANDLINE),
        ("+447700900123", "GB", LineKind.UNKNOWN),
        ("+19005551234", "US", LineKind.PREMIUM),
        ("+499001234567", "DE", LineKind.PREMIUM),
        ("+18335550100", "US", LineKind.TOLL_FREE),
        ("+881612345678", "001", LineKind.SATELLITE),
        ("+8835100123456", "001", LineKind.SATELLITE),
        ("+870123456789", "001", LineKind.SATELLITE),
        ("+979123456789", "001", LineKind.PREMIUM),
        ("+15550001111", "", LineKind.UNKNOWN),
        ("+999123456789", "", LineKind.UNKNOWN),
        ("72975", "", LineKind.UNKNOWN),
    ],
)
def test_a_number_says_where_it_is_and_what_it_is_for(number: str, country: str, kind: LineKind) -> None:
    line = line_of(number)

    assert (line.country, line.kind) == (country, kind)


@pytest.mark.parametrize("number", ["+14155550123", "+442079460958", "+447700900123", "+18335550100", "+493012345"])
def test_what_people_have_in_the_countries_that_we_serve_may_be_reached(number: str) -> None:
    assert why_not(line_of(number), SERVED) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+18764545678", "is in JM, and we write and call to DE, GB, US only"),
        ("+15550001111", "in a country that cannot be told"),
        ("+19005551234", "is a premium rate number"),
        ("+881612345678", "is a satellite number"),
        ("72975", "“72975” is a short code or a name"),
        ("ACME", "cannot be called or replied to"),
        ("", "cannot be called or replied to"),
    ],
)
def test_everything_else_is_refused_and_the_agent_is_told_why(number: str, words: str) -> None:
    with pytest.raises(NotServed, match=words) as refused:
        check(line_of(number), SERVED)

    assert refused.value.code == "destination"


def test_a_company_may_let_premium_numbers_of_its_countries_pass_and_no_others() -> None:
    assert why_not(line_of("+19005551234"), SERVED, premium=True) == ""
    assert why_not(line_of("+979123456789"), SERVED, premium=True)
