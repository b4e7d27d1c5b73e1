"""Keeps requests out of private networks: addresses are checked when a connection is made, and only they are used.

A page's address, or a redirect, may name a host that resolves to a private address (server-side request forgery), at
another time to another one (DNS rebinding). So the check is made where the connection is: the host is resolved, every
address is checked, and the connection goes to a checked one. TLS still asks for the name.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore

from extractor.errors import InputError
from extractor.fetch.errors import FetchError

IP = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = IPv6Network("::/96")


def embedded(ip: IP) -> Iterator[IPv4Address]:
    """IPv4 addresses that an IPv6 address leads to: mapped and compatible (RFC 4291), 6to4 (RFC 3056), Teredo
    (RFC 4380), NAT64 (RFC 6052)."""
    if isinstance(ip, IPv4Address):
        return
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield from ip.teredo
    if any(ip in network for network in _NAT64) or ip in _COMPATIBLE:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)


def is_public(ip: IP) -> bool:
    """Whether an address, and every address in it, is a public one (IANA's special-purpose registries)."""
    inner = list(embedded(ip))
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped or any(ip in network for network in _NAT64)):
        return all(map(is_public, inner))
    plain = ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
    return plain and all(map(is_public, inner))


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system resolves it.

    Raises:
        FetchError: "dns-failed".
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        passing = error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL)
        raise FetchError("dns-failed", f"{host} has no address: {error.strerror}", temporary=passing) from None
    except UnicodeError:
        raise FetchError("dns-failed", f"{host} has no address: it is not a host name") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Knows which addresses may be connected to."""

    def __init__(
        self, *, allow_private: bool = False, networks: Iterable[str] = (), resolver: Resolver = resolve
    ) -> None:
        self.allow_private = allow_private
        self.networks = tuple(map(_network, networks))
        self.resolver = resolver

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host, all of which may be connected to.

        Raises:
            FetchError: "private-address" where one of them may not, "dns-failed" where there is none.
        """
        found = await self.resolver(host, port)
        if not found:
            raise FetchError("dns-failed", f"{host} has no address")
        for text in found:
            if not self.allows(ip_address(text)):
                raise FetchError(
                    "private-address",
                    f"{host} leads to {text}, which is not a public address; use --allow-private for a server of yours",
                )
        return found

    def allows(self, ip: IP) -> bool:
        """Whether an address may be connected to."""
        if self.allow_private or is_public(ip):
            return True
        mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
        return any((mapped or ip) in network for network in self.networks)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Makes connections to checked addresses only."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first checked address of `host` that answers; see `httpcore.AsyncNetworkBackend`."""
        failure: Exception | None = None
        for ip in await self._guard.addresses(host, port):
            try:
                return await self._backend.connect_tcp(ip, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Waits; see `httpcore.AsyncNetworkBackend`."""
        await asyncio.sleep(seconds)


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise InputError("bad-address", f"{text!r} is not a network: {error}; write it as 10.1.0.0/16") from None
