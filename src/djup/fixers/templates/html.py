"""Functions of ``django.utils.html``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value


def format_html(patch: Patch) -> None:
    """``format_html()`` without anything to format is ``mark_safe()`` of the same text, where that is written out.

    https://docs.djangoproject.com/en/5.0/releases/5.0/#features-deprecated-in-5-0
    """
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


def strip_entities(patch: Patch) -> None:
    """``strip_entities(text)`` was one substitution (utils/html.py of 1.9); ``remove_tags()`` is left to a person."""
    for node in patch.module.uses("django.utils.html.remove_tags"):
        patch.report(node)
    for call, text in patch.calls_with_one("django.utils.html.strip_entities"):
        substitute = f"{patch.need('', 're', call.node)}.sub"
        force = patch.need("django.utils.encoding", "force_text", call.node)
        patch.replace(call.node, f'{substitute}(r"&(?:\\w+|#\\d+);", "", {force}({text}))')
