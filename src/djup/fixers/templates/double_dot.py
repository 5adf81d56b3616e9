"""``{{ book..title }}`` is ``{{ book.title }}``; within quotes the dots stay."""

from __future__ import annotations

import re

from djup.fixers.engine.template_patch import TemplatePatch
from djup.source.templates import Token

_DOTS = re.compile(rb"(?<![\w.])[A-Za-z_][\w.]*?(\.\.)(?=\w)")
_QUOTED = re.compile(rb""""[^"]*"|'[^']*'""")


def double_dot(patch: TemplatePatch) -> None:
    """``{{ book..title }}`` is ``{{ book.title }}``; within quotes the dots stay.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#features-deprecated-in-6-1
    """
    for token in patch.tokens:
        for start in _dots(patch, token):
            patch.replace(start, start + 2, b".")


def _dots(patch: TemplatePatch, token: Token) -> list[int]:
    if token.kind == "comment" or token.name in {"comment", "url", "static", "include", "extends", "load"}:
        return []
    inner = patch.body[token.inner_start : token.inner_end]
    quoted = [(one.start(), one.end()) for one in _QUOTED.finditer(inner)]
    found = [one.start(1) for one in _DOTS.finditer(inner)]
    return [token.inner_start + one for one in found if not any(start <= one < end for start, end in quoted)]
