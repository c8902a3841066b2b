"""Twilio's webhooks for texts → a queue, before anything is read from them. The fastest function of all.

It logs with the standard library: Powertools would double what it imports.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from heartline import bootstrap
from heartline.channels.twilio.signature import is_genuine
from heartline.channels.twilio.webhook import Answer, WebhookRequest, read_request, refusal, twiml
from heartline.domain.errors import Invalid, Unavailable

LOG: Final = logging.getLogger("heartline.twilio_webhook")
LOG.setLevel(logging.INFO)


def handler(event: Mapping[str, Any], _context: object) -> Answer:
    """Answer one request of `POST /webhooks/sms` or `/webhooks/status`."""
    request_id = event["requestContext"].get("requestId", "")
    answer = _answer(event, request_id)
    LOG.info("webhook path=%s status=%d request=%s", event["routeKey"], answer["statusCode"], request_id)
    return answer


def _answer(event: Mapping[str, Any], request_id: str) -> Answer:
    """Whatever Twilio may repeat is 503; what nobody at Twilio signed is 403, unreadable or not."""
    try:
        request = read_request(event, public_url=bootstrap.settings().public_url)
        if not is_genuine(request, bootstrap.twilio_account()()):
            return refusal(403, "forbidden", "The signature is missing or wrong.", request_id)
        bootstrap.queue(_queue_url(event["rawPath"])).send([_as_received(request)])
    except Invalid as error:
        return refusal(403, "forbidden", str(error), request_id)
    except Unavailable as error:
        LOG.error("webhook not stored: %s request=%s", error, request_id)
        return refusal(503, error.code, "The event could not be stored; send it again.", request_id)
    return twiml()


def _queue_url(path: str) -> str:
    settings = bootstrap.settings()
    return settings.delivery_queue_url if path.endswith("/status") else settings.inbound_queue_url


def _as_received(request: WebhookRequest) -> dict[str, str]:
    return {
        "source": "twilio",
        "received_at": bootstrap.now().isoformat(),
        "url": request.url,
        "signature": request.signature,
        "body": request.body,
    }
