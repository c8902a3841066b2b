"""Why an agent has a conversation, why nobody has it yet, where it stands and how long that may take."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from heartline.api import explain_models
from heartline.domain.routing.model import Refusal, Why
from tests.fakes import MemoryTable
from tests.functional.calling import Api, api_of
from tests.functional.explained import AGENTS, DOCUMENT, Explained, explained

HOURS = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}


def words(told: dict[str, Any]) -> dict[str, str]:
    return {each["agent"]: each["words"] for each in told["candidates"]}


def test_who_could_take_it_now_is_ranked() -> None:
    company = explained()
    company.routed.online("ana", "ben")
    told = company.told(company.routed.text("1"))
    assert told["sentence"] == (
        "Ana can take it now, first of 2; routing gives out what is before it in the order first."
    )
    assert [(each["agent"], each["rank"]) for each in told["candidates"]] == [("ana", 1), ("ben", 2)]
    assert words(told)["ana"] == "has 0 of 3 texts, nothing new yet"
    assert (told["why"], told["unexpected"]) == (None, "Somebody is free for it.")
