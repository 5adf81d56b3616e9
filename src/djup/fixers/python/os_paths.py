"""Functions that return their argument on Python 3: the argument itself takes the place of the call."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of
from djup.source.tree import text_of


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
