"""HTML that an older sanitiser made is made anew from the raw mail, once, and nothing else of the message changes."""

from dataclasses import replace
from email.message import EmailMessage

import pytest

from heartline.channels.email.sanitise import VERSION
from heartline.storage import message_items
from heartline.storage.expressions import Update
from tests.fakes import MemoryTable
from tests.functional.test_replay_mail import heads, replay, the_message
from tests.ledgers import Books
from tests.office import NOON, Office


@pytest.fixture
def books(office: Office) -> Books:
    return Books(office=office)


def html_mail(name: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "tom@example.org", "support@acme.example", "My order"
    mail["Message-ID"] = f"<{name}@example.org>"
    mail.set_content("Where is it?")
    mail.add_alternative("<p>Where is <b>it</b>?</p>", subtype="html")
    return mail.as_bytes()


def sanitised_long_ago(books: Books) -> None:
    """The message as an older sanitiser left it."""
    message = the_message(books)
    assert message.mail is not None
    old = replace(message, html="<p onclick=alert(1)>old</p>", mail=replace(message.mail, sanitised=VERSION - 1))
    item = message_items.message_to_item(old)
    key = {"PK": item["PK"], "SK": item["SK"]}
    books.office.table.write(Update(key=key, assign={"html": item["html"], "mail": item["mail"]}))


def test_old_html_is_made_anew_and_stamped_with_the_version(books: Books) -> None:
    books.arrives("m1", html_mail("m1"))
    books.record()("m1", NOON)
    before = the_message(books)
    sanitised_long_ago(books)

    assert replay(books, only_stored=True) == {"resanitised": 1}

    assert the_message(books) == before
    assert replay(books, run="r2", only_stored=True) == {"known": 1}


def test_html_of_this_version_is_not_read_again(books: Books) -> None:
    books.arrives("m1", html_mail("m1"))
    books.record()("m1", NOON)
    books.mails.objects.clear()

    assert replay(books, only_stored=True) == {"known": 1}


def test_a_message_without_its_raw_mail_stays_as_it_is(books: Books) -> None:
    books.arrives("m1", html_mail("m1"))
    books.record()("m1", NOON)
    sanitised_long_ago(books)
    books.mails.objects.clear()

    assert replay(books, only_stored=True) == {"known": 1}


def test_what_was_never_taken_in_is_left_to_the_replay(books: Books, memory_table: MemoryTable) -> None:
    books.arrives("m1", html_mail("m1"))

    assert replay(books, only_stored=True) == {}
    assert heads(books) == []
    assert memory_table.usage.total_write_units == 0 or not books.store.receipts(["m1"])
