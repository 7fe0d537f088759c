"""Where a request comes from, as far as it tells one household from another."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import request


def network() -> str:
    """The network a request comes from: its address, or for IPv6 the part a household has."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    return text if address.ipv4_mapped else str(IPv6Address(int(address) >> 64 << 64))
