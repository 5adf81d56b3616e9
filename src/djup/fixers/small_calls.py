"""Calls and attributes of Django 1.11 to 2.2, each replaced by what took its place."""

from __future__ import annotations

import re

from djup.fixers.ajax import SAFE_AROUND
from djup.fixers.command_calls import calls_of
from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import append_items, call_of
from djup.source.edits import Edit
from djup.source.strings import literal, string_value
from djup.source.tree import field, text_of, within

_KEY = re.compile(rb"(?:\.pk|\.id|\bint\(.*\))$", re.DOTALL)
_CACHE = ("django.core.cache.cache",)


def string_concat(patch: Patch) -> None:
    """``string_concat(a, b)`` is ``format_lazy("{}{}", a, b)``."""
    for node in patch.module.uses("django.utils.translation.string_concat"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or call.unpacks or not call.positional or len(call.positional) != len(call.arguments):
            patch.report(node)
            continue
        format_lazy = patch.need("django.utils.text", "format_lazy", node)
        patch.replace(node, format_lazy)
        first = call.arguments[0].node.start_byte
        patch.edit(Edit(start=first, end=first, text=f'"{"{}" * len(call.arguments)}", '.encode()))


def has_auto_field(patch: Patch) -> None:
    """``model._meta.has_auto_field`` is ``model._meta.auto_field is not None``."""
    for node in patch.module.attributes("has_auto_field"):
        receiver = receiver_of(node)
        if not receiver.endswith(("_meta", "opts", ".meta")) or patch.skips(node):
            continue
        text, around = f"{receiver}.auto_field is not None", node.parent
        patch.replace(node, text if around is not None and around.type in SAFE_AROUND else f"({text})")


def encoded_text(patch: Patch) -> None:
    """``urlsafe_base64_encode(x).decode()`` is ``urlsafe_base64_encode(x)``: a text already."""
    for call in patch.module.calls("django.utils.http.urlsafe_base64_encode"):
        attribute = call.node.parent
        outer = call_of(attribute) if attribute is not None and attribute.type == "attribute" else None
        if outer is None or text_of(field(outer.function, "attribute")) != b"decode" or patch.skips(call.node):
            continue
        patch.edit(Edit(start=call.node.end_byte, end=outer.node.end_byte, text=b""))


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


def cache_keys(patch: Patch) -> None:
    """Numbers as keys of the cache become texts, which they were made into before; keys of objects are a person's."""
    for name in ("get", "set", "add", "delete", "get_or_set", "incr", "decr", "touch"):
        for call in (one for home in _CACHE for one in patch.module.calls(f"{home}.{name}")):
            given = call.keyword("key") or (call.positional[0] if call.positional else None)
            if given is None or patch.skips(call.node):
                continue
            if given.value.type == "integer":
                patch.replace(given.value, f'"{text_of(given.value).decode()}"')
            elif given.value.type in {"attribute", "call"} and _KEY.search(text_of(given.value)):
                patch.report(call.node)


def live_server_address(patch: Patch) -> None:
    """Take out what sets ``DJANGO_LIVE_TEST_SERVER_ADDRESS``, which nothing reads; ``test`` has no ``liveserver``."""
    for node in patch.module.strings("DJANGO_LIVE_TEST_SERVER_ADDRESS"):
        statement = within(node, "expression_statement")
        block = statement.parent if statement is not None else None
        inner = statement.named_children[0] if statement is not None else None
        sets = inner is not None and text_of(inner).startswith((b"os.environ", b"environ"))
        if statement is None or block is None or inner is None or patch.skips(node):
            continue
        if not sets or inner.type not in {"assignment", "call"} or b".get(" in text_of(inner):
            patch.report(node)
        elif len([one for one in block.named_children if one.type != "comment"]) == 1:
            patch.replace(statement, "pass")
        else:
            end = patch.module.body.find(b"\n", statement.end_byte) + 1 or len(patch.module.body)
            start = patch.module.body.rfind(b"\n", 0, statement.start_byte) + 1
            patch.edit(Edit(start=start, end=end, text=b""))
    for call in calls_of(patch, "test"):
        if call.keyword("liveserver") is not None or any(
            (string_value(one.value) or "").startswith("--liveserver") for one in call.positional
        ):
            patch.report(call.node)


def url_flags(patch: Patch) -> None:
    """Point at patterns with flags such as ``(?i)``."""
    for name in ("django.conf.urls.url", "django.urls.re_path", "django.conf.urls.re_path"):
        for call in patch.module.calls(name):
            given = call.keyword("regex") or (call.positional[0] if call.positional else None)
            one = literal(given.value) if given is not None else None
            if one is not None and re.search(r"\(\?[iLmsux#]", one.value):
                patch.report(call.node)


def abbreviated_options(patch: Patch) -> None:
    """Point at ``--sett`` and the like given to commands."""
    for dotted in ("django.core.management.call_command", "django.core.management.execute_from_command_line"):
        for call in patch.module.calls(dotted):
            for match in re.finditer(rb"['\"]--(\w+)", text_of(call.brackets)):
                word = match[1].decode()
                short = any(full.startswith(word) and word != full for full in ("settings", "pythonpath"))
                if short and len(word) > 2:  # noqa: PLR2004  # shorter ones may be options of the command
                    patch.report(call.node)
