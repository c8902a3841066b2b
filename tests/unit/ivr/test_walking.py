"""A caller's way through a menu: keys, words, silence, hours, languages, and what changed meanwhile."""

import pytest

from heartline.domain.ivr.model import Menu, Message, Queue, Voicemail
from heartline.domain.ivr.walking import LOST, Heard, Place, Standing, Turn, choices_of, sentence, step
from tests.menus import MENU, changed, menu_of

MENU_READ = menu_of(MENU)
SILENCE = Heard()


def walk(*heard: str, standing: Standing = Standing.OPEN) -> Turn:
    """Press one key after the other; an empty one is silence, and words are said."""
    turn = step(MENU_READ, Place(), None, standing)
    for key in heard:
        spoken = Heard(speech=key) if len(key) > 1 else Heard(digits=key)
        turn = step(MENU_READ, turn.place, spoken, standing)
    return turn


def words(turn: Turn) -> list[str]:
    return [saying.spoken.text for saying in turn.sayings]


def test_a_caller_is_welcomed_and_asked_in_one_turn() -> None:
    turn = walk()
    assert isinstance(turn.at, Menu)
    assert turn.at.name == "main"
    assert words(turn)[0] == "Welcome to Acme."
    assert turn.sayings[0].voice == "Polly.Joanna-Neural"


def test_two_levels_lead_to_the_line_and_the_way_is_remembered() -> None:
    turn = walk("1", "2")
    assert isinstance(turn.at, Queue)
    assert turn.at.label == "refund"
    assert sentence(choices_of(MENU_READ, turn.place.path)) == "Called and chose 1: billing, 2: refund."


def test_a_caller_who_chose_nothing_just_called() -> None:
    assert sentence(()) == "Called."


def test_the_same_question_has_the_same_answer() -> None:
    place = walk("1").place
    assert step(MENU_READ, place, Heard(digits="2"), Standing.OPEN) == walk("1", "2")


@pytest.mark.parametrize("said", ["billing", "It's about MY BILL, please!", "one… no, billing"])
def test_words_are_as_good_as_a_key(said: str) -> None:
    turn = walk(said)
    assert isinstance(turn.at, Menu)
    assert turn.at.name == "billing"


def test_words_are_compared_without_accents() -> None:
    assert walk("espanol").place.language == "es-US"


@pytest.mark.parametrize(("said", "node"), [("One.", "billing"), ("cero", "line"), ("Zéro!", "line"), ("star", "main")])
def test_a_key_may_be_named(said: str, node: str) -> None:
    turn = walk(said)
    assert (turn.at.name, turn.place.attempt) == (node, 0)


def test_a_number_among_other_words_is_no_key() -> None:
    assert walk("I have two bikes").place.attempt == 1


def test_words_inside_other_words_are_not_heard() -> None:
    assert walk("helpless").place.attempt == 1


def test_a_key_counts_more_than_what_was_said_over_it() -> None:
    turn = step(MENU_READ, walk().place, Heard(digits="0", speech="billing"), Standing.OPEN)
    assert turn.at.name == "line"


def test_who_is_not_understood_is_asked_again_twice_and_then_sent_on() -> None:
    turn = walk("7")
    assert words(turn)[0] == "Sorry, I did not get that."
    assert [walk("7", "7").at.name, walk("7", "7", "7").at.name] == ["main", "line"]


def test_who_says_nothing_is_asked_again_without_an_apology_and_then_goes_where_the_silent_go() -> None:
    assert words(walk("")) == words(walk())[1:]
    assert walk("", "", "").at.name == "message"


def test_a_menu_without_a_way_for_the_silent_sends_them_where_the_others_go() -> None:
    assert walk("1", "").at.name == "invoices"


def test_the_apology_may_be_the_menus_own() -> None:
    menu = menu_of(changed(main={"sorry": "Pardon?"}))
    turn = step(menu, Place(node="main"), Heard(digits="7"), Standing.OPEN)
    assert words(turn)[0] == "Pardon?"


def test_hearing_a_menu_again_starts_the_askings_anew_and_is_no_choice() -> None:
    turn = walk("7", "*")
    assert turn.place.attempt == 0
    assert turn.place.path == ()


def test_going_back_is_a_choice_like_any_other() -> None:
    assert walk("1", "9").at.name == "main"


def test_a_language_holds_for_what_follows() -> None:
    turn = walk("8")
    assert turn.place.language == "es-US"
    assert turn.sayings[0].language == "es-US"
    assert walk("8", "1").sayings[0].spoken.text.startswith("Factura")


def test_what_is_not_said_in_a_language_is_heard_in_the_menus_own_with_its_voice() -> None:
    menu = menu_of(changed(main={"prompt": "Press 1."}))
    saying = step(menu, Place(node="main", language="es-US"), SILENCE, Standing.OPEN).sayings[-1]
    assert (saying.language, saying.voice) == ("en-US", "Polly.Joanna-Neural")


@pytest.mark.parametrize(
    ("standing", "kind", "name"),
    [(Standing.CLOSED, Voicemail, "closed"), (Standing.HOLIDAY, Message, "feast"), (Standing.OPEN, Menu, "main")],
)
def test_the_hours_decide_the_way(standing: Standing, kind: type, name: str) -> None:
    turn = walk(standing=standing)
    assert isinstance(turn.at, kind)
    assert turn.at.name == name


def test_a_holiday_is_closed_unless_the_menu_says_otherwise() -> None:
    menu = menu_of(changed(hours={"holiday": ""}))
    assert step(menu, Place(), None, Standing.HOLIDAY).at.name == "closed"


@pytest.mark.parametrize("place", [Place(node="gone"), Place(node="line"), Place(node="gone", language="xx")])
def test_a_place_that_no_longer_asks_begins_again(place: Place) -> None:
    turn = step(MENU_READ, place, Heard(digits="1"), Standing.OPEN)
    assert turn.at.name == "main"
    assert turn.place.language == "en-US"


def test_a_choice_that_no_longer_exists_is_left_out_of_the_sentence() -> None:
    assert sentence(choices_of(MENU_READ, ("gone.1", "main.7", "main.1"))) == "Called and chose 1: billing."


def test_a_circle_or_a_missing_node_ends_with_a_message_for_us() -> None:
    circle = menu_of(changed(welcome={"to": "welcome"}))
    assert step(circle, Place(), None, Standing.OPEN).at is LOST
    hole = menu_of(changed(welcome={"to": "gone"}))
    assert step(hole, Place(), None, Standing.OPEN).at is LOST


def test_a_way_of_many_choices_keeps_the_last_ones() -> None:
    turn = walk(*["1", "9"] * 30)
    assert len(turn.place.path) == 20
