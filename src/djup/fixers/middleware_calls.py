"""Middleware: its ``get_response``, and what builds on RemoteUserMiddleware."""

from __future__ import annotations

from djup.fixers.classes import own_method, own_option, subclasses
from djup.fixers.patch import Patch
from djup.source.calls import Call, append_items, call_of
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import field, text_of

_MIDDLEWARE = (
    "auth.middleware.AuthenticationMiddleware", "auth.middleware.PersistentRemoteUserMiddleware",
    "auth.middleware.RemoteUserMiddleware", "flatpages.middleware.FlatpageFallbackMiddleware",
    "messages.middleware.MessageMiddleware", "redirects.middleware.RedirectFallbackMiddleware",
    "sessions.middleware.SessionMiddleware", "sites.middleware.CurrentSiteMiddleware",
)  # fmt: skip
_CORE = (
    "cache.CacheMiddleware", "cache.FetchFromCacheMiddleware", "cache.UpdateCacheMiddleware",
    "clickjacking.XFrameOptionsMiddleware", "common.BrokenLinkEmailsMiddleware", "common.CommonMiddleware",
    "csrf.CsrfViewMiddleware", "gzip.GZipMiddleware", "http.ConditionalGetMiddleware", "locale.LocaleMiddleware",
    "security.SecurityMiddleware",
)  # fmt: skip
_OURS = (*(f"django.contrib.{one}" for one in _MIDDLEWARE), *(f"django.middleware.{one}" for one in _CORE))
_REMOTE = tuple(one for one in _OURS if "RemoteUser" in one)


def middleware_get_response(patch: Patch) -> None:
    """Give middleware a ``get_response`` where it is made without: Django's, and what the module itself builds on it.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#miscellaneous
    """
    module = patch.module
    for made in (one for home in _OURS for one in module.calls(home)):
        _give(patch, made)
    for owner in subclasses(module, "MiddlewareMixin", *_OURS):
        for node in module.spelled(text_of(field(owner, "name")).decode()):
            call = call_of(node)
            if call is not None:
                _give(patch, call)
    for one in module.imports:
        if one.local.endswith("Middleware") and one.name and not one.origin.startswith("django."):
            for call in (call_of(node) for node in module.references(one)):
                if call is not None and not call.arguments:
                    patch.report(call.node)


def _give(patch: Patch, call: Call) -> None:
    given = call.keyword("get_response") or (call.positional[0] if call.positional else None)
    if patch.skips(call.node):
        return
    if given is not None and text_of(given.value) == b"None":
        patch.replace(given.value, "lambda request: None")
    elif given is None and not call.arguments:
        patch.edit(append_items(patch.module.body, call.brackets, ["lambda request: None"]))


def remote_user_async(patch: Patch) -> None:
    """Let ``process_request()`` of a subclass run under ASGI too, as Django did by itself (auth/middleware.py of 6.0).

    https://docs.djangoproject.com/en/5.2/releases/5.2/#features-deprecated-in-5-2
    """
    for owner in subclasses(patch.module, *_REMOTE):
        definition = own_method(patch.module, owner, "process_request")
        if (
            definition is None
            or own_method(patch.module, owner, "aprocess_request") is not None
            or patch.skips(definition)
        ):
            continue
        wrap = patch.need("asgiref.sync", "sync_to_async", definition)
        newline = line_end(patch.module.body).decode()
        indent = patch.module.body[: definition.start_byte].rpartition(b"\n")[2].decode()
        text = newline.join([
            "", "", f"{indent}async def aprocess_request(self, request):",
            f"{indent}    await {wrap}(self.process_request, thread_sensitive=True)(request)",
        ])  # fmt: skip
        patch.edit(Edit(start=definition.end_byte, end=definition.end_byte, text=text.encode()))


def remote_user_header(patch: Patch) -> None:
    """Point at subclasses of RemoteUserMiddleware that name a header without ``HTTP_``."""
    for owner in subclasses(patch.module, *_REMOTE):
        option = own_option(patch.module, owner, "header")
        name = None if option is None else string_value(field(option, "right"))
        if option is not None and name not in {None, "REMOTE_USER"} and not (name or "").startswith("HTTP_"):
            patch.report(option)
