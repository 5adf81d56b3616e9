"""Names that early releases kept in other places: codes of permissions, the language of a session."""

from __future__ import annotations

from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import call_of
from djup.source.tree import field, text_of

_OPTIONS = {"_meta", "opts"}
_KEY = "django_language"


def permission_codename(patch: Patch) -> None:
    """``opts.get_add_permission()`` is ``get_permission_codename("add", opts)``.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#get-add-change-delete-permission-model-meta-methods
    """
    for action in ("add", "change", "delete"):
        for node in patch.module.attributes(f"get_{action}_permission"):
            call, options = call_of(node), receiver_of(node)
            if call is None or call.arguments or options.rpartition(".")[2] not in _OPTIONS or patch.skips(node):
                continue
            function = patch.need("django.contrib.auth", "get_permission_codename", node)
            patch.replace(call.node, f'{function}("{action}", {options})')


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
