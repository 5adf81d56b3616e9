"""``from django.conf.urls.defaults import *`` becomes an import of the names that the file uses."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import field

_URL_NAMES = ("handler403", "handler404", "handler500", "include", "patterns", "url")


def urls_defaults_star(patch: Patch) -> None:
    """``from django.conf.urls.defaults import *`` becomes an import of the names that the file uses.

    https://docs.djangoproject.com/en/1.8/releases/1.4/#django-conf-urls-defaults
    """
    for one in patch.module.imports:
        if one.name != "*" or one.module != "django.conf.urls.defaults" or one.conditional or patch.skips(one.item):
            continue
        used = [name for name in _URL_NAMES if _uses_word(patch, name)]
        names = ", ".join(used) or "url"
        patch.replace(one.statement, f"from django.conf.urls import {names}")


def _uses_word(patch: Patch, word: str) -> bool:
    return any(
        node.parent is not None
        and node.parent.type not in {"attribute", "keyword_argument"}
        and not (node.parent.type == "assignment" and field(node.parent, "left") == node)
        for node in patch.module.spelled(word)
    )
