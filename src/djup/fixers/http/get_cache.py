"""``get_cache("alias")`` is ``caches["alias"]``; caches made on the spot have to be declared by a person."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.strings import string_value
from djup.source.tree import text_of

_ALIAS = re.compile(r"[\w-]+\Z")


def get_cache(patch: Patch) -> None:
    """``get_cache("alias")`` is ``caches["alias"]``; caches made on the spot have to be declared by a person.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#django-core-cache-get-cache
    """
    for node in patch.module.uses("django.core.cache.get_cache"):
        call = call_of(node)
        if patch.skips(node):
            continue
        plain = call is not None and len(call.arguments) == len(call.positional) == 1
        if call is None or not plain or not _is_alias(call.arguments[0].value):
            patch.report(node)
            continue
        alias = text_of(call.arguments[0].value).decode()
        patch.replace(call.node, f"{patch.need('django.core.cache', 'caches', node)}[{alias}]")


def _is_alias(value: Node) -> bool:
    """Whether an argument is the alias of a cache: written out, or under a name that says so."""
    text = string_value(value)
    if text is not None:
        return bool(_ALIAS.match(text))
    name = text_of(value).decode().rpartition(".")[2].lower()
    return value.type in {"identifier", "attribute"} and any(word in name for word in ("alias", "name"))
