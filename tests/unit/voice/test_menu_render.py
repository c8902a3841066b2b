"""Menus become TwiML that Twilio can carry out: keys, words, recordings, languages, and whatever is in them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heartline.channels.voice.parse import place_of
from heartline.channels.voice.render import render
from heartline.domain.instructions import Ask, First, Goodbye, PutThrough, Reject
from heartline.domain.ivr.model import Ivr, Menu, Spoken, Target
from heartline.domain.ivr.walking import Heard, Place, Saying, Standing, Turn, step
from heartline.services.call_menu import asked
from infra.local.simulators.twilio.exchange import CALLING
from infra.local.simulators.twilio.twiml import Verb, read
from tests.drawn_menus import IVRS
from tests.menus import MENU, changed, menu_of

BASE = "https://inbox.example/webhooks/voice"
HOSTILE = [
    "</Say><Dial>+19005550100</Dial>",
    "a\r\nX-Injected: y",
    "&lt;&amp;]]><!--",
    "\x00\x0b\x1b[31m\ufffe\ud800",
    "=cmd|' /C calc'!A0",
    '" action="https://evil.example',
    "😀" * 9,
]


def document(instruction: Ask | First | PutThrough | Reject) -> tuple[Verb, ...]:
    """What the simulator's grammar makes of it; what Twilio would refuse is an error."""
    return read(render(instruction, BASE).encode(), frozenset(CALLING))


def question(ivr: Ivr, place: Place | None = None) -> Ask:
    turn = step(ivr, place or Place(), Heard() if place else None, Standing.OPEN)
    assert isinstance(turn.at, Menu)
    return asked(turn.at, turn)


def place_in(url: str) -> Place:
    query = {name: values[0] for name, values in parse_qs(urlsplit(urldefrag(url).url).query).items()}
    return place_of(query)


def in_a_url(text: str) -> str:
    """What can come in with an address or a form: half a character cannot."""
    return text.encode(errors="replace").decode()


def test_a_question_listens_for_a_key_and_for_words_and_goes_on_without_either() -> None:
    gather, redirect = document(question(menu_of(MENU)))
    assert (gather.get("input"), gather.get("numDigits"), gather.get("finishOnKey", "#")) == ("dtmf speech", "1", "")
    assert (gather.get("hints"), gather.get("language")) == ("billing,my bill,help,ayuda,español", "en-US")
    assert (gather.get("speechTimeout"), gather.get("timeout"), gather.get("method")) == ("auto", "5", "POST")
    assert redirect.words == gather.get("action")
    assert next(verb.words for verb in gather.children) == "Welcome to Acme."
    assert gather.children[0].get("voice") == "Polly.Joanna-Neural"


def test_a_menu_that_knows_no_words_listens_for_keys_alone() -> None:
    place = step(menu_of(MENU), Place(node="main"), Heard(digits="1"), Standing.OPEN).place
    gather, _ = document(question(menu_of(MENU), replace(place, attempt=-1)))
    assert (gather.get("input"), gather.get("hints"), gather.get("language")) == ("dtmf", "", "")


def test_the_place_comes_back_out_of_the_address_as_it_went_in() -> None:
    ask = question(menu_of(MENU))
    ask = replace(ask, place=Place(node="billing", attempt=2, language="es-US", path=("main.1", "billing.*", "x.#")))
    gather, _ = document(ask)
    assert place_in(gather.get("action")) == ask.place
    assert gather.get("action").endswith("#rc=3&rp=5xx,ct,rt")


def test_a_recording_is_played_and_a_path_is_one_of_ours() -> None:
    ours = changed(
        main={"prompt": {"audio": "/sounds/menu.mp3"}}, welcome={"prompt": {"audio": "https://x.example/a.mp3"}}
    )
    gather, _ = document(question(menu_of(ours)))
    assert [(verb.name, verb.words) for verb in gather.children] == [
        ("Play", "https://x.example/a.mp3"),
        ("Play", "https://inbox.example/sounds/menu.mp3"),
    ]


def test_what_comes_first_is_said_in_front_of_anything_else() -> None:
    saying = Saying(spoken=Spoken(text="We are closed."), language="en-GB")
    said, hangup = document(First(sayings=(saying,), then=Goodbye()))
    assert (said.name, said.words, said.get("language"), hangup.name) == ("Say", "We are closed.", "en-GB", "Hangup")


def test_a_transfer_rings_the_number_and_always_comes_back() -> None:
    (dial,) = document(PutThrough(number="+12125550199", caller_id="+14155550100"))
    assert (dial.get("callerId"), dial.children[0].words) == ("+14155550100", "+12125550199")
    assert dial.get("action").startswith(f"{BASE}/put-through#")


@pytest.mark.parametrize(("busy", "reason"), [(True, "busy"), (False, "rejected")])
def test_who_is_refused_hears_a_tone(busy: bool, reason: str) -> None:
    (reject,) = document(Reject(busy=busy))
    assert reject.get("reason") == reason


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_said_and_never_obeyed(text: str) -> None:
    """In a prompt, in what is listened for, and in the way that a call has come."""
    menu = menu_of(MENU)
    ask = question(menu)
    place = replace(ask.place, node=in_a_url(text), path=(in_a_url(text), f"main.{in_a_url(text)}"))
    hostile = replace(ask, place=place, hints=(text,), sayings=(Saying(spoken=Spoken(text=text), language="en-US"),))
    gather, redirect = document(hostile)
    assert (gather.name, redirect.name) == ("Gather", "Redirect")
    assert [child.name for child in gather.children] in (["Say"], [])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_speech_and_places_lead_to_a_document_like_any_other(text: str) -> None:
    menu = menu_of(MENU)
    text = in_a_url(text)
    for place in (Place(node="main", language=text, path=(text,)), Place(node=text)):
        turn = step(menu, place, Heard(speech=text), Standing.OPEN)
        assert isinstance(turn.at, Menu)
        assert document(asked(turn.at, turn))[0].name == "Gather"


def followers(ivr: Ivr, turn: Turn, standing: Standing) -> Iterator[Turn]:
    """Every turn that an answer leads to: each key, words, nonsense, silence."""
    assert isinstance(turn.at, Menu)
    heard = [Heard(), Heard(digits="7"), Heard(speech="?!"), *(Heard(digits=c.digit) for c in turn.at.choices)]
    spoken = [Heard(speech=words) for choice in turn.at.choices for words in choice.words]
    return (step(ivr, turn.place, answer, standing) for answer in (*heard, *spoken))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ivr=IVRS.map(menu_of), standing=st.sampled_from(Standing))
def test_every_document_of_every_menu_is_well_formed_and_every_way_asks_or_ends(ivr: Ivr, standing: Standing) -> None:
    waiting = deque([step(ivr, Place(), None, standing)])
    seen: set[tuple[str, int, str]] = set()
    while waiting:
        turn = waiting.popleft()
        if isinstance(turn.at, Target):
            assert document(First(sayings=turn.sayings, then=Goodbye()))[-1].name == "Hangup"
            continue
        gather, _ = document(asked(turn.at, turn))
        assert place_in(gather.get("action")) == turn.place
        key = (turn.place.node, turn.place.attempt, turn.place.language)
        if key not in seen:
            seen.add(key)
            waiting.extend(followers(ivr, turn, standing))
