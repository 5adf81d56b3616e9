"""``session["django_language"]`` has the key ``LANGUAGE_SESSION_KEY``; the cookie keeps its name."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field, text_of

_KEY = "django_language"


def django_language(patch: Patch) -> None:
    """``session["django_language"]`` has the key ``LANGUAGE_SESSION_KEY``; the cookie keeps its name.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#features-removed-in-1-8
    """
    for node in patch.module.strings(_KEY):
        outer = node.parent
        if outer is None or patch.skips(node):
            continue
        holder = None
        if outer.type == "subscript":
            holder = field(outer, "value")
        elif outer.type == "argument_list" and outer.parent is not None:
            function = field(outer.parent, "function")
            holder = field(function, "object") if function is not None and function.type == "attribute" else None
        if holder is not None and text_of(holder).rpartition(b".")[2] == b"session":
            patch.replace(node, patch.need("django.utils.translation", "LANGUAGE_SESSION_KEY", node))
