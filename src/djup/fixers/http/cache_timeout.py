"""A timeout of None, which meant the default, is left out: it would mean for ever."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import remove_item


def timeout_none(patch: Patch) -> None:
    """A timeout of None, which meant the default, is left out: it would mean for ever.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for method in ("set", "add", "set_many"):
        for call in patch.module.calls(f"django.core.cache.cache.{method}"):
            place = 1 if method == "set_many" else 2
            given = call.keyword("timeout") or (call.positional[place] if len(call.positional) > place else None)
            if given is None or given.value.type != "none" or patch.skips(call.node):
                continue
            if given.name or (given == call.arguments[-1] and not call.unpacks):
                patch.edit(remove_item(patch.module.body, call.brackets, given.node))
            else:
                patch.report(call.node)
