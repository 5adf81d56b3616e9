"""``wraps(view, assigned=available_attrs(view))`` is ``wraps(view)``: on Python 3 it gives wraps' own default."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of, remove_item


def available_attrs(patch: Patch) -> None:
    """``wraps(view, assigned=available_attrs(view))`` is ``wraps(view)``: on Python 3 it gives wraps' own default."""
    for node in patch.module.uses("django.utils.decorators.available_attrs"):
        call = call_of(node)
        argument = call.node.parent if call is not None else None
        wraps = None
        if argument is not None and argument.type == "keyword_argument" and argument.parent is not None:
            wraps = argument.parent.parent
        if argument is None or argument.parent is None or wraps is None or b"assigned" not in (argument.text or b""):
            patch.report(node)
        elif not patch.skips(node):
            patch.edit(remove_item(patch.module.body, argument.parent, argument))
