"""Which network addresses may be asked for pages: public ones, and nothing that leads into somebody's own network."""

from __future__ import annotations

import csv
import socket
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Address = IPv4Address | IPv6Address
Resolve = Callable[..., Sequence[tuple[Any, ...]]]
"""Same arguments and answer as `socket.getaddrinfo`."""

NAT64 = ip_network("64:ff9b::/96")
COMPATIBLE = ip_network("::/96")
"""IPv6 networks whose last 32 bits are an IPv4 address (RFC 6052, RFC 4291)."""


class AddressError(ValueError):
    """A host has no address, or one that may not be asked; the message says which and why."""


def resolve_public(
    host: str, port: int, *, allow_loopback: bool = False, resolve: Resolve = socket.getaddrinfo
) -> tuple[Address, ...]:
    """The addresses of a host, all of them checked, to connect to as they are.

    Connecting to these very addresses, never to the name again, is what keeps a name server from answering the
    check with one address and the connection with another. One forbidden address among several refuses the host.
    Raises AddressError; errors of the network (`OSError`) pass where the name can't be looked up.
    """
    found: list[Address] = []
    for answer in resolve(host, port, type=socket.SOCK_STREAM):
        # A scope such as %eth0 belongs to the machine, not to the address.
        address = ip_address(str(answer[4][0]).partition("%")[0])
        meaning = why_refused(address, allow_loopback=allow_loopback)
        if meaning:
            raise AddressError(f"{host} is at {address}, which is not public ({meaning})")
        if address not in found:
            found.append(address)
    if not found:
        raise AddressError(f"{host} has no address")
    return tuple(found)


def why_refused(address: Address, *, allow_loopback: bool = False) -> str | None:
    """What forbids an address, or None for a public one. Addresses packed into others are judged too.

    >>> why_refused(ip_address("::ffff:10.0.0.7")), why_refused(ip_address("9.9.9.9"))
    ('private', None)
    """
    inner = _packed(address)
    if inner is not None:
        return why_refused(inner, allow_loopback=allow_loopback)
    if allow_loopback and address.is_loopback:
        return None
    return next((meaning for network, meaning in _special() if address in network), None)


def _packed(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address only wraps: mapped, 6to4, NAT64, compatible; Teredo is refused as such."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    # Below ::/96 stand also the unspecified address and loopback, which are no IPv4.
    if address in NAT64 or (address in COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


@cache
def _special() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    text = files("dateline.data").joinpath("special_addresses.csv").read_text("utf-8")
    return tuple((ip_network(row["network"]), row["meaning"]) for row in csv.DictReader(text.splitlines()))
