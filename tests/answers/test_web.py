"""Web addresses as sources, against a real server: what is fetched, and everything that ends in a sentence instead."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3 import BaseHTTPResponse, HTTPResponse

from macrohard.answers import Standing, check_sources
from macrohard.answers.sources import Media, Web, open_index
from macrohard.answers.sources.web import _next, is_public
from macrohard.errors import UserError

OWN = Web(frozenset({"127.0.0.1"}), seconds=3)
PAGE = b"<!doctype html><title>Bees</title><p>A bee has five eyes.</p><script>alert('A bee has six eyes.')</script>"


class Site(BaseHTTPRequestHandler):
    """A server that does all that servers do."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answer by the path."""
        self.asked.append(self.path)
        getattr(self, "do_" + self.path.strip("/").partition("?")[0])()

    def tell(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        """A whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_page(self) -> None:
        self.tell(200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)

    def do_table(self) -> None:
        self.tell(200, {"Content-Type": "text/csv"}, b"insect,eyes\nbee,5\n")

    def do_moved(self) -> None:
        self.tell(302, {"Location": "/page"})

    def do_circle(self) -> None:
        self.tell(302, {"Location": "/circle"})

    def do_inside(self) -> None:
        self.tell(302, {"Location": f"http://127.0.0.2:{self.server.server_address[1]}/page"})

    def do_file(self) -> None:
        self.tell(302, {"Location": "file:///etc/passwd"})

    def do_nowhere(self) -> None:
        self.tell(302, {})

    def do_gone(self) -> None:
        self.tell(404, {}, b"A bee has five eyes.")

    def do_packed(self) -> None:
        self.tell(200, {"Content-Encoding": "gzip"}, b"\x1f\x8b")

    def do_cut(self) -> None:
        self.tell(200, {"Content-Length": "100"}, b"A bee")

    def do_endless(self) -> None:
        self.tell(200, {"Content-Type": "text/plain"})
        while True:
            self.wfile.write(b"A bee has five eyes. " * 50_000)

    def do_dripping(self) -> None:
        self.tell(200, {"Content-Type": "text/plain"})
        while True:
            self.wfile.write(b"A")
            time.sleep(0.1)

    def do_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X")
            time.sleep(0.1)

    def do_silent(self) -> None:
        time.sleep(5)

    def do_rubbish(self) -> None:
        self.wfile.write(b"\x00\x01\x02 what?\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """Without a word about clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Expected here."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the server; indexes are kept apart."""
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    Site.asked = []
    with Quiet(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_page_is_fetched_once_and_kept(site: str) -> None:
    for _ in range(2):
        (document,) = open_index([f"{site}/page"], web=OWN).documents
        assert document.media is Media.HTML and document.text.strip() == "A bee has five eyes."
        assert document.address == f"{site}/page" and document.dated.endswith("+00:00")
    assert Site.asked == ["/page"]


def test_its_kind_is_what_the_server_says(site: str) -> None:
    (document,) = open_index([f"{site}/table"], web=OWN).documents
    assert document.media is Media.TABLE and document.place(document.text.index("5")) == "row 2, eyes"


def test_a_redirect_is_followed(site: str) -> None:
    report = check_sources("A bee has five eyes. A bee has six eyes.", [f"{site}/moved?x=1"], web=OWN)
    assert [item.verdict for item in report.statements] == [Standing.SUPPORTED, Standing.CONTRADICTED]
    assert report.sources[0].address == f"{site}/moved?x=1" and Site.asked == ["/moved?x=1", "/page"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("circle", "leads on more than 5 times"),
        ("inside", "127.0.0.2 is inside your own network"),
        ("file", "no address of a web page"),
        ("nowhere", "leads on more than 5 times"),
        ("gone", "answered with status 404"),
        ("packed", "packed it"),
        ("cut", "cannot be fetched"),
        ("endless", "larger than 32 MiB"),
        ("dripping", "took more than 3 s"),
        ("headers", "took more than 3 s"),
        ("silent", "cannot be fetched"),
        ("rubbish", "cannot be fetched"),
    ],
)
def test_what_a_server_does_wrong_is_told(site: str, path: str, why: str) -> None:
    begun = time.monotonic()
    with pytest.raises(UserError, match=why):
        open_index([f"{site}/{path}"], web=OWN)
    assert time.monotonic() - begun < 10


def test_one_that_fails_does_not_hinder_the_others(site: str) -> None:
    index = open_index([f"{site}/gone", f"{site}/page"], web=OWN)
    assert [item.address for item in index.unread] == [f"{site}/gone"] and len(index.documents) == 1


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:9/", "inside your own network"),
        ("http://localhost/", "inside your own network"),
        ("http://[::1]/", "inside your own network"),
        ("http://[::ffff:127.0.0.1]/", "inside your own network"),
        ("http://0.0.0.0/", "inside your own network"),
        ("http://10.0.0.1/", "inside your own network"),
        ("http://192.168.1.1/", "inside your own network"),
        ("http://169.254.169.254/latest/meta-data/", "inside your own network"),
        ("http://2130706433/", "inside your own network"),
        ("http://0x7f.1/", "inside your own network"),
        ("https://user:secret@example.com/", "a name or a password"),
        ("http:///path", "no address"),
        ("http://host:99999/", "no address"),
        ("http://nobody.invalid/", "no host"),
    ],
)
def test_addresses_that_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, why: str) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path))
    with pytest.raises(UserError, match=why) as told:
        open_index([address])
    assert "secret" not in str(told.value).removeprefix(f"Nothing could be read in {address}. {address}")


@given(
    st.ip_addresses(network="10.0.0.0/8")
    | st.ip_addresses(network="fc00::/7")
    | st.ip_addresses(network="fec0::/10")
    | st.ip_addresses(network="127.0.0.0/8")
)
def test_no_private_address_is_public(address: object) -> None:
    assert not is_public(str(address))


def test_a_redirect_that_leads_nowhere_or_from_https_to_http_is_refused() -> None:
    def leading(there: str) -> BaseHTTPResponse:
        return HTTPResponse(headers={"Location": there}, status=302)

    with pytest.raises(UserError, match="an address that is none"):
        _next("https://good/", leading("http://["))
    for here in ("https://good/", "HTTPS://good/"):
        with pytest.raises(UserError, match="from https"):
            _next(here, leading("http://evil/x"))
    assert _next("http://good/a", leading("/b#c")) == "http://good/b"


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "93.184.215.14"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)
    assert not is_public("2002:7f00:0001::1"), "6to4 of 127.0.0.1"
