"""Which addresses may be fetched: those of http and https, in networks that all the world reaches."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from kg.errors import FetchError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
SAFE = "/%:=&?~#+!$,;'@()*[]"
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LONGEST = 2000
CONTROLS = re.compile(r"[\x00-\x20\x7f]")


def parse_url(text: str, base: str = "") -> str:
    """An address in ASCII, without fragment. Raises FetchError for what is none of http or https."""
    try:
        parts = urlsplit(urljoin(base, text.strip()))
        host = (parts.hostname or "").encode("idna").decode("ascii") if ":" not in (parts.hostname or "") else ""
        host = host or f"[{parts.hostname}]"
        port = f":{parts.port}" if parts.port is not None else ""
        path, query = quote(parts.path or "/", safe=SAFE), quote(parts.query, safe=SAFE)
    except (ValueError, UnicodeError) as error:
        raise FetchError(text[:200], f"not an address: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(text[:200], "not an address of http or https")
    if parts.username is not None or len(text) > LONGEST or CONTROLS.search(text.strip()):
        raise FetchError(text[:200], "an address with a name or password, control characters or too much in it")
    return urlunsplit((parts.scheme, host + port, path, query, ""))


def resolve_host(host: str, port: int, allowed: tuple[str, ...]) -> list[IP]:
    """The addresses of a host. Raises FetchError if it has none, or one of them is private."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(host, f"the host is not known: {error}") from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if not is_public(address) and not is_allowed(address, allowed):
            raise FetchError(host, f"{address} is a private address; --allow-private lets them be fetched")
    return list(dict.fromkeys(addresses))


def is_public(address: IP) -> bool:
    """Whether an address, and the one that stands inside of it, is one of the public network."""
    return all(inner.is_global and not inner.is_multicast for inner in list_inner(address))


def list_inner(address: IP) -> Iterator[IP]:
    """The address, and the IPv4 address that some IPv6 addresses are another way to."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if inner is None and address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is None:
        yield address
    if inner is not None:
        yield inner


def is_allowed(address: IP, allowed: tuple[str, ...]) -> bool:
    """Whether the user lets an address be fetched from."""
    networks = [ipaddress.ip_network(network) for network in allowed]
    return any(inner in network for inner in list_inner(address) for network in networks)
