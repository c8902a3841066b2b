"""Reading: lists merge views without a gap, timelines page backwards, and a forged cursor is refused."""

import base64

import pytest

from heartline.domain.errors import Invalid
from heartline.storage import keys
from tests.office import Office, take_in

SUPPORT, SALES = keys.view("support", "unassigned"), keys.view("sales", "unassigned")


def test_lists_of_several_inboxes_are_merged_newest_first_without_gap_or_repetition(office: Office) -> None:
    arrivals = [
        office.text(f"SM{n}", sender=f"+1415555{n:04d}", inbox=("support", "sales")[n % 3 == 0], at=n * 7 % 20)
        for n in range(20)
    ]
    take_in(office, arrivals)
    seen: list[tuple[str, str]] = []
    cursor = None
    while True:
        page = office.reading.view([SUPPORT, SALES], limit=3, cursor=cursor)
        assert len(page.items) <= 3
        seen += [(keys.instant(head.last_message_at), head.id) for head in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == 20
    assert seen == sorted(seen, reverse=True)


def test_a_full_last_page_has_no_next(office: Office) -> None:
    take_in(office, [office.letter(f"m{n}", at=n) for n in range(3)])
    assert office.reading.view([SUPPORT], limit=3, cursor=None).next is None


def test_a_list_has_only_its_own_inbox(office: Office) -> None:
    take_in(office, [office.text("SM1"), office.text("SM2", inbox="sales")])
    heads = office.reading.view([SALES], limit=10, cursor=None).items
    assert [head.inbox for head in heads] == ["sales"]


def test_a_timeline_pages_back_and_each_page_is_oldest_first(office: Office) -> None:
    (conversation, *_) = take_in(office, [office.text(f"SM{n}", str(n), at=n) for n in range(7)])
    newest = office.reading.messages(conversation, limit=3, cursor=None)
    older = office.reading.messages(conversation, limit=3, cursor=newest.next)
    oldest = office.reading.messages(conversation, limit=3, cursor=older.next)
    words = [[message.text for message in page.items] for page in (newest, older, oldest)]
    assert words == [["4", "5", "6"], ["1", "2", "3"], ["0"]]
    assert oldest.next is None


def test_messages_since_are_those_that_the_customer_wrote_or_saw(office: Office) -> None:
    conversation = office.ingest(office.text("SM1", at=0))
    seen = office.head(conversation).last_visible
    office.clock.advance(seconds=5)
    office.answer.note(conversation, request_id="n1", text="A note", agent=office.agent("ana"))
    office.ingest(office.text("SM2", "Newer", at=9))
    assert [message.text for message in office.reading.messages_since(conversation, seen)] == ["Newer"]
    assert len(office.reading.messages_since(conversation, "long-forgotten")) == 2


def test_conversations_by_id_come_newest_first_and_unknown_ones_are_left_out(office: Office) -> None:
    first, second = take_in(office, [office.letter("m1"), office.letter("m2", at=1)])
    heads = office.reading.conversations([first, "c404", second])
    assert [head.id for head in heads] == [second, first]


@pytest.mark.parametrize(
    "forged",
    ["not base64 at all!", "é", base64.b64encode(b"\xff\xfe").decode(), "A", base64.b64encode(b"HEAD").decode()],
)
def test_a_forged_cursor_is_refused(office: Office, forged: str) -> None:
    conversation = office.ingest(office.text("SM1"))
    with pytest.raises(Invalid, match="cursor"):
        office.reading.view([SUPPORT], limit=3, cursor=forged)
    with pytest.raises(Invalid, match="cursor"):
        office.reading.messages(conversation, limit=3, cursor=forged)


def test_a_forged_cursor_that_looks_right_stays_in_the_list_it_is_used_on(office: Office) -> None:
    conversation, other = take_in(office, [office.letter("m1", "Mine"), office.letter("m2", "Other", at=1)])
    beyond = base64.urlsafe_b64encode(f"M#9999#../../{other}".encode()).decode().rstrip("=")
    page = office.reading.messages(conversation, limit=10, cursor=beyond)
    assert [message.text for message in page.items] == ["Mine"]
