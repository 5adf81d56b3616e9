"""``context.has_key("a")`` is ``"a" in context``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.fixers.http.is_ajax import SAFE_AROUND
from djup.source.calls import call_of
from djup.source.tree import text_of

_CONTEXTS = {"context", "ctx", "request_context", "template_context"}


def context_has_key(patch: Patch) -> None:
    """``context.has_key("a")`` is ``"a" in context``."""
    for node in patch.module.attributes("has_key"):
        call, receiver = call_of(node), receiver_of(node)
        if receiver.rpartition(".")[2] not in _CONTEXTS or patch.skips(node):
            continue
        if call is None or len(call.positional) != 1 or len(call.arguments) != 1:
            patch.report(node)
            continue
        text = f"{text_of(call.positional[0].value).decode()} in {receiver}"
        around = call.node.parent
        patch.replace(call.node, text if around is not None and around.type in SAFE_AROUND else f"({text})")
