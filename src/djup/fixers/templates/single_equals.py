"""``{% if a = b %}`` is ``{% if a == b %}``."""

from __future__ import annotations

from djup.fixers.engine.template_patch import TemplatePatch


def single_equals(patch: TemplatePatch) -> None:
    """``{% if a = b %}`` is ``{% if a == b %}``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#as-comparison-operator-in-if-template-tag
    """
    for token in patch.tokens:
        if token.name in {"if", "elif"}:
            for word in token.bits[1:]:
                if word.text == b"=":
                    patch.replace(word.start, word.end, b"==")
