"""Settings of early releases whose value must look otherwise now."""

from __future__ import annotations

from djup.fixers.cache_settings import entry_of
from djup.fixers.patch import Patch
from djup.fixers.site_settings import assigned, keys
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import text_of

_MEMCACHED = ("django.core.cache.backends.memcached.", "memcached")


def tuple_settings(patch: Patch) -> None:
    """A string in the place of a tuple becomes a tuple of one.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#features-removed-in-1-7
    """
    for name in ("INSTALLED_APPS", "TEMPLATE_DIRS"):
        for _, value in assigned(patch, name):
            inner = value.named_children[0] if value.type == "parenthesized_expression" else value
            if string_value(inner) is None:
                continue
            if inner == value:
                patch.replace(value, f"({text_of(value).decode()},)")
            else:
                patch.edit(Edit(start=inner.end_byte, end=inner.end_byte, text=b","))


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
