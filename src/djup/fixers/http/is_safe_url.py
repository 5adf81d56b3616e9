"""``is_safe_url()``: the hosts that are allowed, and no host of its own.

https://docs.djangoproject.com/en/1.11/releases/1.11/#miscellaneous-1
"""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items
from djup.source.tree import text_of

_HOST = re.compile(rb"(?:get_host\(\)|(?:^|[._])host)$")
_HOMES = ("django.utils.http.is_safe_url",)


def safe_url_host(patch: Patch) -> None:
    """``is_safe_url(url, host=x)`` is ``is_safe_url(url, allowed_hosts={x})``; so without the keyword."""
    for call in (one for home in _HOMES for one in patch.module.calls(home)):
        plain = call.positional
        given = call.keyword("host") or (plain[1] if len(plain) > 1 else None)
        if given is None or patch.skips(call.node) or call.keyword("allowed_hosts") is not None:
            continue
        if call.unpacks or len(plain) > 2 or not (given.name or _HOST.search(text_of(given.value))):  # noqa: PLR2004
            if given.value.type not in {"set", "list", "tuple"} and b"hosts" not in text_of(given.value):
                patch.report(call.node)
            continue
        patch.replace(given.node, f"allowed_hosts={{{text_of(given.value).decode()}}}")


def safe_url_hosts(patch: Patch) -> None:
    """``is_safe_url(url)`` says that no host is allowed, only addresses without one."""
    for call in (one for home in _HOMES for one in patch.module.calls(home)):
        if len(call.arguments) == 1 and not call.unpacks and not patch.skips(call.node):
            patch.edit(append_items(patch.module.body, call.brackets, ["allowed_hosts=None"]))
