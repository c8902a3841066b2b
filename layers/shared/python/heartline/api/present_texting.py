"""Turns what is known of a customer's texts into the API's shapes."""

from collections.abc import Sequence

from heartline.api.texting_models import (
    ConsentHistoryResponse,
    ConsentResponse,
    EstimateResponse,
    RuleResponse,
    StatementResponse,
    TextingResponse,
)
from heartline.api.times import timestamp
from heartline.domain.consent import Consent, Statement
from heartline.domain.quiet_hours import Quiet
from heartline.services.texting import Outlook


def texting_response(numbers: Sequence[str], outlook: Outlook) -> TextingResponse:
    rules = [
        RuleResponse(code=rule.code, message=str(rule), overridable=isinstance(rule, Quiet)) for rule in outlook.against
    ]
    return TextingResponse(
        sender=outlook.sender,
        service=outlook.service,
        number=outlook.line.number,
        numbers=list(numbers),
        country=outlook.line.country,
        line=outlook.line.kind.value,
        can_text=all(rule.overridable for rule in rules),
        against=rules,
        consents=[consent_response(consent) for consent in outlook.consents],
        quiet_until=timestamp(outlook.quiet_until) if outlook.quiet_until else None,
        notice=outlook.notice,
        estimate=_estimate(outlook),
    )


def _estimate(outlook: Outlook) -> EstimateResponse:
    size, price, one = outlook.size, outlook.price, outlook.segment_price
    return EstimateResponse(
        text=outlook.text,
        encoding=str(size.encoding),
        units=size.units,
        segments=size.segments,
        flipped_by=size.flipped_by,
        price=str(price.amount) if price else None,
        segment_price=str(one.amount) if one else None,
        currency=one.currency if one else None,
    )


def history_response(consents: Sequence[Consent], history: Sequence[Statement]) -> ConsentHistoryResponse:
    return ConsentHistoryResponse(
        consents=[consent_response(consent) for consent in consents],
        history=[_statement(statement) for statement in history],
    )


def consent_response(consent: Consent) -> ConsentResponse:
    said = consent.stated
    return ConsentResponse.model_validate(
        {
            "sender": consent.pair.sender,
            "number": consent.pair.phone,
            "state": said.choice.value if said else "none",
            "source": said.source.value if said else "",
            "since": timestamp(said.at) if said else None,
            "by": said.by if said else "",
            "reason": consent.reason,
        }
    )


def _statement(said: Statement) -> StatementResponse:
    return StatementResponse.model_validate(
        {
            "state": said.choice.value,
            "source": said.source.value,
            "at": timestamp(said.at),
            "by": said.by,
            "words": said.words,
        }
    )
