"""What is reported of a call without anybody waiting for an answer: legs, the conference, recordings, closed lines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from heartline.domain.call_legs import in_conference, moved
from heartline.domain.call_parties import CUSTOMER, PartyState
from heartline.domain.calls import Call, Step
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import matching_inboxes
from heartline.domain.messages import Channel
from heartline.domain.screening import Ringing
from heartline.services.call import Switchboard
from heartline.services.call_line import CallLine
from heartline.services.call_ports import CallRequest, LegReport, Line, RoomReport, ringing_of
from heartline.services.call_resume import gone

HUNG_UP: Final = "Called and hung up in the menu. Call back."


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReports:
    """Every report may come late, twice, out of order, or about a leg that is no part of the call any more.

    `let_in` tells of a call that is not known whether it came as far as the menu.
    """

    board: Switchboard
    let_in: Callable[[Ringing, Inbox], bool]

    def leg(self, report: LegReport) -> None:
        """A leg rings, is connected, or has ended."""
        call = self.board.store.call(report.call)
        if call is not None:
            self.board.move(call, lambda met: self._moved(met, report))
        elif not report.label:
            self._missed(report.request)

    def room(self, report: RoomReport) -> None:
        """Somebody has joined the conference."""
        call = self.board.store.call(report.call)
        if call is not None:
            self.board.move(call, lambda met: self._joined(met, report))

    def _moved(self, call: Call, report: LegReport) -> Step | None:
        """What a leg's report makes of the call; the end of the customer's is the end of most calls."""
        label, now = report.label or CUSTOMER, self.board.now()
        if report.state is None:
            return None
        if label == CUSTOMER and report.state is PartyState.LEFT and _is_of_customer(call, report.sid):
            failed = report.request.line is Line.FAILED
            step = gone(self.board, call, failed=failed)
            if step is not None:
                return step
        return moved(call, label, report.state, sid=report.sid, why=report.why, at=now)

    def _joined(self, call: Call, report: RoomReport) -> Step | None:
        now = self.board.now()
        step = moved(call, report.label, PartyState.JOINED, sid=report.sid, at=now)
        return step or in_conference(call, report.conference, report.label, now)

    def _missed(self, request: CallRequest) -> None:
        """The line of a call is closed that was never more than in the menu: it is a missed call all the same.

        Whoever was turned away at the ring has called nobody.
        """
        inboxes = self.board.configuration.company().inboxes
        inbox = next(iter(matching_inboxes(inboxes, Channel.VOICE, [request.number])), None)
        if inbox is not None and request.line is not Line.OPEN and self.let_in(ringing_of(request, inbox), inbox):
            CallLine(board=self.board).turn_away(request, inbox, HUNG_UP)


def _is_of_customer(call: Call, sid: str) -> bool:
    customer = call.customer
    return customer is None or customer.sid in ("", sid)
