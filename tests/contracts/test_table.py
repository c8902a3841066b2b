"""One contract for the table in memory, and for the real one on moto and on MiniStack."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from boto3.dynamodb.conditions import Attr, ConditionBase
from boto3.dynamodb.conditions import Key as KeyCondition
from botocore.exceptions import ClientError

from heartline.domain.errors import Unavailable
from heartline.storage.dynamodb import EXISTS, MISSING, ConditionFailed, Table
from heartline.storage.expressions import Check, Default, Delete, Item, Put, Update, Write
from heartline.storage.keys import VIEW_INDEX


@pytest.fixture(params=["memory", "moto", pytest.param("ministack", marks=pytest.mark.slow)])
def table(request: pytest.FixtureRequest) -> Table:
    chosen: Table = request.getfixturevalue(f"{request.param}_table")
    return chosen


def _words(condition: ConditionBase) -> str:
    expression = condition.get_expression()
    words = [
        _words(value) if isinstance(value, ConditionBase) else getattr(value, "name", str(value))
        for value in expression["values"]
    ]
    return " ".join([expression["operator"], *words])


def key(name: str = "a", sort: str = "1") -> dict[str, str]:
    return {"PK": name, "SK": sort}


def put(table: Table, name: str = "a", sort: str = "1", **content: Any) -> Item:
    item = {**key(name, sort), **content}
    table.write(Put(item=item))
    return item


def test_reads_back_every_type_that_the_items_use(table: Table) -> None:
    item = put(table, text="naïve €", n=-12, flag=False, raw=b"\x00\xff", tags={"x", "y"}, list=[1, {"a": None}], m={})
    assert table.get(key()) == item


def test_reads_nothing_where_nothing_is(table: Table) -> None:
    assert table.get(key()) is None
    assert table.get_many([]) == {}


def test_what_was_read_is_the_callers_to_change(table: Table) -> None:
    put(table, list=[1])
    read = table.get(key())
    assert read is not None
    read["list"].append(2)
    assert table.get(key()) == {**key(), "list": [1]}


def test_reads_many_by_key_across_batches_and_leaves_out_the_absent(table: Table) -> None:
    for number in range(103):
        put(table, sort=f"{number:03d}", n=number)
    wanted = [key(sort=f"{number:03d}") for number in range(110)]
    found = table.get_many(wanted)
    assert {item["n"] for item in found.values()} == set(range(103))
    assert ("a", "109") not in found


def test_a_key_asked_for_twice_is_read_once(table: Table) -> None:
    put(table)
    assert list(table.get_many([key(), key()])) == [("a", "1")]


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (MISSING, False),
        (EXISTS, True),
        (Attr("state").eq("OPEN"), True),
        (Attr("state").ne("OPEN"), False),
        (Attr("absent").ne("OPEN"), True),
        (Attr("absent").eq("OPEN"), False),
        (Attr("absent").lt("OPEN"), False),
        (Attr("ver").lt(8), True),
        (Attr("ver").lte(7), True),
        (Attr("ver").gt(7), False),
        (Attr("ver").gte(7), True),
        (Attr("ver").eq("7"), False),
        (Attr("ver").between(7, 9), True),
        (Attr("state").is_in(["A", "OPEN"]), True),
        (Attr("state").is_in(["A"]), False),
        (Attr("state").begins_with("OP"), True),
        (Attr("tags").contains("x"), True),
        (Attr("tags").contains("z"), False),
        (Attr("state").contains("PE"), True),
        (Attr("open.c1.units").gte(2), True),
        (Attr("open.c1").exists(), True),
        (Attr("open.c2").not_exists(), True),
        (Attr("tags").size().lt(3), True),
        (Attr("state").attribute_type("S"), True),
        (~Attr("state").eq("OPEN"), False),
        (Attr("state").eq("OPEN") & Attr("ver").eq(7), True),
        (Attr("state").eq("OPEN") & Attr("ver").eq(8), False),
        (Attr("state").eq("SHUT") | Attr("ver").eq(7), True),
    ],
    ids=lambda value: _words(value) if isinstance(value, ConditionBase) else None,
)
def test_a_condition_lets_a_write_through_or_shows_what_it_met(
    table: Table, condition: ConditionBase, *, met: bool
) -> None:
    item = put(table, state="OPEN", ver=7, tags={"x", "y"}, open={"c1": {"units": 2}})
    write = Update(key=key(), assign={"done": True}, condition=condition)
    if met:
        assert table.write(write) == {**item, "done": True}
        return
    with pytest.raises(ConditionFailed) as refused:
        table.write(write)
    assert refused.value.failed == {0: item}
    assert table.get(key()) == item


def test_a_refused_write_to_nothing_meets_an_empty_item(table: Table) -> None:
    with pytest.raises(ConditionFailed) as refused:
        table.write(Put(item=key(), condition=EXISTS))
    assert refused.value.failed == {0: {}}


def test_an_update_assigns_defaults_removes_adds_and_inserts_in_one_go(table: Table) -> None:
    put(table, kept="old", gone="old", count=1, tags={"x"}, open={"c1": 1})
    update = Update(
        key=key(),
        assign={"kept": Default(value="new"), "begun": Default(value="new"), "open.c2": 2, "plain": "p"},
        remove=("gone", "open.c1", "never"),
        add={"count": -3, "fresh": 2},
        insert={"tags": {"x", "y"}, "names": {"n"}},
    )
    assert table.write(update) == {
        **key(),
        "kept": "old",
        "begun": "new",
        "plain": "p",
        "count": -2,
        "fresh": 2,
        "tags": {"x", "y"},
        "names": {"n"},
        "open": {"c2": 2},
    }


def test_an_update_creates_an_item_that_was_not_there(table: Table) -> None:
    table.write(Update(key=key(), add={"count": 1}))
    assert table.get(key()) == {**key(), "count": 1}


def test_a_path_through_nothing_is_a_mistake_of_ours(table: Table) -> None:
    put(table)
    with pytest.raises(ClientError, match="ValidationException"):
        table.write(Update(key=key(), assign={"open.c1": 1}))


def test_a_put_replaces_the_whole_item_and_a_delete_removes_it(table: Table) -> None:
    put(table, old=1)
    put(table, new=2)
    assert table.get(key()) == {**key(), "new": 2}
    table.write(Delete(key=key(), condition=Attr("new").eq(2)))
    assert table.get(key()) is None
    table.write(Delete(key=key()))


def test_a_transaction_writes_everything(table: Table) -> None:
    put(table, "b", n=1)
    put(table, "c")
    table.transact(
        [
            Put(item={**key("a"), "n": 1}, condition=MISSING),
            Update(key=key("b"), add={"n": 1}, condition=Attr("n").eq(1)),
            Delete(key=key("c"), condition=EXISTS),
            Check(key=key("d"), condition=MISSING),
        ]
    )
    assert [table.get(key(name)) for name in "abcd"] == [{**key("a"), "n": 1}, {**key("b"), "n": 2}, None, None]


def test_a_transaction_writes_nothing_if_one_condition_fails_and_names_each_that_did(table: Table) -> None:
    met = put(table, "b", n=1)
    with pytest.raises(ConditionFailed) as refused:
        table.transact(
            [
                Put(item=key("a"), condition=MISSING),
                Put(item={**key("b"), "n": 2}, condition=MISSING),
                Update(key=key("c"), add={"n": 1}),
                Check(key=key("d"), condition=EXISTS),
            ]
        )
    assert refused.value.failed == {1: met, 3: {}}
    assert [table.get(key(name)) for name in "abcd"] == [None, met, None, None]


def test_a_transaction_has_a_hundred_actions_at_most(table: Table) -> None:
    table.transact([Put(item=key(sort=f"{number:03d}")) for number in range(100)])
    with pytest.raises(ClientError):
        table.transact([Put(item=key("b", f"{number:03d}")) for number in range(101)])
    assert table.get(key("b", "000")) is None


def test_a_transaction_names_an_item_once(table: Table) -> None:
    with pytest.raises(ClientError, match="ValidationException"):
        table.transact([Put(item=key()), Update(key=key(), add={"n": 1})])


@pytest.mark.parametrize("name", ["write", "transact"])
def test_an_item_above_400_kb_is_a_mistake_of_ours(table: Table, name: str) -> None:
    large = Put(item={**key(), "text": "x" * (400 * 1024)})
    with pytest.raises(ClientError, match=r"ValidationException|TransactionCanceled"):
        table.write(large) if name == "write" else table.transact([large])
    assert table.get(key()) is None


def test_a_query_reads_a_partition_in_the_order_of_its_sort_key(table: Table) -> None:
    for sort in ("M#2", "M#1", "HEAD", "Z"):
        put(table, sort=sort)
    put(table, "b", "M#3")
    rows = table.query("a", sort=KeyCondition("SK").begins_with("M#"))
    assert [item["SK"] for item in rows.items] == ["M#1", "M#2"]
    assert rows.last is None
    assert [item["SK"] for item in table.query("a", descending=True).items] == ["Z", "M#2", "M#1", "HEAD"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        (KeyCondition("SK").gt("2"), ["3", "4"]),
        (KeyCondition("SK").lt("2"), ["1"]),
        (KeyCondition("SK").between("2", "3"), ["2", "3"]),
        (KeyCondition("SK").eq("4"), ["4"]),
    ],
    ids=["gt", "lt", "between", "eq"],
)
def test_a_query_takes_a_range_of_the_sort_key(table: Table, sort: ConditionBase, found: list[str]) -> None:
    for name in "1234":
        put(table, sort=name)
    assert [item["SK"] for item in table.query("a", sort=sort).items] == found


@pytest.mark.parametrize("descending", [False, True])
def test_pages_meet_without_a_gap_or_a_repetition(table: Table, *, descending: bool) -> None:
    names = [f"{number}" for number in range(7)]
    for name in names:
        put(table, sort=name)
    seen, after = [], None
    while True:
        page = table.query("a", limit=3, after=after, descending=descending)
        seen += [item["SK"] for item in page.items]
        after = page.last
        if after is None:
            break
    assert seen == sorted(names, reverse=descending)


def test_every_item_of_a_partition_comes_though_it_has_more_than_one_megabyte(table: Table) -> None:
    for number in range(4):
        put(table, sort=str(number), text="x" * 300_000)
    assert [item["SK"] for item in table.query_all("a")] == ["0", "1", "2", "3"]


def test_the_view_index_has_the_items_with_a_place_in_it_and_follows_their_changes(table: Table) -> None:
    put(table, "a", view="support#unassigned", view_at="2")
    put(table, "b", view="support#unassigned", view_at="1")
    put(table, "c")
    table.write(Update(key=key("b"), assign={"view_at": "3"}))
    page = table.query("support#unassigned", index=VIEW_INDEX, partition_name="view", descending=True)
    assert [item["PK"] for item in page.items] == ["b", "a"]
    earlier = KeyCondition("view_at").lt("3")
    page = table.query("support#unassigned", index=VIEW_INDEX, partition_name="view", sort=earlier)
    assert [item["PK"] for item in page.items] == ["a"]


def test_a_transaction_sent_again_is_done_once(table: Table) -> None:
    """By DynamoDB's memory of the token where there is one, by the guard's condition where there is not."""
    writes: list[Write] = [Put(item=key(), condition=MISSING), Update(key=key("n"), add={"n": 1})]
    table.transact(writes, token="token-1")
    with suppress(ConditionFailed):
        table.transact(writes, token="token-1")
    assert table.get(key("n")) == {**key("n"), "n": 1}


def test_puts_many_items_across_batches_and_replaces_what_was_there(table: Table) -> None:
    put(table, "p0", old=True)
    written = [{**key(f"p{number}"), "n": number} for number in range(53)]

    table.put_many(written)

    found = table.get_many([key(f"p{number}") for number in range(53)])
    assert [found[f"p{number}", "1"] for number in range(53)] == written


def test_puts_nothing_where_there_is_nothing_to_put(table: Table) -> None:
    table.put_many([])
    assert table.query("a").items == []


def test_a_partition_is_counted_and_another_is_not(table: Table) -> None:
    for number in range(3):
        put(table, sort=str(number))
    put(table, name="b")
    assert table.count("a", most=100) == (3, True)
    assert table.count("nothing", most=100) == (0, True)


class Paged:
    """A client whose partition has a page of 40 after the other, `pages` of them."""

    def __init__(self, pages: int) -> None:
        self.pages, self.asked = pages, 0

    def query(self, **request: Any) -> dict[str, Any]:
        assert ("ExclusiveStartKey" in request) is (self.asked > 0)
        self.asked += 1
        more = {"LastEvaluatedKey": {"PK": {"S": "a"}}} if self.asked < self.pages else {}
        return {"Count": 40, **more}


@pytest.mark.parametrize(("pages", "answer", "asked"), [(1, (40, True), 1), (3, (120, True), 3), (9, (120, False), 3)])
def test_a_count_goes_from_page_to_page_until_it_has_enough(pages: int, answer: tuple[int, bool], asked: int) -> None:
    client = Paged(pages)
    assert Table(client, "t").count("a", most=100) == answer  # type: ignore[arg-type]
    assert client.asked == asked


class Throttled:
    """A client that leaves all of a batch undone, again and again."""

    def __init__(self) -> None:
        self.asked = 0

    def batch_get_item(self, **request: Any) -> dict[str, Any]:
        self.asked += 1
        assert self.asked < 100, "it has no end"
        return {"Responses": {}, "UnprocessedKeys": request["RequestItems"]}

    def batch_write_item(self, **request: Any) -> dict[str, Any]:
        self.asked += 1
        assert self.asked < 100, "it has no end"
        return {"UnprocessedItems": request["RequestItems"]}


@pytest.mark.parametrize(
    "batch",
    [lambda table: table.get_many([key()]), lambda table: table.put_many([key()])],
    ids=["get_many", "put_many"],
)
def test_a_batch_that_stays_undone_is_given_up_while_the_function_can_still_answer(
    batch: Callable[[Table], object],
) -> None:
    slept: list[float] = []
    table = Table(Throttled(), "t", sleep=slept.append)  # type: ignore[arg-type]

    with pytest.raises(Unavailable):
        batch(table)

    assert 2 < sum(slept) < 6, "a function has 30 seconds"
