"""The form fields that every request about a leg carries; pure.

Source: https://www.twilio.com/docs/voice/twiml#request-parameters
"""

from typing import Final

from infra.local.simulators.twilio.configuration import API_VERSION
from infra.local.simulators.twilio.records import Call
from infra.local.simulators.twilio.signing import Fields

_PLACE: Final = (("City", ""), ("Country", "US"), ("State", ""), ("Zip", ""))


def parameters(account_sid: str, call: Call) -> Fields:
    """Of a client there is neither city nor country."""
    status = "initiated" if call.status == "queued" else call.status
    return (
        ("AccountSid", account_sid),
        ("ApiVersion", API_VERSION),
        ("CallSid", call.sid),
        ("CallStatus", status),
        *_party(("Called", "To"), call.recipient),
        *_party(("Caller", "From"), call.sender),
        ("Direction", call.direction),
        *((("ParentCallSid", call.parent),) if call.parent else ()),
        *call.facts.items(),
    )


def _party(names: tuple[str, str], address: str) -> Fields:
    if address.startswith("client:"):
        return tuple((name, address) for name in names)
    return tuple(field for name in names for field in ((name, address), *((name + part, of) for part, of in _PLACE)))
