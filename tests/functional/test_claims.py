"""A matcher that comes second sees it soon: it does not fight for the rest of its plan."""

from heartline.domain.routing.heads import waiting
from heartline.domain.routing.model import Decision
from heartline.services.claims import LOST_AT_FIRST, Claim, Claims
from heartline.services.configure import read_company
from tests.fakes import MemoryTable, Usage
from tests.functional.claiming import claim_of, claimed
from tests.functional.routed import DOCUMENT, Routed, books_balance

MANY = LOST_AT_FIRST + 12


def staffed() -> tuple[Routed, list[Claim]]:
    """As many agents as texts, and the plan of a tick: one for each."""
    ana = DOCUMENT["agents"][0]
    staff = [{**ana, "id": f"a{number:02d}"} for number in range(MANY)]
    routed = Routed(MemoryTable(), company_read=read_company({**DOCUMENT, "agents": staff}))
    names = [profile.id for profile in routed.company_read.agents]
    routed.online(*names)
    texts = [routed.text(str(number + 1)) for number in range(MANY)]
    return routed, [_planned(routed, text, name) for text, name in zip(texts, names, strict=True)]


def _planned(routed: Routed, conversation: str, agent: str) -> Claim:
    move = claim_of(routed, conversation, agent)
    decision = Decision(head=waiting(move.before, ["main"]), agent=agent, why=None)
    return Claim(decision=decision, agent=agent, reservation=move.after.reservation or "", move=move)


def carried_out(routed: Routed, plan: list[Claim], *, threads: int = 1) -> tuple[int, int]:
    """How many claims were made, and how many transactions were tried."""
    assert isinstance(routed.table, MemoryTable)
    routed.table.usage = usage = Usage()
    claims = Claims(store=routed.store, new_id=routed.ids, threads=threads)
    made = claims(plan, routed.company().staff, lambda: True)
    return len(made), usage.requests["TransactWriteItems"]


def test_where_everything_at_first_is_lost_the_rest_is_left_to_who_is_faster() -> None:
    routed, plan = staffed()
    assert all(claimed(routed, claim.move) for claim in plan)

    assert carried_out(routed, plan) == (0, LOST_AT_FIRST)
    books_balance(routed)


def test_side_by_side_those_that_have_begun_are_finished() -> None:
    routed, plan = staffed()
    assert all(claimed(routed, claim.move) for claim in plan)

    made, tried = carried_out(routed, plan, threads=4)

    assert made == 0
    assert LOST_AT_FIRST <= tried < LOST_AT_FIRST + 4


def test_one_that_was_won_keeps_the_others_going() -> None:
    routed, plan = staffed()
    assert all(claimed(routed, claim.move) for claim in plan[1:-1])

    assert carried_out(routed, plan) == (2, MANY)
    books_balance(routed)
