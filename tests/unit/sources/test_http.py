"""One request over a real connection to loopback: where it goes, how long it may take, what is kept."""

from __future__ import annotations

import gzip
import ssl
import time
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from integration.scripted_server import Reply, serve

from dateline.sources.addresses import AddressError
from dateline.sources.http import Limits, NoAnswerError, Transport

LIMITS = Limits(connect=1.0, silence=0.5, total=1.0)
MOST = 100_000


@pytest.fixture
def server():
    with serve() as found:
        yield found


def transport(**options) -> Transport:
    return Transport("Dateline/test", LIMITS, allow_loopback=True, **options)


def resolving(*answers: str):
    """A name server that gives another answer each time, and remembers how often it was asked."""
    asked = []

    def resolve(host, port, **_):
        asked.append(host)
        return [(2, 1, 6, "", (answers[min(len(asked), len(answers)) - 1], port))]

    return resolve, asked


def test_headers_come_in_their_order_with_what_is_there_twice(server):
    headers = (("Set-Cookie", "a=1"), ("X-Word", "caf\u00e9"), ("Set-Cookie", "b=2"), ("x-word", "two"))
    server.on("/a", Reply(201, b"page", headers))
    answer = transport()(server.url("/a"), (), MOST)
    assert (answer.status, answer.body, answer.problem, answer.truncated) == (201, b"page", None, None)
    assert answer.headers == (*headers, ("Content-Length", "4"))
    assert answer.header("X-WORD") == "caf\u00e9"


def test_the_connection_goes_to_the_address_that_was_checked(server):
    """A name that answers the check with one address and the next look-up with another gets no second look-up."""
    resolve, asked = resolving("127.0.0.1", "10.0.0.1")
    server.on("/a", Reply(body=b"page"))
    answer = transport(resolve=resolve)(server.url("/a", "rebinding.test"), (), MOST)
    assert answer.body == b"page" and asked == ["rebinding.test"]
    assert server.log[0].host == "rebinding.test"
    with pytest.raises(AddressError, match=r"10\.0\.0\.1"):
        transport(resolve=resolve)(server.url("/a", "rebinding.test"), (), MOST)


@pytest.mark.parametrize("host", ["10.0.0.1", "[fe80::1]", "[::ffff:169.254.169.254]", "0x0a000001", "167772161"])
def test_inner_hosts_are_refused_however_they_are_written(host):
    with pytest.raises(AddressError, match="not public"):
        transport()(f"http://{host}:9/", (), MOST)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433"])
def test_this_machine_is_refused_unless_a_test_allows_it(server, host):
    server.on("/a", Reply(body=b"page"))
    with pytest.raises(AddressError, match="loopback"):
        Transport("Dateline/test", LIMITS)(server.url("/a", host), (), MOST)
    assert server.log == []


def test_a_proxy_of_the_environment_is_not_used(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    server.on("/a", Reply(body=b"page"))
    assert transport()(server.url("/a"), (), MOST).body == b"page"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(hang=5),
        Reply(body=b"x" * 1000, drip=0.05),
        Reply(body=b"x" * 1000, drip=0.05, headers=(("Connection", "close"), ("Transfer-Encoding", "identity"))),
        Reply(headers=(("X-Slow", "x" * 400),), slow_head=0.05),
    ],
    ids=["silent", "slow body", "slow body without length", "slow head"],
)
def test_no_request_takes_longer_than_its_time(server, reply):
    server.on("/a", reply)
    began = time.monotonic()
    try:
        answer = transport()(server.url("/a"), (), MOST)
        assert answer.truncated == "time" and 0 < len(answer.body) < 1000
    except NoAnswerError as error:
        assert not error.is_unreachable
    assert time.monotonic() - began < LIMITS.total + 10  # far below the minutes that these servers would take


def test_size_is_counted_unpacked_and_exactly(server):
    server.on("/fits", Reply(body=b"x" * MOST))
    server.on("/over", Reply(body=b"x" * (MOST + 1)))
    server.on("/gzip", Reply(body=gzip.compress(bytes(MOST + 1)), headers=(("Content-Encoding", "gzip"),)))
    server.on("/br", Reply(body=brotli.compress(bytes(20_000_000)), headers=(("Content-Encoding", "br"),)))
    assert transport()(server.url("/fits"), (), MOST).problem is None
    for path in ("/over", "/gzip", "/br"):
        answer = transport()(server.url(path), (), MOST)
        assert (answer.problem, len(answer.body)) == ("too_big", MOST)


def test_a_chunked_body_is_kept_without_its_chunks(server):
    chunks = b"3\r\nrai\r\n2;x=y\r\nn!\r\n0\r\n\r\n"
    server.on("/whole", Reply(body=chunks, headers=(("Transfer-Encoding", "chunked"),)))
    server.on("/half", Reply(body=chunks[:10], headers=(("Transfer-Encoding", "chunked"),)))
    assert transport()(server.url("/whole"), (), MOST).body == b"rain!"
    half = transport()(server.url("/half"), (), MOST)
    assert half.truncated == "disconnect" and half.body in (b"rai", b"")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://nosuch.invalid/"])
def test_where_nobody_listens_the_host_is_unreachable(url):
    def resolve(host, port, **options):
        import socket

        if host == "nosuch.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return socket.getaddrinfo(host, port, **options)

    with pytest.raises(NoAnswerError) as caught:
        transport(resolve=resolve)(url, (), MOST)
    assert caught.value.is_unreachable


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for news.test that vouches for itself, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "news.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


def test_certificates_are_checked_against_the_name_and_not_the_address(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    resolve, _ = resolving("127.0.0.1")
    with serve(context) as server:
        server.on("/a", Reply(body=b"page"))
        own, usual = transport(resolve=resolve, ca_file=str(certificate)), transport(resolve=resolve)
        assert own(f"https://news.test:{server.port}/a", (), MOST).body == b"page"
        for ask, host in ((own, "other.test"), (own, "127.0.0.1"), (usual, "news.test")):
            with pytest.raises(NoAnswerError, match="encrypted connection failed"):
                ask(f"https://{host}:{server.port}/a", (), MOST)
        assert len(server.log) == 1
