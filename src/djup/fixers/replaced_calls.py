"""Calls of functions that were removed, each replaced by what it did."""

from __future__ import annotations

from djup.fixers.contexts import is_context
from djup.fixers.patch import Patch
from djup.source.calls import call_of, insert_first
from djup.source.tree import text_of

_RENDER = {"", "context", "content_type", "status", "using"}
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def identity(patch: Patch) -> None:
    """Functions that return their argument on Python 3: the argument itself takes the place of the call."""
    for dotted in patch.change.seen.calls:
        for node in patch.module.uses(dotted):
            call = call_of(node)
            if patch.skips(node):
                continue
            if call is None or len(call.arguments) != 1 or call.unpacks:
                patch.report(node)
            else:
                patch.replace(call.node, text_of(call.arguments[0].value).decode())


def render_to_response(patch: Patch) -> None:
    """``render_to_response(…)`` is ``render(None, …)``: no request, no context processors (shortcuts.py of 2.2)."""
    for node in patch.module.uses("django.shortcuts.render_to_response"):
        call = call_of(node)
        if patch.skips(node):
            continue
        given = {one.name for one in call.arguments} if call is not None else set()
        if call is None or not call.positional or call.unpacks or not given <= _RENDER:
            patch.report(node)
            continue
        if any(is_context(patch, one.value) for one in call.arguments):
            patch.report(node)  # render() takes no contexts; with RequestContext they go first, by a change of 1.10
            continue
        patch.replace(node, patch.need("django.shortcuts", "render", node))
        patch.edit(insert_first(patch.module.body, call.brackets, "None"))


def storage_class(patch: Patch) -> None:
    """``get_storage_class(path)`` imported the class by its path, without one it gave that of the default storage."""
    for home in ("django.core.files.storage.get_storage_class",):
        for node in patch.module.uses(home):
            call = call_of(node)
            if patch.skips(node):
                continue
            if call is not None and not call.arguments:
                patch.replace(
                    call.node, f"{patch.need('django.core.files.storage', 'default_storage', node)}.__class__"
                )
            elif call is None or len(call.positional) != 1 or call.unpacks:
                patch.report(node)
            else:
                patch.replace(node, patch.need("django.utils.module_loading", "import_string", node))


def random_password(patch: Patch) -> None:
    """``make_random_password(length=10)`` of user managers drew from letters that are hard to mix up."""
    for node in patch.module.attributes("make_random_password"):
        call = call_of(node)
        if patch.skips(node):
            continue
        length = call.keyword("length") or (call.positional[0] if call.positional else None) if call else None
        if call is None or call.unpacks or len(call.arguments) > (1 if length else 0):
            patch.report(node)
            continue
        function = patch.need("django.utils.crypto", "get_random_string", node)
        size = text_of(length.value).decode() if length else "10"
        patch.replace(call.node, f'{function}({size}, "{_LETTERS}")')
