"""Calls that must say now what used to be a default: each gets the argument it had all along."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source.calls import append_items

_ESCAPING = ("join", "linebreaksbr", "linebreaks_filter", "linenumbers", "unordered_list", "urlize", "urlizetrunc")


def random_string_length(patch: Patch) -> None:
    """``get_random_string()`` had a length of 12."""
    for call in patch.module.calls("django.utils.crypto.get_random_string"):
        if patch.skips(call.node) or call.positional or call.keyword("length"):
            continue
        if call.unpacks or call.arguments:
            patch.report(call.node)
        else:
            patch.edit(append_items(patch.module.body, call.brackets, ["12"]))


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


def hmac_algorithm(patch: Patch) -> None:
    """``salted_hmac()`` and ``base64_hmac()`` use SHA-1 unless told otherwise."""
    for home, place in (("django.utils.crypto.salted_hmac", 3), ("django.core.signing.base64_hmac", 3)):
        for call in patch.module.calls(home):
            if patch.skips(call.node) or call.keyword("algorithm"):
                continue
            if call.unpacks:
                patch.report(call.node)
            elif len(call.positional) <= place:
                patch.edit(append_items(patch.module.body, call.brackets, ['algorithm="sha1"']))


def filters_escape(patch: Patch) -> None:
    """Filters that are called as functions did not escape until 1.7.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#default-autoescaping-of-functions-in-django-template-defaultfilters
    """
    for name in _ESCAPING:
        for call in patch.module.calls(f"django.template.defaultfilters.{name}"):
            if not (call.unpacks or call.keyword("autoescape") or patch.skips(call.node)):
                patch.edit(append_items(patch.module.body, call.brackets, ["autoescape=False"]))
