"""A verdict is believed only where no sender can have written it; an agent reads it in plain words."""

import pytest

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import Kind, Verdicts
from heartline.domain.verdicts import Severity, warnings
from tests.unit.email.mails import parsed, raw


def test_the_verdicts_of_ses_are_read() -> None:
    expected = Verdicts(spam="pass", virus="pass", spf="pass", dkim="pass", dmarc="fail")

    assert parsed("ses_verdicts").verdicts == expected


def test_a_forged_copy_below_the_block_of_ses_changes_nothing() -> None:
    assert parsed("forged_verdicts_below").verdicts == parsed("ses_verdicts").verdicts


def test_verdicts_that_ses_did_not_write_are_no_verdicts() -> None:
    assert parsed("forged_verdicts_without_ses").verdicts == Verdicts()


def test_a_copy_between_the_lines_of_ses_ends_the_block() -> None:
    forged = raw("virus_by_ses").replace(b"X-SES-RECEIPT", b"X-SES-Virus-Verdict: PASS\r\nX-SES-RECEIPT")

    assert parse_mail(forged).kind is Kind.VIRUS


def test_a_sender_whose_name_reads_like_a_verdict_gains_nothing() -> None:
    expected = Verdicts(spam="pass", virus="pass", spf="fail", dkim="fail", dmarc="fail")

    assert parsed("forged_verdicts_in_quotes").verdicts == expected


def test_the_results_of_another_authority_are_ignored() -> None:
    assert parsed("forged_verdicts_of_another_server").verdicts == Verdicts(spam="pass", virus="pass")


def test_a_second_result_can_only_take_trust_away() -> None:
    twice = raw("ses_verdicts").replace(b"dmarc=fail", b"dmarc=pass; dmarc=fail; spf=softfail")

    assert (parse_mail(twice).verdicts.dmarc, parse_mail(twice).verdicts.spf) == ("fail", "softfail")


def test_one_good_signature_among_several_is_enough() -> None:
    signed_twice = raw("ses_verdicts").replace(b"dkim=pass", b"dkim=fail header.i=@list.example; dkim=pass")

    assert parse_mail(signed_twice).verdicts.dkim == "pass"


def test_nothing_is_said_where_all_is_well() -> None:
    well = Verdicts(spam="pass", virus="pass", spf="pass", dkim="pass", dmarc="pass")

    assert warnings(well, sender="ann@customer.example") == ()


def test_nothing_is_said_where_nothing_was_checked() -> None:
    assert warnings(Verdicts(), sender="ann@customer.example") == ()


def test_a_forged_domain_is_named() -> None:
    (warning,) = warnings(Verdicts(spf="fail", dkim="fail", dmarc="fail"), sender="info@bank.example")

    assert warning.severity is Severity.DANGER
    assert warning.text == (
        "The sender's domain (bank.example) could not be verified (DMARC failed): "
        "do not trust links or requests for payment."
    )


@pytest.mark.parametrize(
    ("verdicts", "severity", "word"),
    [
        (Verdicts(virus="fail"), Severity.DANGER, "virus"),
        (Verdicts(virus="processing_failed"), Severity.CAUTION, "searched for viruses"),
        (Verdicts(spam="fail"), Severity.CAUTION, "spam"),
        (Verdicts(spf="softfail", dkim="none"), Severity.CAUTION, "Nothing proves"),
        (Verdicts(spf="none", dkim="none", dmarc="none"), Severity.CAUTION, "Nothing proves"),
    ],
)
def test_each_verdict_has_its_words(verdicts: Verdicts, severity: Severity, word: str) -> None:
    (warning,) = warnings(verdicts, sender="ann@customer.example")

    assert (warning.severity, word in warning.text) == (severity, True)


def test_the_gravest_stands_first() -> None:
    found = warnings(Verdicts(spam="fail", virus="fail", dmarc="fail"), sender="")

    assert [warning.severity for warning in found] == [Severity.DANGER, Severity.DANGER, Severity.CAUTION]


def test_one_good_proof_is_enough_where_the_domain_demands_none() -> None:
    assert warnings(Verdicts(spf="fail", dkim="pass", dmarc="none"), sender="ann@customer.example") == ()
