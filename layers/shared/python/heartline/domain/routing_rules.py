"""How a company routes: its policy, what an inbox or an intake rule asks of work, and how agents come back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from heartline.domain.routing.heads import POLICY, REPLY_WINDOW
from heartline.domain.routing.model import Policy, Pool, Preference


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """What is asked for instead once a conversation has waited `after` seconds (R9).

    `requires` changes what was asked until then: a level of 0 drops the skill, another level replaces the one before.
    """

    after: int
    requires: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is asked of routing for a piece of work.

    `requires` maps a skill to its least level. A `band` of None and a `boost` of None leave what was there. `pools`
    open one after the other (R11); without any, all pools of the company are open at once. `preferred` names who gets
    it if they can (R8).
    """

    requires: Mapping[str, int] = field(default_factory=dict)
    band: int | None = None
    boost: int | None = None
    relax: tuple[Relaxation, ...] = ()
    pools: tuple[Pool, ...] = ()
    preferred: Preference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which work a rule is about: all that are given must fit, and of each one of its values; none fits everything.

    `languages` are ISO 639-1 codes that the customer seems to write in, `digits` what a caller pressed on the way
    through the menu, or began with (`12`: first 1, then 2), `keywords` words of the subject or text (whole words, any
    case), `domains` of the sender's address (with those below them).
    """

    inboxes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    vip: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRule:
    """One rule: whoever fits `when` is routed by `then` as well; `name` is what an agent is told of it."""

    name: str
    when: Match
    then: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageHint:
    """Whether the language that a customer seems to write in is a skill that is asked for, and for how long.

    It is asked for during `lasts` seconds, in place of the language that the inbox asks for, and only where somebody
    has it. `skills` are the skills that are languages; empty for all that have the name of one.
    """

    as_skill: bool = True
    lasts: int = 300
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRules:
    """The part of a company's configuration that routing alone is about.

    `reply_window` is how many seconds what comes back is kept for who had it last (R16). Who was not online for
    `ramp_after` seconds or more is given new work bit by bit: their places open evenly over `ramp_up` seconds (0: at
    once). `skills` and `pools` map names to what people call them; where there are any, no other name is known.
    """

    policy: Policy = POLICY
    reply_window: int = REPLY_WINDOW
    ramp_up: int = 0
    ramp_after: int = 4 * 3600
    skills: Mapping[str, str] = field(default_factory=dict)
    pools: Mapping[str, str] = field(default_factory=dict)
    intake: tuple[IntakeRule, ...] = ()
    language: LanguageHint = LanguageHint()
