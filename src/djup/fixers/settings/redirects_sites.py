"""``contrib.redirects`` needs ``contrib.sites``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned
from djup.source.calls import insert_first
from djup.source.strings import string_value
from djup.source.tree import walk


def sites_for_redirects(patch: Patch) -> None:
    """``contrib.redirects`` needs ``contrib.sites``."""
    for _, value in assigned(patch, "INSTALLED_APPS"):
        apps = {string_value(node) for node in walk(value) if node.type == "string"}
        if "django.contrib.redirects" in apps and "django.contrib.sites" not in apps:
            if value.type in {"list", "tuple"}:
                patch.edit(insert_first(patch.module.body, value, '"django.contrib.sites"'))
            else:
                patch.report(value)
