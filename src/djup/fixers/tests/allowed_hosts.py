"""Point at hosts that tests send."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field


def wsgi_hosts(patch: Patch) -> None:
    """Point at hosts that tests send."""
    for name in ("HTTP_HOST", "SERVER_NAME"):
        for node in patch.module.spelled(name):
            argument = node.parent
            if argument is not None and argument.type == "keyword_argument" and field(argument, "name") == node:
                patch.report(argument)
