"""Fetches media and recordings from Twilio, and from nowhere else, whatever a webhook's URL says.

Each hop is checked before it is made: https, a host of Twilio's, and an address that is public; the connection goes to
the address that was checked. Our credentials go to the first hop alone.
"""

import re
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from heartline.channels.twilio.account import PUBLIC_API, Account
from heartline.domain.errors import Refused, Unavailable
from heartline.services.media import File

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of one file."""

MOST_HOPS: Final = 4
HOP_SECONDS: Final = 10.0
ALL_SECONDS: Final = 40.0

_API: Final = ".twilio.com"
_DOMAINS: Final = (_API, ".twiliocdn.com")
_BUCKET: Final = ("s3-external-1.amazonaws.com", "/media.twiliocdn.com/")
"""Where Twilio keeps media of texts: https://www.twilio.com/docs/messaging/api/media-resource"""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LATER: Final = frozenset({401, 403, 404, 408, 425, 429})
"""Not ready yet (a recording is reported before it can be had), or refused because of us: another try may succeed."""

_PLAIN: Final = re.compile(r"[!#-\[\]_a-z~]+")
"""The characters of an address: no blanks, no controls, no backslash, no quotes."""

_NAT64: Final = ip_network("64:ff9b::/96")
"""IPv4 addresses as an IPv6 network reaches them (RFC 6052); Python takes all of them for public."""

_CHUNK: Final = 64 * 1024

Resolve = Callable[[str], list[str]]
Sink = Callable[[bytes], object]


def addresses_of(host: str) -> list[str]:
    """Every address of a host; raises `OSError` if there is none."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class TwilioMedia:
    """Implements `services.media.MediaSource`; `api_url` is the one other place that may be asked (the simulator)."""

    def __init__(
        self,
        account: Callable[[], Account],
        *,
        api_url: str = "",
        resolve: Resolve = addresses_of,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._account = account
        self._api_url = api_url
        self._resolve = resolve
        self._monotonic = monotonic

    def fetch(self, url: str, *, seconds: float = ALL_SECONDS) -> File:
        content = bytearray()
        content_type = self.pour(url, content.extend, largest=LARGEST, seconds=min(seconds, ALL_SECONDS))
        return File(content=bytes(content), content_type=content_type)

    def pour(self, url: str, sink: Sink, *, largest: int, seconds: float) -> str:
        """Implements `services.recording_ports.SoundSource`: what is fetched never stands in memory as a whole."""
        url = self._at_home(url)
        credentials = self._credentials() if self._asks_for_us(url) else {}
        deadline = self._monotonic() + seconds
        for _ in range(MOST_HOPS):
            with self._request("GET", url, credentials, seconds=self._left(deadline)) as response:
                if response.status not in _REDIRECTS:
                    return self._read(response, deadline, sink, largest)
                url, credentials = _joined(url, response.headers.get("Location", "")), {}
        raise Refused("The file's address leads round in circles.")

    def delete_recording(self, recording: str) -> None:
        url = f"{PUBLIC_API}/2010-04-01/Accounts/{self._account().sid}/Recordings/{recording}.json"
        with self._request("DELETE", self._at_home(url), self._credentials(), seconds=HOP_SECONDS) as response:
            if response.status not in {200, 204, 404}:
                raise Unavailable(f"Twilio answered {response.status} to a deletion.")

    def _at_home(self, url: str) -> str:
        return url.replace(PUBLIC_API, self._api_url, 1) if self._api_url else url

    def _asks_for_us(self, url: str) -> bool:
        """Whether the first hop is Twilio's API: where media are stored, a request with a password is refused."""
        parts = _parts(url)
        return (parts.hostname or "").endswith(_API) or self._is_home(parts)

    def _is_home(self, parts: SplitResult) -> bool:
        return bool(self._api_url) and f"{parts.scheme}://{parts.netloc}" == self._api_url

    def _left(self, deadline: float) -> float:
        """How long the next step may take; raises `Unavailable` once there is no time left."""
        left = deadline - self._monotonic()
        if left <= 0:
            raise Unavailable("The file comes too slowly.")
        return min(left, HOP_SECONDS)

    def _credentials(self) -> dict[str, str]:
        account = self._account()
        return {"Authorization": "Basic " + b64encode(f"{account.sid}:{account.token}".encode()).decode()}

    @contextmanager
    def _request(self, method: str, url: str, headers: dict[str, str], *, seconds: float) -> Iterator[HTTPResponse]:
        """Make one hop, each step of which may take `seconds`; its connection is closed after the response was used."""
        parts = _parts(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        with closing(self._connection(parts, seconds)) as connection:
            try:
                connection.request(method, target, headers=headers)
                response = connection.getresponse()
            except (OSError, HTTPException) as error:
                raise Unavailable(f"The file cannot be had now: {type(error).__name__}") from error
            with response:
                yield response

    def _connection(self, parts: SplitResult, seconds: float) -> HTTPConnection:
        if self._is_home(parts):
            kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
            return kind(parts.hostname or "", parts.port, timeout=seconds)
        if not _is_twilios(parts):
            raise Refused("The file is not at Twilio.")
        host = parts.hostname or ""
        return _CheckedConnection(host, self._address(host), seconds)

    def _address(self, host: str) -> str:
        """The first address, if all are public: one that is not makes the whole answer suspect."""
        try:
            addresses = self._resolve(host)
        except (OSError, UnicodeError) as error:  # the second for what no name can be, such as an empty label
            raise Unavailable("The file's host has no address now.") from error
        if not all(map(_is_public, addresses)):
            raise Refused("The file's host has a private address.")
        return addresses[0]

    def _read(self, response: HTTPResponse, deadline: float, sink: Sink, largest: int) -> str:
        if response.status in _LATER or response.status >= 500:
            raise Unavailable(f"The file cannot be had now: {response.status}")
        if response.status != 200:
            raise Refused(f"Twilio does not give the file ({response.status}).")
        for chunk in self._chunks(response, deadline, largest):
            sink(chunk)
        return str(response.headers.get("Content-Type", ""))

    def _chunks(self, response: HTTPResponse, deadline: float, largest: int) -> Iterator[bytes]:
        """What has come so far, piece by piece: `read` would wait until a piece is full, however slowly it fills.

        Nor does it say that a connection ended before its time: half a file is none.
        """
        size = 0
        try:
            while chunk := response.read1(_CHUNK):
                size += len(chunk)
                if size > largest:
                    raise Refused(f"The file is larger than {largest // 1024 // 1024} MB.")
                self._left(deadline)
                yield chunk
        except (OSError, HTTPException) as error:
            raise Unavailable(f"The file broke off: {type(error).__name__}") from error
        if response.length:
            raise Unavailable(f"The file broke off: {response.length} bytes are missing.")


class _CheckedConnection(HTTPSConnection):
    """Connects to an address that was checked, and verifies the certificate of the host that was meant.

    Resolving the name again would let a second answer lead somewhere else.
    """

    def __init__(self, host: str, address: str, seconds: float) -> None:
        self._verified = ssl.create_default_context()
        super().__init__(host, timeout=seconds, context=self._verified)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._verified.wrap_socket(plain, server_hostname=self.host)


def _is_public(address: str) -> bool:
    """Whether an address is on the open Internet, whichever way it is wrapped."""
    found = _unwrapped(ip_address(address))
    return found.is_global and not found.is_multicast


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _joined(url: str, location: str) -> str:
    """Where a redirect leads; raises `Refused` if that is no address."""
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise Refused("The file's address is no address.") from error


def _parts(url: str) -> SplitResult:
    """The parts of an address, its port among them; raises `Refused` if it is none.

    What is not plain ASCII is refused: two readers of such an address may see two hosts in it.
    """
    if not _PLAIN.fullmatch(url):
        raise Refused("The file's address is no address.")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Refused("The file's address is no address.") from error
    return parts


def _is_twilios(parts: SplitResult) -> bool:
    """Whether an address is https at a host of Twilio's, on the usual port and without a user."""
    host = parts.hostname or ""
    if parts.scheme != "https" or parts.port not in {None, 443} or "@" in parts.netloc:
        return False
    return host.endswith(_DOMAINS) or (host == _BUCKET[0] and parts.path.startswith(_BUCKET[1]))
