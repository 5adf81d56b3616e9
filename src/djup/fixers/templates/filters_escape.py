"""Filters that are called as functions did not escape until 1.7."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import append_items

_ESCAPING = ("join", "linebreaksbr", "linebreaks_filter", "linenumbers", "unordered_list", "urlize", "urlizetrunc")


def filters_escape(patch: Patch) -> None:
    """Filters that are called as functions did not escape until 1.7.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#default-autoescaping-of-functions-in-django-template-defaultfilters
    """
    for name in _ESCAPING:
        for call in patch.module.calls(f"django.template.defaultfilters.{name}"):
            if not (call.unpacks or call.keyword("autoescape") or patch.skips(call.node)):
                patch.edit(append_items(patch.module.body, call.brackets, ["autoescape=False"]))
