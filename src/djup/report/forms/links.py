"""Addresses that a page may link to."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

SCHEMES = frozenset({"http", "https"})

KEPT = "!#$%&'()*+,/:;=?@[]~"
"""What an address is written with besides letters and digits (RFC 3986)."""


def safe_address(address: str) -> str:
    """The address with everything escaped that could end it, or ``""`` for one no page links to (``javascript:``)."""
    if not address.isprintable():
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or not parts.netloc:
        return ""
    return quote(address, safe=KEPT).replace("'", "%27")
