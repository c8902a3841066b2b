"""Evaluates the condition trees of `boto3.dynamodb.conditions` over an item, by DynamoDB's rules.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from boto3.dynamodb.conditions import AttributeBase, ConditionBase, Size

from heartline.storage.expressions import marshal
from tests.fakes.sizes import value_size

_ABSENT: Final = object()
_ORDERED: Final = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def holds(condition: ConditionBase | None, item: Mapping[str, Any] | None) -> bool:
    """Whether `condition` holds for `item`; None is no condition, and no item."""
    if condition is None:
        return True
    expression = condition.get_expression()
    return _RULES[expression["operator"]](item or {}, *expression["values"])


def _operand(value: Any, item: Mapping[str, Any]) -> Any:
    if not isinstance(value, AttributeBase):
        return value
    if isinstance(value, Size):
        return _size(_operand(value.get_expression()["values"][0], item))
    return _at(item, value.name)


def _at(item: Mapping[str, Any], path: str) -> Any:
    found: Any = item
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return _ABSENT
        found = found[part]
    return found


def _size(value: Any) -> Any:
    if value is _ABSENT or isinstance(value, int):
        return _ABSENT
    return value_size(value) if isinstance(value, str | bytes) else len(value)


def _type(value: Any) -> str:
    return "absent" if value is _ABSENT else str(next(iter(marshal({"v": value})["v"])))


def _equal(left: Any, right: Any) -> bool:
    return left is not _ABSENT and _type(left) == _type(right) and bool(left == right)


def _compared(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    """Only strings, numbers and binary of one type have an order; strings have that of their UTF-8 bytes."""
    if _type(left) != _type(right) or _type(left) not in {"S", "N", "B"}:
        return False
    if isinstance(left, str):
        left, right = left.encode(), right.encode()
    return compare(left, right)


def _between(value: Any, low: Any, high: Any) -> bool:
    return _compared(operator.ge, value, low) and _compared(operator.le, value, high)


def _contains(value: Any, part: Any) -> bool:
    if value is _ABSENT or isinstance(value, int | Mapping):
        return False
    if isinstance(value, str):
        return isinstance(part, str) and part in value
    return any(_equal(member, part) for member in value)


Rule = Callable[..., bool]


def _over_values(rule: Rule) -> Rule:
    """Make a rule over operands of a rule over their values."""
    return lambda item, *operands: rule(*(_operand(operand, item) for operand in operands))


_RULES: Final[dict[str, Rule]] = {
    "AND": lambda item, left, right: holds(left, item) and holds(right, item),
    "OR": lambda item, left, right: holds(left, item) or holds(right, item),
    "NOT": lambda item, inner: not holds(inner, item),
    "=": _over_values(_equal),
    "<>": _over_values(lambda left, right: not _equal(left, right)),
    "IN": _over_values(lambda value, choices: any(_equal(value, choice) for choice in choices)),
    "BETWEEN": _over_values(_between),
    "begins_with": _over_values(lambda value, start: _type(value) == _type(start) and value.startswith(start)),
    "contains": _over_values(_contains),
    "attribute_exists": _over_values(lambda value: value is not _ABSENT),
    "attribute_not_exists": _over_values(lambda value: value is _ABSENT),
    "attribute_type": _over_values(lambda value, name: _type(value) == name),
    **{
        sign: _over_values(lambda left, right, compare=compare: _compared(compare, left, right))
        for sign, compare in _ORDERED.items()
    },
}
