"""``TIMEOUT: 0`` of a memcached cache, which kept for ever, is None."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.settings.cache_backend import entry_of
from djup.fixers.syntax.setting_values import assigned, keys
from djup.source.strings import literal, string_value
from djup.source.tree import text_of

_MEMCACHED = ("django.core.cache.backends.memcached.", "memcached")


def cache_timeout_zero(patch: Patch) -> None:
    """``TIMEOUT: 0`` of a memcached cache, which kept for ever, is None.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#miscellaneous
    """
    for _, value in assigned(patch, "CACHES"):
        for cache in keys(value).values() if value.type == "dictionary" else ():
            given = keys(cache) if cache.type == "dictionary" else {}
            timeout = given.get("TIMEOUT")
            known = (string_value(given.get("BACKEND")) or "").startswith(_MEMCACHED)
            if timeout is not None and known and text_of(timeout) == b"0":
                patch.replace(timeout, "None")


def cache_addresses(patch: Patch) -> None:
    """``get_cache("locmem://")`` names the class of the backend, and its place by ``LOCATION``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#miscellaneous
    """
    for call in patch.module.calls("django.core.cache.get_cache"):
        one = literal(call.positional[0].value) if call.positional else None
        if one is None or "://" not in one.value or patch.skips(call.node):
            continue
        entry = entry_of(one.value)
        if entry is None or len(call.arguments) != 1:
            patch.report(call.node)
            continue
        (_, backend), *others = entry
        arguments = ", ".join([backend, *(f"{key}={text}" for key, text in others)])
        patch.replace(call.brackets, f"({arguments})")
