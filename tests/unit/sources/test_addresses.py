"""Only public addresses are asked, however they are written."""

from __future__ import annotations

import random
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from dateline.sources.addresses import AddressError, resolve_public, why_refused


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.31.255.255",
        "192.168.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "239.255.255.250", "255.255.255.255",
        "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1",
        "::ffff:127.0.0.1", "::ffff:192.168.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::",
        "2002:7f00:1::1",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused(address):
    assert why_refused(ip_address(address))


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "172.32.0.1", "100.128.0.1", "2620:fe::fe", "::ffff:9.9.9.9", "2002:909:909::1"]
)
def test_public_addresses_are_not(address):
    assert why_refused(ip_address(address)) is None


def test_whatever_the_standard_library_calls_private_is_refused():
    pick = random.Random(7)
    for _ in range(20_000):
        for address in (IPv4Address(pick.getrandbits(32)), IPv6Address(pick.getrandbits(128))):
            if address.is_private or address.is_multicast or address.is_link_local or address.is_loopback:
                assert why_refused(address), address


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_allowed_to_tests_alone_and_nothing_else_is(address):
    assert why_refused(ip_address(address))
    assert why_refused(ip_address(address), allow_loopback=True) is None
    assert why_refused(ip_address("10.0.0.1"), allow_loopback=True)
    assert why_refused(ip_address("::ffff:10.0.0.1"), allow_loopback=True)


def answering(*addresses):
    return lambda host, port, **_: [(2, 1, 6, "", (address, port)) for address in addresses]


def test_a_host_is_its_checked_addresses():
    found = resolve_public("a.test", 80, resolve=answering("9.9.9.9", "9.9.9.9", "2620:fe::fe%eth0"))
    assert [str(address) for address in found] == ["9.9.9.9", "2620:fe::fe"]


def test_one_inner_address_among_public_ones_refuses_the_host():
    with pytest.raises(AddressError, match=r"a\.test is at 10\.0\.0\.1, which is not public \(private\)"):
        resolve_public("a.test", 80, resolve=answering("9.9.9.9", "10.0.0.1"))


def test_a_host_without_address_is_refused():
    with pytest.raises(AddressError, match="has no address"):
        resolve_public("a.test", 80, resolve=answering())
