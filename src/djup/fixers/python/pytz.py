"""``pytz``: Django 5.0 knows only the time zones of Python itself, ``zoneinfo`` and ``datetime.timezone``.

https://docs.djangoproject.com/en/4.0/releases/4.0/#zoneinfo-default-timezone-implementation
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of, rename_keyword

_BOUND = ("localize", "normalize")


def pytz(patch: Patch) -> None:
    """``pytz.utc`` is ``datetime.timezone.utc``, ``pytz.timezone(x)`` is ``zoneinfo.ZoneInfo(x)``.

    Left alone in a file that uses what only pytz has: ``localize()``, ``normalize()``, its exceptions and
    lists of zones.
    """
    module = patch.module
    names = {"pytz.utc", "pytz.UTC", "pytz.timezone"}
    others = [node for node in module.uses("pytz") if not any(one in names for one in _origins(patch, node))]
    taken = [one for one in module.imports if one.origin.startswith("pytz.") and one.origin not in names]
    bound = [node for name in _BOUND for node in module.attributes(name)]
    for node in (*others, *bound, *(one.item for one in taken)):
        patch.report(node)
    if others or bound or taken:
        return
    for name in ("pytz.utc", "pytz.UTC"):
        for node in module.uses(name):
            if not patch.skips(node):
                patch.replace(node, f"{patch.need('datetime', 'timezone', node)}.utc")
    for node in module.uses("pytz.timezone"):
        if patch.skips(node):
            continue
        call = call_of(node)
        if call is None:
            patch.report(node)
            continue
        patch.replace(node, patch.need("zoneinfo", "ZoneInfo", node))
        named = call.keyword("zone")
        if named is not None:
            patch.edit(rename_keyword(named, "key"))


def _origins(patch: Patch, node: Node) -> tuple[str, ...]:
    """What the attribute taken from a module stands for."""
    parent = node.parent
    return patch.module.origins(parent) if parent is not None and parent.type == "attribute" else ()
