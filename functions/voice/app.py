"""Twilio's voice webhooks → one step of a call → TwiML."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from heartline import bootstrap
from heartline.bootstrap import calls
from heartline.channels.twilio.signature import is_genuine
from heartline.channels.twilio.webhook import Answer, read_request, refusal, twiml
from heartline.channels.voice.parse import parse_call
from heartline.channels.voice.render import render
from heartline.domain.errors import Invalid, OurFault, TheirFault
from heartline.domain.instructions import Goodbye

LOG: Final = logging.getLogger("heartline.voice")
LOG.setLevel(logging.INFO)

BASE: Final = "/webhooks/voice"
SORRY: Final = "We are sorry, something went wrong. Please call again."


def handler(event: Mapping[str, Any], _context: object) -> Answer:
    """Answer one request of `POST /webhooks/voice` and `/webhooks/voice/{step}`."""
    request_id = event["requestContext"].get("requestId", "")
    answer = _answer(event, request_id)
    LOG.info("voice path=%s status=%d request=%s", event["rawPath"], answer["statusCode"], request_id)
    return answer


def _answer(event: Mapping[str, Any], request_id: str) -> Answer:
    """What Twilio may repeat is 503; what nobody at Twilio signed is 403."""
    public_url = bootstrap.settings().public_url
    try:
        request = read_request(event, public_url=public_url)
        if not is_genuine(request, bootstrap.twilio_account()()):
            return refusal(403, "forbidden", "The signature is missing or wrong.", request_id)
        instruction = calls.telephone()(event["rawPath"].removeprefix(BASE).strip("/"), parse_call(request))
    except Invalid as error:
        return refusal(403, "forbidden", str(error), request_id)
    except OurFault as error:
        LOG.error("voice step failed: %s request=%s", error, request_id)
        return refusal(503, error.code, "The step could not be carried out; send it again.", request_id)
    except TheirFault as error:
        LOG.error("voice step is impossible: %s request=%s", error, request_id)
        instruction = Goodbye(words=SORRY)
    return twiml(render(instruction, public_url + BASE))
