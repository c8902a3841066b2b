"""What breaks off, drips, or leads to what is no host: half a file is none, and nothing holds us for ever."""

import time
from http.server import ThreadingHTTPServer

import pytest

from heartline.domain.errors import Refused, Unavailable
from tests.unit.twilio.test_fetch import at, base, server

__all__ = ["server"]


def test_half_a_file_is_no_file(server: ThreadingHTTPServer) -> None:
    """Stored as the whole of a recording, it would be the reason to delete the rest at Twilio."""
    with pytest.raises(Unavailable, match="broke off"):
        at(server).fetch(f"{base(server)}/broken/3000")


def test_a_file_that_comes_drop_by_drop_does_not_hold_us_for_as_long_as_it_likes(server: ThreadingHTTPServer) -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable, match="too slowly"):
        at(server).pour(f"{base(server)}/drops/500", len, largest=1000, seconds=0.1)
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("host", ["a" * 64, "a..b", "[::1"])
def test_a_redirect_to_a_host_that_no_name_can_be_is_refused(server: ThreadingHTTPServer, host: str) -> None:
    """`getaddrinfo` and `urljoin` raise errors of their own for these, which no caller expects."""
    with pytest.raises((Refused, Unavailable)):
        at(server).fetch(f"{base(server)}/to?https://{host}.twilio.com/x")
