"""The visible reply is what the author wrote now; where that is in doubt, everything is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.channels.email.reply import visible_reply

ATTRIBUTIONS = {
    "Gmail": "On Mon, Mar 2, 2026 at 10:00 AM Shop <support@shop.example> wrote:",
    "Gmail, wrapped": "On Mon, Mar 2, 2026 at 10:00 AM Shop Support Team of Europe\n<support@shop.example> wrote:",
    "Apple Mail, German": "Am 02.03.2026 um 10:00 schrieb Shop <support@shop.example>:",
    "French": "Le lun. 2 mars 2026 à 10:00, Shop <support@shop.example> a écrit :",
    "Spanish": "El lun, 2 mar 2026 a las 10:00, Shop (<support@shop.example>) escribió:",
    "Portuguese": "Em seg., 2 de mar. de 2026 às 10:00, Shop <support@shop.example> escreveu:",
    "Italian": "Il giorno lun 2 mar 2026 alle ore 10:00 Shop <support@shop.example> ha scritto:",
    "Dutch": "Op ma 2 mrt 2026 om 10:00 schreef Shop <support@shop.example>:",
    "Polish": "W dniu 2.03.2026 o 10:00, Shop pisze/napisał(a):",
    "Japanese": "2026年3月2日(月) 10:00 Shop <support@shop.example>:",
    "Outlook": "-----Original Message-----\nFrom: Shop",
    "Outlook, bold headers": "------------------------------\n*From:* Shop\n*Sent:* Monday\n*To:* Ann\n*Subject:* Hi",
    "Outlook, headers": "________________________________\nFrom: Shop <s@x>\nSent: Monday\nTo: Ann\nSubject: Hi",
    "Outlook, German": "Von: Shop <s@x>\nGesendet: Montag\nAn: Ann\nBetreff: Hi",
    "Outlook, Chinese": "发件人: Shop <s@x>\n发送时间: 2026\n收件人: Ann\n主题: Hi",
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_the_history_below_an_attribution_is_folded(attribution: str) -> None:
    assert visible_reply(f"Thank you!\n\n{attribution}\n\n> old words\n> more\n") == "Thank you!"


def test_a_signature_is_folded_unless_it_is_wanted() -> None:
    text = "Thank you!\n-- \nAnn\nCustomer"

    assert visible_reply(text) == "Thank you!"
    assert visible_reply(text, keep_signature=True) == text


def test_the_line_of_a_mobile_program_is_a_signature() -> None:
    assert visible_reply("Yes.\n\nSent from my iPhone") == "Yes."


def test_a_sentence_that_begins_like_a_mobile_signature_stays() -> None:
    text = "Yes.\n\nSent from my desk, which is much easier."

    assert visible_reply(text) == text


def test_answers_between_the_quotes_are_all_shown() -> None:
    text = "On Monday, Shop wrote:\n> Which size?\n42\n> Which colour?\nblue"

    assert visible_reply(text) == text


def test_a_mail_of_nothing_but_history_is_shown_whole() -> None:
    text = "On Monday, Shop wrote:\n> Which size?"

    assert visible_reply(text) == text


def test_a_sentence_that_begins_like_an_attribution_stays() -> None:
    text = "On Monday I was there.\nNobody came."

    assert visible_reply(text) == text


PROSE = [
    "On the 2nd of March I wrote:\nI want a refund.",
    "As you wrote on 2 March 2026: the price is 20.00.\nIs it so?",
    "Am 2. März 2026 schrieb mir Ihr Kollege Folgendes:\nAlles gut.",
    "Le 2 mars 2026 j'ai écrit :\nje veux un remboursement.",
    "Your invoice of 02.03.2026, sent to ann@customer.example:\nis wrong.",
    "I wrote to support@shop.example on 2 March:\nno answer.",
    "The mail was sent 2 March 2026 10:00:\nI never got it.",
    "My details:\nTo: Ann\nFrom: Bob\nSubject: lamp\nthanks",
    "The label says\nFrom: Shop\nSent: Monday\nand nothing else.",
    "He said:\n\n> nothing\n\nand left.",
    "Price list\n==========\nLamp 20\nCall us +44 20 7946 0000",
    "Sent from the wrong warehouse!\nPlease check.",
    "This message is intended for your manager: I want a refund.",
    "Caution: the lamp is hot.\nPlease warn others.",
]


@pytest.mark.parametrize("prose", PROSE)
def test_prose_that_resembles_what_programs_write_stays(prose: str) -> None:
    text = f"Hello,\n\n{prose}"

    assert visible_reply(text) == text


@given(
    st.lists(st.sampled_from(["> q", "On x wrote:", "text", "", "-- ", "From: a", "To: b", "Subject: c"])).map(
        "\n".join
    )
)
def test_what_is_visible_was_written_in_that_order_and_is_never_nothing(text: str) -> None:
    visible = visible_reply(text)
    written = iter(line.strip() for line in text.split("\n"))

    assert all(line.strip() in written for line in visible.split("\n") if line.strip())
    assert bool(visible) == bool(text.strip())
