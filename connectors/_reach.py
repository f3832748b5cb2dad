"""Where an address that somebody pasted may lead: the public network over https, and this machine only where it was named."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, Self

from connectors._errors import RejectedError, UnreachableError
from connectors._guard import is_this_machine

if TYPE_CHECKING:
    from collections.abc import Sequence

Resolve = Callable[[str, int], Awaitable["Sequence[str]"]]
"""Finds the addresses of a host name and a port."""

_EMBEDDING = IPv6Network("64:ff9b::/96")
"""Addresses that gateways translate into the IPv4 address in their last four bytes (RFC 6052)."""
_MOST_ADDRESSES = 3


class PublicOnly:
    """A transport that leads nowhere but to public addresses over https, by a name looked up once.

    A page that redirects inwards, and a name that changes its address between the look-up and the connection, reach
    nothing: the address that was judged is the one that is spoken to.
    """

    def __init__(
        self,
        inner: Any,
        *,
        here: bool,
        refused: type[Exception],
        resolve: Resolve | None = None,
        by_proxy: bool = False,
    ) -> None:
        """Guard a transport.

        Args:
            inner: the transport that carries what may leave.
            here: this machine may be spoken to, by http too, where it is named as such; for somebody who typed that.
            refused: what `inner` raises when no connection stands, so that a host's next address is tried.
            resolve: how names are looked up.
            by_proxy: a proxy looks names up and connects; only what an address says of itself can be judged here.
        """
        self._inner = inner
        self._here = here
        self._refused = refused
        self._resolve = resolve or _addresses
        self._by_proxy = by_proxy

    async def handle_async_request(self, request: Any) -> Any:
        """Carry one request.

        Raises:
            RejectedError: it would lead into a private network, or without encryption.
            UnreachableError: nobody knows the host.
        """
        url, host = request.url, request.url.raw_host.decode("ascii").strip("[]")
        if self._here and is_this_machine(host):
            return await self._inner.handle_async_request(request)
        if url.scheme != "https":
            raise RejectedError(f"{host} is not asked without encryption", hint="write https://")
        if self._by_proxy and not _is_literal(host):
            return await self._inner.handle_async_request(request)
        addresses = [host] if _is_literal(host) else await self._resolve(host, url.port or 443)
        if not addresses or not all(is_public(address) for address in addresses):
            raise RejectedError(
                f"{host} is an address of a private network", hint="only what everybody can read is looked at"
            )
        return await self._first_that_answers(request, host, addresses[:_MOST_ADDRESSES])

    async def _first_that_answers(self, request: Any, host: str, addresses: "Sequence[str]") -> Any:
        *others, last = addresses
        for address in others:
            try:
                return await self._inner.handle_async_request(_pinned(request, host, address))
            except self._refused:
                continue
        return await self._inner.handle_async_request(_pinned(request, host, last))

    async def aclose(self) -> None:
        """Close the transport beneath."""
        await self._inner.aclose()

    async def __aenter__(self) -> Self:
        await self._inner.__aenter__()
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._inner.__aexit__(*raised)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, and no disguise of one that is not."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inside = _embedded(ip) if isinstance(ip, IPv6Address) else None
    return ip.is_global and not ip.is_multicast and (inside is None or inside.is_global)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if ip in _EMBEDDING:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _pinned(request: Any, host: str, address: str) -> Any:
    """Return the same request to this very address; name and certificate stay the host's."""
    return type(request)(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )


async def _addresses(host: str, port: int) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnreachableError(f"{host} cannot be reached: nobody knows this name", hint="check the address") from None
    found.sort(key=lambda each: each[0] != socket.AF_INET)  # a house without IPv6 is the commoner misfortune
    return list(dict.fromkeys(str(each[4][0]) for each in found))
