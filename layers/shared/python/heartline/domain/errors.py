"""One tree of everything that can go wrong, told apart by whose fault it is.

::

    HeartlineError
    ├── TheirFault            the caller can do something about it: 4xx, no retry
    │   ├── Invalid           what was asked makes no sense (400)
    │   ├── Forbidden         known, and not allowed (403)
    │   ├── NotFound          unknown, or not theirs to see (404)
    │   ├── Conflict          somebody was faster; carries what changed (409)
    │   ├── Refused           a provider or a rule will never accept it: do not repeat
    │   │   └── Infected      a virus was found in it (403)
    │   └── AlreadyStored     the same event came before
    └── OurFault              raise it: the queue or the provider repeats
        ├── Unavailable       a dependency did not answer; nothing was done
        │   └── Throttled     it told us to slow down, and for how long
        ├── Contended         somebody else writes the same thing now; read again and decide again
        └── Uncertain         the answer was lost; it may or may not have been done
"""

from collections.abc import Sequence


class HeartlineError(Exception):
    """The root of the tree. `code` is a stable word for programs, the message is for people."""

    code = "error"


class TheirFault(HeartlineError):
    """The caller can do something about it."""

    code = "bad_request"


class Invalid(TheirFault):
    """What was asked makes no sense."""

    code = "invalid"


class Forbidden(TheirFault):
    """The caller is known, and may not."""

    code = "forbidden"


class NotFound(TheirFault):
    """It does not exist, or it is not the caller's to see: the two look alike on purpose."""

    code = "not_found"


class Conflict(TheirFault):
    """Somebody was faster. `newer` names the ids of what the caller has not seen."""

    code = "conflict"

    def __init__(self, message: str, *, newer: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.newer = tuple(newer)


class Refused(TheirFault):
    """A provider or a rule will never accept this; `reason` is the provider's own code where there is one."""

    code = "refused"

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class OurFault(HeartlineError):
    """The work was not done, or we do not know: it must be tried or looked at again."""

    code = "internal"


class Unavailable(OurFault):
    """A dependency did not answer in time, or told us to come back; nothing was done."""

    code = "unavailable"


class Throttled(Unavailable):
    """A dependency told us to slow down; `retry_after` is in seconds, 0 where it named no time."""

    code = "throttled"

    def __init__(self, message: str, *, retry_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Contended(OurFault):
    """Another writer changed what the decision was based on: read again and decide again."""

    code = "contended"


class Uncertain(OurFault):
    """The request may have been carried out: its answer was lost."""

    code = "uncertain"


class Infected(Refused):
    """A virus was found in it: nobody gets it from us."""


class AlreadyStored(TheirFault):
    """The event was taken in before: not a failure, but there is nothing left to do. Names where it is."""

    code = "already_stored"

    def __init__(self, conversation: str) -> None:
        super().__init__("already stored")
        self.conversation = conversation
