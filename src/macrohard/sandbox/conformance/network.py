"""Hostile programs that reach for the network, and for programs of the host that listen."""

from __future__ import annotations

from macrohard.sandbox.conformance.hostile import Hostile

NETWORK = (
    Hostile(
        "connect-tcp",
        "connect to a port of the host, and to the world",
        """
for name, address in (("host", ("127.0.0.1", T["tcp"])), ("world", ("192.0.2.1", 80))):
    attempt(name, lambda: socket.create_connection(address, timeout=1).sendall(b"hello"))
attempt("six", lambda: socket.create_connection(("::1", T["tcp"]), timeout=1).sendall(b"hello"))
""",
        attempts=("host", "world", "six"),
    ),
    Hostile(
        "send-udp",
        "send a datagram to a port of the host, and to the world",
        """
def send(address):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", address)
attempt("host", lambda: send(("127.0.0.1", T["udp"])))
attempt("world", lambda: send(("192.0.2.1", 53)))
""",
        # A namespace with a loopback of its own may take the datagram and drop it; the listener tells.
        attempts=("world",),
    ),
    Hostile(
        "connect-unix",
        "connect to a socket of the host by its path, seen or shown",
        """
def connect(path):
    socket.socket(socket.AF_UNIX).connect(path)
attempt("path", lambda: connect(T["unix"]))
attempt("shown", lambda: connect("/canary/socket"))
for path in ("/run/dbus/system_bus_socket", "/var/run/docker.sock", "/tmp/.X11-unix/X0"):
    attempt(path, lambda: connect(path))
""",
        attempts=("path", "shown", "/run/dbus/system_bus_socket", "/var/run/docker.sock", "/tmp/.X11-unix/X0"),
    ),
    Hostile(
        "connect-abstract",
        "connect to an abstract socket of the host",
        """
attempt("stream", lambda: socket.socket(socket.AF_UNIX).connect(chr(0) + T["abstract"]))
""",
        attempts=("stream",),
    ),
    Hostile(
        "redirect-pair",
        "send from one half of a socket pair to sockets of the host",
        """
for name, address in (("shown", "/canary/datagrams"), ("abstract", chr(0) + T["abstract"] + "-datagrams")):
    def send():
        try:
            one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        except PermissionError:
            one, other = socket.socketpair()
        one.sendto(b"hello", address)
    attempt(name, send)
""",
        attempts=("shown", "abstract"),
    ),
    Hostile(
        "talk-netlink",
        "talk to the kernel's routing, audit and connector interfaces",
        """
for name, protocol in (("route", 0), ("audit", 9), ("connector", 11), ("uevent", 15)):
    def talk():
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol) as channel:
            channel.bind((0, 1))
    attempt(name, talk)
""",
        attempts=("route", "audit", "connector", "uevent"),
    ),
    Hostile(
        "raw-sockets",
        "open raw, packet and seldom-used kinds of sockets",
        """
kinds = dict(raw=(2, 3, 1), packet=(17, 3, 768), vsock=(40, 1, 0), alg=(38, 5, 0), bluetooth=(31, 3, 1), can=(29, 3, 1))
for name, kind in kinds.items():
    attempt(name, lambda: socket.socket(*kind))
""",
        attempts=("raw", "packet", "vsock", "alg", "bluetooth", "can"),
    ),
    Hostile(
        "listen",
        "listen on every interface, for someone outside to connect",
        """
def listen():
    server = socket.create_server(("0.0.0.0", 0))
attempt("listen", listen)
""",
        attempts=("listen",),
    ),
    Hostile(
        "ask-names",
        "ask a name server",
        """
def ask():
    try:
        print(socket.getaddrinfo("example.com", 80))
    except socket.gaierror:
        raise OSError(errno.ENETUNREACH, "no names")
attempt("names", ask)
attempt("resolver", lambda: read("/etc/resolv.conf"))
""",
        attempts=("names", "resolver"),
    ),
)
