"""Where an address leads: the machine behind its name, which must be one of the open internet.

Who can write an address must not reach what only our server reaches: its own ports, the network
behind it, the services of its host (SSRF). So a name is looked up once, each number that it has is
looked at, and the connection goes to that number and to no other.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

_PORTS = {"http": 80, "https": 443}
_OF_THE_WEB = {80, 443, 8080, 8443}  # what else listens is no page: mail, databases, sign-ins
# Numbers that stand for others, behind which a private one may hide.
_STANDING_FOR_OTHERS = [
    ip_network(text) for text in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")
]
_OF_THE_HOST = ip_address("168.63.129.16")  # of a virtual machine in Azure; else open to nobody
_SAFE_PATH = "/%:@!$&'()*+,;=~-._[]"


class NotPublic(ValueError):
    """An address that we do not ask."""


class NoSuchName(LookupError):
    """The names of the internet know no such host."""


@dataclass(frozen=True)
class Place:
    """`number` is the address of the machine; `target` the path with the query."""

    scheme: str
    host: str
    port: int
    number: str
    target: str

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def place_of(url: str, *, allow_private: bool = False) -> Place:
    """Raises NotPublic, NoSuchName, or OSError where the names cannot be asked at the moment."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode()
    except (ValueError, KeyError) as wrong:  # UnicodeError is a ValueError
        raise NotPublic(url) from wrong
    if not host or parts.username is not None or parts.password is not None:
        raise NotPublic(url)
    if port not in _OF_THE_WEB and not allow_private:
        raise NotPublic(url)
    number = _number(host, port, allow_private=allow_private)
    path = quote(parts.path or "/", safe=_SAFE_PATH)
    query = f"?{quote(parts.query, safe=_SAFE_PATH + '?')}" if parts.query else ""
    return Place(parts.scheme, host, port, number, path + query)


def host_of(url: str) -> str:
    """The host in `url` as it is asked one at a time; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _number(host: str, port: int, *, allow_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as failure:
        if failure.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise NoSuchName(host) from failure
        raise
    except UnicodeError as wrong:  # a label that is empty or too long
        raise NotPublic(host) from wrong
    numbers = [str(entry[4][0]) for entry in found]
    # One private number among them is enough: who answers next may be that one.
    if not allow_private and not all(map(_is_public, numbers)):
        raise NotPublic(host)
    return numbers[0]


def _is_public(text: str) -> bool:
    number: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(number, IPv6Address):
        number = number.ipv4_mapped or number
    if isinstance(number, IPv6Address) and (
        number.is_site_local or any(number in net for net in _STANDING_FOR_OTHERS)
    ):
        return False
    return number.is_global and not number.is_multicast and number != _OF_THE_HOST
