"""Numbers as keys of the cache become texts, which they were made into before; keys of objects are a person's."""

from __future__ import annotations

import re

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of

_KEY = re.compile(rb"(?:\.pk|\.id|\bint\(.*\))$", re.DOTALL)
_CACHE = ("django.core.cache.cache",)


def cache_keys(patch: Patch) -> None:
    """Numbers as keys of the cache become texts, which they were made into before; keys of objects are a person's."""
    for name in ("get", "set", "add", "delete", "get_or_set", "incr", "decr", "touch"):
        for call in (one for home in _CACHE for one in patch.module.calls(f"{home}.{name}")):
            given = call.keyword("key") or (call.positional[0] if call.positional else None)
            if given is None or patch.skips(call.node):
                continue
            if given.value.type == "integer":
                patch.replace(given.value, f'"{text_of(given.value).decode()}"')
            elif given.value.type in {"attribute", "call"} and _KEY.search(text_of(given.value)):
                patch.report(call.node)
