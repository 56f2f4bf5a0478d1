"""Web addresses as sources: the only module that fetches anything from the web, once and with narrow limits.

An address may lead anywhere: into the user's own network, in circles, to an answer without end. So each host is resolved
once, refused unless all its addresses are public, and reached at the very address that was looked at; the same holds for
every redirect. The whole fetch has one deadline, however slowly bytes drip.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from macrohard import __version__
from macrohard.errors import UserError
from macrohard.truth.standalone import visible

LARGEST = 32 * 1024 * 1024
"""Bytes of one source; what is larger is said to be unread."""
SECONDS = 30.0
"""For one address with all its redirects."""
_SILENCE = 10.0
"""Seconds without a byte."""
_REDIRECTS = 5
_LEADS_ON = {301, 302, 303, 307, 308}
_CHUNK = 65536
_HEADERS = {
    "User-Agent": f"macrohard/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address."""

    address: str
    """Where it stood in the end, after redirects."""
    data: bytes
    kind: str
    """Its media type as the server says it, without parameters; '' where it says none."""
    at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Web:
    """The web, without the hosts that are nobody else's business."""

    own_hosts: frozenset[str] = frozenset()
    """Hosts of the user's own network that may be asked: names or addresses, as the user writes them."""
    seconds: float = SECONDS

    def fetch(self, address: str) -> Fetched:
        """What stands there. Raises UserError, a sentence about it, when that cannot be had."""
        ends, here = time.monotonic() + self.seconds, address
        for _ in range(_REDIRECTS + 1):
            parts = _split(here)
            try:
                with _asked(parts, self._public(parts), ends) as response:
                    if response.status not in _LEADS_ON:
                        return Fetched(here, _read(response, ends), _kind(response), time.time())
                    here = _next(here, response)
            except (OSError, HTTPError, HTTPException) as error:
                late = time.monotonic() >= ends
                why = f"it took more than {self.seconds:.0f} s" if late else visible(_reason(error), 200)
                raise UserError(f"It cannot be fetched ({why}).") from error
        raise UserError(f"It leads on more than {_REDIRECTS} times.")

    def _public(self, parts: SplitResult) -> str:
        """An address of the host, all of whose addresses are public or which the user calls his own."""
        host = parts.hostname or ""
        try:
            found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise UserError(f"There is no host {visible(host, 100)}.") from error
        addresses = [str(item[4][0]) for item in found]
        if host not in self.own_hosts and not all(map(is_public, addresses)):
            raise UserError(
                f"{visible(host, 100)} is inside your own network: name it with --own-host to have it asked."
            )
        return addresses[0]


def is_address(source: str) -> bool:
    """Whether a source is a web address."""
    return source.lower().startswith(("http://", "https://"))


def is_public(address: str) -> bool:
    """Whether everybody can reach this IP address, and nobody but its owner answers there."""
    known = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    if inner is not None:
        return is_public(str(inner))
    site = isinstance(known, ipaddress.IPv6Address) and known.is_site_local
    return known.is_global and not site and not known.is_multicast and not known.is_reserved


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and _port(parts) > 0
    except ValueError:
        sound = False
    if not sound or parts.scheme not in {"http", "https"}:
        raise UserError("It is no address of a web page: it must begin with https:// or http:// and name a host.")
    if parts.username or parts.password:
        raise UserError("It holds a name or a password: give an address without them.")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port if parts.port is not None else {"https": 443}.get(parts.scheme, 80)


@contextlib.contextmanager
def _asked(parts: SplitResult, ip: str, ends: float) -> Iterator[BaseHTTPResponse]:
    """The response, cut off when the time is over."""
    seconds = max(0.1, ends - time.monotonic())
    timeout = min(_SILENCE, seconds)
    connection: HTTPConnection
    if parts.scheme == "https":
        context, host = ssl.create_default_context(), parts.hostname
        connection = HTTPSConnection(
            ip, _port(parts), timeout=timeout, ssl_context=context, server_hostname=host, assert_hostname=host
        )
    else:
        connection = HTTPConnection(ip, _port(parts), timeout=timeout)
    try:
        connection.connect()
        with _cutting(connection.sock, max(0.1, ends - time.monotonic())):
            connection.request("GET", _target(parts), headers={"Host": parts.netloc, **_HEADERS}, preload_content=False)
            yield connection.getresponse()
    finally:
        connection.close()


@contextlib.contextmanager
def _cutting(line: socket.socket | None, seconds: float) -> Iterator[None]:
    """Shuts the line down when the time is over; closing it would not wake who reads."""

    def cut() -> None:
        with contextlib.suppress(OSError):
            if line is not None:
                line.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _target(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote(f"{parts.path or '/'}{query}", safe="/%:?#[]@!$&'()*+,;=~-._")


def _next(here: str, response: BaseHTTPResponse) -> str:
    """Where a redirect leads."""
    try:
        there = urljoin(here, response.headers.get("Location", "")).partition("#")[0]
        schemes = urlsplit(here).scheme, urlsplit(there).scheme
    except ValueError as error:
        raise UserError("It leads to an address that is none.") from error
    if schemes[0] == "https" != schemes[1]:
        raise UserError("It leads from https to an address that anybody on the way could change.")
    return there


def _read(response: BaseHTTPResponse, ends: float) -> bytes:
    """The whole body. Raises UserError, and TimeoutError where the line was cut, which looks like an end."""
    if response.status != 200:
        raise UserError(f"Its server answered with status {response.status}.")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UserError("Its server packed it, though it was asked not to.")
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        data += chunk
        if len(data) > LARGEST:
            raise UserError(f"It is larger than {LARGEST // 1024 // 1024} MiB.")
    if time.monotonic() >= ends:
        raise TimeoutError
    return bytes(data)


def _kind(response: BaseHTTPResponse) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "its server is silent"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
