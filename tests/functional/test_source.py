"""A mail's raw form: a download for whoever may see the conversation, and never one with a virus in it."""

from dataclasses import replace

import pytest

from heartline.domain.mail import Kind, MailDetails
from heartline.domain.messages import Message
from tests.functional.calling import Answered, Api, api_of
from tests.office import Office


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


def source(api: Api, conversation: str, message: str, agent: str = "ana") -> Answered:
    return api("GET", f"/api/conversations/{conversation}/messages/{message}/source", agent=agent)


def letter(api: Api, **changes: object) -> Message:
    arrival = replace(api.office.letter("m1"), **changes)  # type: ignore[arg-type]
    (message,) = api.office.timeline(api.office.ingest(arrival))
    return message


def test_the_link_is_to_the_raw_mail_under_the_name_of_its_subject(api: Api) -> None:
    message = letter(api, subject='Re: order/1234 \r\n"x"')

    answer = source(api, message.conversation, message.id)

    assert answer.body == {"url": "https://mails.example/mail/m1?name=Re order 1234 x.eml"}


def test_a_mail_without_a_subject_has_a_name_all_the_same(api: Api) -> None:
    message = letter(api, subject="")

    assert source(api, message.conversation, message.id).body["url"].endswith("name=message.eml")


def test_a_mail_with_a_virus_is_not_handed_out(api: Api) -> None:
    message = letter(api, mail=MailDetails(message_id="m1@example.org", kind=Kind.VIRUS))

    answer = source(api, message.conversation, message.id)

    assert (answer.status, answer.body["error"]["code"]) == (403, "refused")


def test_a_text_has_no_raw_mail(api: Api) -> None:
    (text,) = api.office.timeline(api.office.ingest(api.office.text("SM1")))

    assert source(api, text.conversation, text.id).status == 404


def test_an_unknown_message_and_a_foreign_conversation_are_unknown(api: Api) -> None:
    message = letter(api)
    (foreign,) = api.office.timeline(api.office.ingest(api.office.letter("m2", inbox="legal")))

    assert source(api, message.conversation, "0" * 20).status == 404
    assert source(api, foreign.conversation, foreign.id).status == 404
