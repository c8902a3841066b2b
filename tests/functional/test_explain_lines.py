"""The place in line and the wait to be expected: exact up to a bound, honest about what else there is."""

import pytest

from heartline.domain.routing.standing import COUNTED, standing
from heartline.services.lines import LOOK, MOST_LOOKS
from tests.fakes import MemoryTable, Usage
from tests.functional.explained import AGENTS, DOCUMENT, Explained, explained

ANA, BEN, ZOE = AGENTS
SUPPORT, SALES = DOCUMENT["inboxes"]
TEXTS = "sms|inbox:support:1"


def look(company: Explained, *, after: int) -> int:
    """A tick has run so many seconds later; answers how many lines were written."""
    company.office.clock.advance(seconds=after)
    return company.lines()


def busy() -> Explained:
    """Ana is online, and has a text already."""
    company = explained(agents=[{**ANA, "capacity": {"sms": 1, "email": 1}}, BEN, ZOE])
    company.routed.online("ana")
    company.given("ana")
    return company


def served(company: Explained, *, every: int, times: int) -> None:
    """The line is looked at, and every so many seconds Ana gets the first of it and is done with it."""
    look(company, after=0)
    for _ in range(times):
        company.office.clock.advance(seconds=every)
        for conversation in company.routed.state("ana").open:
            company.routed.handover.close(conversation)
        company.routed.route()
        company.lines()


def test_places_are_counted_among_those_who_ask_for_the_same() -> None:
    company = busy()
    waits = [company.text() for _ in range(3)]
    company.routed.letter("m1")
    told = [company.told(each)["place"] for each in waits]
    assert [each["words"] for each in told] == [f"{place} of 3 who ask for the same" for place in ("1st", "2nd", "3rd")]
    assert told[2] == {"position": 3, "of": 3, "exact": True, "words": "3rd of 3 who ask for the same"}


def test_a_place_is_exact_up_to_a_thousand() -> None:
    names = [f"c{n:04}" for n in range(COUNTED + 1)]
    last, behind = standing(names[:COUNTED], "c0999"), standing(names, names[-1])
    among = standing(names, "c0010")
    assert last is not None
    assert behind is not None
    assert among is not None
    assert last.words == "1,000th of 1,000 who ask for the same"
    assert (behind.position, behind.exact, behind.words) == (None, False, "behind more than 1,000 who ask for the same")
    assert among.words == "11th of more than 1,000 who ask for the same"
    assert standing(names[:5], "c0999") is None


def test_what_else_the_same_agents_serve_is_counted_beside_it() -> None:
    company = explained(agents=[{**ANA, "inboxes": ["support", "sales"], "capacity": {"sms": 1, "email": 1}}, ZOE])
    routed = company.routed
    routed.online("ana", "zoe")
    company.given("ana")
    waits = company.text()
    for number in range(2):
        company.office.ingest(company.office.text(f"SX{number}", sender=f"+1415777000{number}", inbox="sales"))
    routed.letter("m1")
    assert company.told(waits)["shared"] is None
    look(company, after=20)
    assert company.told(waits)["shared"] == {
        "lines": 1,
        "waiting": 2,
        "exact": True,
        "words": "The same agents serve 1 other line on this channel, where 2 wait.",
    }


def test_a_wait_is_expected_from_how_the_line_has_moved() -> None:
    company = busy()
    waits = [company.text() for _ in range(8)]
    assert company.told(waits[0])["unexpected"] == "Fewer than 3 have left this line lately."
    served(company, every=120, times=4)
    told = company.told(waits[5])
    assert told["place"]["position"] == 2
    assert told["expected"] == {
        "least_minutes": 1,
        "most_minutes": 12,
        "words": "1 to 12 min",
        "basis": "About four in five waits are within this range, "
        "judged by the latest 4 who left this line in 8 min of waiting.",
    }
    assert told["unexpected"] == ""


def test_a_written_line_is_looked_at_a_few_times_a_minute_and_written_when_it_changed() -> None:
    company = busy()
    company.text()
    assert look(company, after=0) == 1
    company.text()
    assert look(company, after=19) == 0
    assert look(company, after=1) == 1
    assert look(company, after=600) == 0


def test_lines_that_have_waited_longest_for_a_look_come_first() -> None:
    company = explained(
        inboxes=[{**SUPPORT, "id": f"i{n:02}", "mail": [f"i{n:02}@acme.example"], "sms": []} for n in range(30)],
        agents=[{**ANA, "inboxes": ["i00"]}],
    )
    for number in range(30):
        company.office.ingest(
            company.office.letter(f"m{number}", sender=f"m{number}@example.org", inbox=f"i{number:02}")
        )
    assert look(company, after=0) == MOST_LOOKS
    assert look(company, after=1) == 30 - MOST_LOOKS
    assert look(company, after=1) == 0
    assert look(company, after=int(LOOK.total_seconds()) - 2) == 0


def test_the_night_is_no_sign_of_a_slow_line() -> None:
    hours = {"zone": "UTC", "week": {"mon": ["09:00-14:00"], "tue": ["09:00-14:00"]}}
    company = explained(inboxes=[{**SUPPORT, "hours": hours}, SALES])
    company.routed.online("ana")
    company.text()
    look(company, after=0)
    look(company, after=3600)
    look(company, after=19 * 3600)
    line = company.explain.lines.lines([TEXTS])[TEXTS]
    assert line.open
    assert [each.seconds for each in line.spells] == [3600]


def test_agents_of_pools_that_the_tick_did_not_look_at_are_there_all_the_same() -> None:
    pools = [{"pool": "over"}]
    company = explained(
        inboxes=[{**SUPPORT, "pools": pools}, SALES], agents=[ANA, {**BEN, "pool": "over"}, {**ZOE, "pool": "main"}]
    )
    company.routed.online("ana", "ben")
    company.text()
    company.lines(company.routed.store.agents(["main"]))
    (line,) = company.explain.lines.lines([each.name for each in company.routed.store.classes()]).values()
    assert line.staffed


def test_a_line_with_nobody_there_does_not_count_as_slow() -> None:
    company = busy()
    company.text()
    look(company, after=0)
    company.routed.presence.choose(company.routed.profile("ana"), "AWAY")
    look(company, after=30)
    company.routed.online("ana")
    look(company, after=3600)
    line = company.explain.lines.lines([TEXTS])[TEXTS]
    assert line.staffed
    assert sum(each.seconds for each in line.spells) == 30


@pytest.mark.parametrize("waiting", [1, 40])
def test_an_explanation_reads_and_writes_nothing(waiting: int) -> None:
    company = busy()
    waits = [company.text() for _ in range(waiting)][-1]
    head, table = company.routed.head(waits), company.routed.table
    assert isinstance(table, MemoryTable)
    table.usage = usage = Usage()
    company.explain(head)
    assert usage.total_requests == 5
    assert usage.total_write_units == 0


def test_what_has_a_state_is_explained_by_one_read() -> None:
    company = busy()
    conversation = next(iter(company.routed.state("ana").open))
    head, table = company.routed.head(conversation), company.routed.table
    assert isinstance(table, MemoryTable)
    table.usage = usage = Usage()
    company.explain(head)
    assert (usage.total_requests, usage.read_units) == (1, 1)
