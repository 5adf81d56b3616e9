"""``render_to_response(…)`` is ``render(None, …)``: no request, no context processors (shortcuts.py of 2.2)."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.templates.contexts import is_context
from djup.source.calls import call_of, insert_first

_RENDER = {"", "context", "content_type", "status", "using"}


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
