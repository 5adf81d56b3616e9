"""``forms.URLField`` took an address without a scheme as ``http``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items


def url_scheme(patch: Patch) -> None:
    """``forms.URLField`` took an address without a scheme as ``http``."""
    for home in ("django.forms.URLField", "django.forms.fields.URLField"):
        for call in patch.module.calls(home):
            if patch.skips(call.node) or call.keyword("assume_scheme"):
                continue
            if call.unpacks:
                patch.report(call.node)
            else:
                patch.edit(append_items(patch.module.body, call.brackets, ['assume_scheme="http"']))
