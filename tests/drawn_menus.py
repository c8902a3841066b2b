"""Voice menus as hypothesis draws them: every kind of node, ways to anywhere and nowhere, hostile words."""

from typing import Any

from hypothesis import strategies as st

HOSTILE = ("</Say><Dial>+19005550100</Dial>", "a\r\nX-Injected: y", "&lt;&amp;]]><!--")
NAMES = ("a", "b", "c", "d", "e")
TO = st.sampled_from((*NAMES, "gone", ""))
WORDS = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8", exclude_characters=","), min_size=1, max_size=20)
)
PROMPT = st.one_of(
    WORDS,
    st.just({"audio": "https://media.example/a.mp3"}),
    st.fixed_dictionaries({"en-US": WORDS, "es-US": WORDS}),
)
PHRASE = st.from_regex(r"[a-zé]{1,8}( [a-z]{1,5})?", fullmatch=True)


@st.composite
def menus(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from("0123456789*#"), unique=True, max_size=4))
    choices = [
        {"digit": key, "label": draw(WORDS), "to": draw(TO), "words": draw(st.lists(PHRASE, max_size=2))}
        for key in keys
    ]
    reprompts = draw(st.integers(0, 2))
    fields = {"kind": "menu", "choices": choices, "otherwise": draw(TO), "no_input": draw(TO), "reprompts": reprompts}
    return fields | {"prompt": draw(PROMPT)}


NODE = st.one_of(
    menus(),
    st.fixed_dictionaries({"kind": st.just("say"), "prompt": PROMPT, "to": TO}),
    st.fixed_dictionaries({"kind": st.just("hours"), "open": TO, "closed": TO, "holiday": TO}),
    st.fixed_dictionaries({"kind": st.just("language"), "language": st.sampled_from(("en-US", "es-US")), "to": TO}),
    st.fixed_dictionaries({"kind": st.sampled_from(("queue", "voicemail", "call_back", "message")), "prompt": PROMPT}),
)
IVRS = st.fixed_dictionaries(dict.fromkeys(NAMES, NODE)).map(lambda nodes: {"start": "a", "nodes": nodes})
