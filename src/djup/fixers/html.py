"""``format_html()`` without anything to format: ``mark_safe()`` of the same text.

https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
"""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source.strings import string_value


def format_html(patch: Patch) -> None:
    """Rewrite where the text is written out and has no braces; a text made at run time is left to a person."""
    for call in patch.module.calls("django.utils.html.format_html"):
        if patch.skips(call.node) or len(call.arguments) != 1:
            continue
        text = string_value(call.arguments[0].value)
        if call.unpacks:
            continue
        if text is None or "{" in text or "}" in text or call.arguments[0].name:
            patch.report(call.node)
        else:
            patch.replace(call.function, patch.need("django.utils.safestring", "mark_safe", call.node))
