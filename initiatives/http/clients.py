"""Who asks: for the throttle of the API and for wrong passwords."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any


def client_of(meta: dict[str, Any], proxies: int) -> str:
    """The address that the request came from, behind so many `proxies` of our own.

    Each of them adds the address that it was asked from to X-Forwarded-For, on the right; what
    stands further left was written by the client, who may write anything. Of IPv6 the network
    counts that one connection is given.
    """
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
    seen = [part.strip() for part in forwarded if part.strip()]
    text = seen[-proxies] if 0 < proxies <= len(seen) else meta.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))
