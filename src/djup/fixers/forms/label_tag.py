"""``{{ field.label_tag }}:`` has its colon already; one that stands further off is left to a person."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch

_COLON = re.compile(rb"\s*(?:</?\w+[^>]*>\s*)?:")


def label_tag_colon(patch: TemplatePatch) -> None:
    """``{{ field.label_tag }}:`` has its colon already; one that stands further off is left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#miscellaneous
    """
    for token in patch.tokens:
        inner = patch.body[token.inner_start : token.inner_end].strip()
        if token.kind != "variable" or not inner.endswith(b".label_tag"):
            continue
        if patch.body[token.end : token.end + 1] == b":":
            patch.replace(token.end, token.end + 1, b"")
        elif _COLON.match(patch.body, token.end):
            patch.report(token.start)
