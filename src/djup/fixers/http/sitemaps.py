"""``{{ address }}`` of a sitemap index is ``{{ address.location }}``."""

from __future__ import annotations

import re

from djup.fixers.commands.call_command import calls_of
from djup.fixers.engine.patch import Patch
from djup.fixers.engine.template_patch import TemplatePatch
from djup.fixers.syntax.classes import own_option, subclasses
from djup.source.calls import append_items
from djup.source.strings import string_value

_LOOP = re.compile(rb"(\w+)\s+in\s+sitemaps\b")


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


def sitemap_protocol(patch: Patch) -> None:
    """Point at sitemaps that do not say their protocol."""
    for owner in subclasses(patch.module, "django.contrib.sitemaps.Sitemap", "django.contrib.sitemaps.GenericSitemap"):
        if own_option(patch.module, owner, "protocol") is None:
            patch.report(owner)


def ping_over_http(patch: Patch) -> None:
    """Keep ``http`` for the address of the sitemap, which is ``https`` unless told otherwise.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#miscellaneous
    """
    for call in patch.module.calls("django.contrib.sitemaps.ping_google"):
        if patch.skips(call.node) or call.keyword("sitemap_uses_https") is not None:
            continue
        if call.unpacks:
            patch.report(call.node)
        else:
            patch.edit(append_items(patch.module.body, call.brackets, ["sitemap_uses_https=False"]))
    for call in calls_of(patch, "ping_google"):
        said = "--sitemap-uses-http" in [string_value(one.value) for one in call.positional]
        if said or patch.skips(call.node) or call.keyword("sitemap_uses_http") is not None or call.unpacks:
            continue
        patch.edit(append_items(patch.module.body, call.brackets, ["sitemap_uses_http=True"]))
