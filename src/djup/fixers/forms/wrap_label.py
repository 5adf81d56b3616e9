"""``wrap_label`` of a widget's template is ``widget.wrap_label``."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch

_WRAP_LABEL = re.compile(rb"(?<![\w.])wrap_label\b")


def wrap_label(patch: TemplatePatch) -> None:
    """``wrap_label`` of a widget's template is ``widget.wrap_label``.

    https://docs.djangoproject.com/en/2.1/releases/2.1/#moved-wrap-label-widget-template-context-variable
    """
    for token in patch.tokens:
        if token.kind != "comment":
            for match in _WRAP_LABEL.finditer(patch.body, token.inner_start, token.inner_end):
                patch.replace(match.start(), match.start(), b"widget.")
