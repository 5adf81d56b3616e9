"""Give middleware a ``get_response`` where it is made without: Django's, and what the module itself builds on it."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import subclasses
from djup.source.calls import Call, append_items, call_of
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
OURS = (*(f"django.contrib.{one}" for one in _MIDDLEWARE), *(f"django.middleware.{one}" for one in _CORE))


def middleware_get_response(patch: Patch) -> None:
    """Give middleware a ``get_response`` where it is made without: Django's, and what the module itself builds on it.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#miscellaneous
    """
    module = patch.module
    for made in (one for home in OURS for one in module.calls(home)):
        _give(patch, made)
    for owner in subclasses(module, "MiddlewareMixin", *OURS):
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
