"""Lookups in templates that mean something else now."""

from __future__ import annotations

import re

from djup.fixers.templates import TemplatePatch
from djup.source.templates import Token

_LOOP = re.compile(rb"(\w+)\s+in\s+sitemaps\b")
_DOTS = re.compile(rb"(?<![\w.])[A-Za-z_][\w.]*?(\.\.)(?=\w)")
_QUOTED = re.compile(rb""""[^"]*"|'[^']*'""")


def sitemap_locations(patch: TemplatePatch) -> None:
    """``{{ address }}`` of a sitemap index is ``{{ address.location }}``.

    https://docs.djangoproject.com/en/4.1/releases/4.1/#features-deprecated-in-4-1
    """
    if b"<sitemapindex" not in patch.body:
        return
    loops: list[bytes] = []
    for token in patch.tokens:
        inner = patch.body[token.inner_start : token.inner_end]
        if token.name == "for":
            match = _LOOP.search(inner)
            loops.append(match[1] if match else b"")
        elif token.name == "endfor" and loops:
            loops.pop()
        elif token.kind == "variable" and inner.strip() and inner.strip() in loops:
            end = token.inner_start + len(inner.rstrip())
            patch.replace(end, end, b".location")


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
