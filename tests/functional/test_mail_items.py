"""What a mail has besides its words survives the table."""

from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.mail import Bounce, Kind, MailAddress, MailDetails, Verdicts
from heartline.storage.expressions import marshal, unmarshal
from heartline.storage.mail_items import mail_from_item, mail_to_item

_WORDS = st.text(max_size=12)
_ADDRESSES = st.lists(st.builds(MailAddress, name=_WORDS, address=_WORDS), max_size=3).map(tuple)
_DETAILS = st.builds(
    MailDetails,
    message_id=_WORDS,
    kind=st.sampled_from(Kind),
    to=_ADDRESSES,
    cc=_ADDRESSES,
    bcc=_ADDRESSES,
    reply_to=_ADDRESSES,
    verdicts=st.builds(Verdicts, spam=_WORDS, virus=_WORDS, spf=_WORDS, dkim=_WORDS, dmarc=_WORDS),
    remote_images=st.lists(_WORDS, max_size=3).map(tuple),
    defects=st.lists(_WORDS, max_size=3).map(tuple),
    bounces=st.lists(st.builds(Bounce, recipient=_WORDS, diagnostic=_WORDS), max_size=2).map(tuple),
    placeholder=st.booleans(),
    unverified=st.booleans(),
    off_subject=st.booleans(),
    automatic=st.booleans(),
    sanitised=st.integers(min_value=0, max_value=99),
)


@given(_DETAILS)
def test_details_come_back_as_they_were_stored(details: MailDetails) -> None:
    assert mail_from_item(unmarshal(marshal(mail_to_item(details)))) == details


def test_an_ordinary_mail_stores_nothing_that_is_empty() -> None:
    details = MailDetails(message_id="a@example.org", to=(MailAddress(address="support@acme.example"),))

    assert mail_to_item(details) == {"id": "a@example.org", "to": [["support@acme.example"]]}
