"""The diagram of a menu: every node once, nothing on top of anything, and an arrow for every way."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.domain.ivr.layout import HEIGHT, WIDTH, drawn
from heartline.domain.ivr.model import Ivr
from tests.menus import MENU, changed, menu_of

NAMES = ("a", "b", "c", "d", "e", "f")
TO = st.sampled_from((*NAMES, "gone"))
GRAPHS = st.dictionaries(
    st.sampled_from(NAMES),
    st.fixed_dictionaries({"kind": st.just("hours"), "open": TO, "closed": TO}),
    min_size=1,
).map(lambda nodes: menu_of({"start": "a", "nodes": nodes}))


def test_a_menu_is_drawn_from_the_start_to_its_ends() -> None:
    boxes = {box.name: box for box in drawn(menu_of(MENU)).boxes}
    assert [boxes[name].layer for name in ("welcome", "hours", "main", "billing", "invoices")] == [0, 1, 2, 3, 4]
    assert (boxes["main"].kind, boxes["refunds"].summary) == ("menu", "refund: billing 2 · priority 3")
    assert boxes["main"].summary.endswith("…")
    assert len(boxes["main"].summary) <= 60


def test_ways_to_the_same_node_share_an_arrow_with_all_their_labels() -> None:
    arrows = {(arrow.source, arrow.to): arrow for arrow in drawn(menu_of(MENU)).arrows}
    assert arrows["billing", "invoices"].label == "1, otherwise"
    assert arrows["main", "line"].chosen
    assert not arrows["hours", "main"].chosen


def test_a_way_back_is_marked_as_one() -> None:
    backs = {(arrow.source, arrow.to) for arrow in drawn(menu_of(MENU)).arrows if arrow.back}
    assert backs == {("billing", "main"), ("spanish", "main"), ("main", "main")}


def test_a_way_from_a_node_to_itself_can_be_seen() -> None:
    loop = next(arrow for arrow in drawn(menu_of(MENU)).arrows if arrow.source == arrow.to)
    start, _, _, end = loop.path.replace("M", "").replace("C", "").split()
    assert int(start.split(",")[0]) - int(end.split(",")[0]) >= 40


def test_what_nobody_can_reach_is_drawn_too() -> None:
    boxes = {box.name: box.layer for box in drawn(menu_of(changed(lonely={"kind": "queue"}))).boxes}
    assert boxes["lonely"] == 0


def test_a_menu_without_its_start_is_drawn_all_the_same() -> None:
    assert len(drawn(menu_of({**MENU, "start": "gone"})).boxes) == len(MENU["nodes"])


@settings(deadline=None)
@given(GRAPHS)
def test_every_node_has_a_place_of_its_own_within_the_drawing(ivr: Ivr) -> None:
    drawing = drawn(ivr)
    assert sorted(box.name for box in drawing.boxes) == sorted(ivr.nodes)
    for one, other in combinations(drawing.boxes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    assert all(0 <= box.x <= drawing.width - WIDTH and 0 <= box.y <= drawing.height - HEIGHT for box in drawing.boxes)
    ways = {(node.name, e.to) for node in ivr.nodes.values() for e in node.exits() if e.to in ivr.nodes}
    assert {(arrow.source, arrow.to) for arrow in drawing.arrows} == ways
