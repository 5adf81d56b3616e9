"""Middleware that a package came to demand in ``MIDDLEWARE``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk

ACCOUNT = "allauth.account.middleware.AccountMiddleware"


def account_middleware(patch: Patch) -> None:
    """``allauth.account`` refuses to start without its middleware.

    https://docs.allauth.org/en/latest/release-notes/2023.html (0.56.0)
    """
    _append(patch, ACCOUNT, app="allauth.account")


def _append(patch: Patch, middleware: str, *, app: str) -> None:
    """Add to the end of each ``MIDDLEWARE`` written out in a settings module that has the app installed."""
    if patch.module.path not in patch.facts.settings.modules:
        return
    texts = {string_value(node) for node in walk(patch.module.tree.root_node) if node.type == "string"}
    if app not in texts or middleware in texts:
        return
    for assignment in patch.module.assignments("MIDDLEWARE"):
        value = field(assignment, "right")
        if value is None or value.type not in {"list", "tuple"}:
            patch.report(assignment)
        elif not patch.skips(assignment):
            mark = "'" if "'" in text_of(value).decode() else '"'
            patch.edit(append_items(patch.module.body, value, [f"{mark}{middleware}{mark}"]))
