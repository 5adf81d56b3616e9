"""Middleware: its ``get_response``, and what builds on RemoteUserMiddleware."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.classes import own_method, own_option, subclasses
from djup.fixers.patch import Patch
from djup.knowledge.search import parameter_name, parameters_in
from djup.source.calls import append_items
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
    """Give Django's middleware a ``get_response`` where it is made without; ask for it in subclasses.

    https://docs.djangoproject.com/en/3.1/releases/3.1/#miscellaneous
    """
    for call in (one for home in _OURS for one in patch.module.calls(home)):
        if patch.skips(call.node):
            continue
        given = call.keyword("get_response") or (call.positional[0] if call.positional else None)
        if given is not None and text_of(given.value) == b"None":
            patch.replace(given.value, "lambda request: None")
        elif given is None and not call.arguments:
            patch.edit(append_items(patch.module.body, call.brackets, ["lambda request: None"]))
    for owner in subclasses(patch.module, "MiddlewareMixin", *_OURS):
        definition = own_method(patch.module, owner, "__init__")
        if definition is not None and not patch.skips(definition):
            _require(patch, definition)


def _require(patch: Patch, definition: Node) -> None:
    """Take the default of None away where the method passes what it got on, so that None never worked."""
    parameters = field(definition, "parameters")
    given = parameters_in(parameters) if parameters is not None else []
    passes_on = any(
        call.positional and text_of(call.positional[0].value) == b"get_response"
        for call in patch.module.calls(".__init__")
        if definition.start_byte <= call.node.start_byte < definition.end_byte
    )
    if passes_on and [parameter_name(one) for one in given[:2]] == ["self", "get_response"] and len(given) == len("sg"):
        value = field(given[1], "value")
        if given[1].type == "default_parameter" and text_of(value) == b"None":
            patch.replace(given[1], "get_response")


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
