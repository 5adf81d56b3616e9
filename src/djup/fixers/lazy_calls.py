"""Small functions and methods of Django 1.x, each replaced by what took its place."""

from __future__ import annotations

from djup.fixers.ajax import SAFE_AROUND
from djup.fixers.command_calls import calls_of
from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import call_of
from djup.source.strings import string_value
from djup.source.tree import text_of

_CONTEXTS = {"context", "ctx", "request_context", "template_context"}


def allow_lazy(patch: Patch) -> None:
    """``allow_lazy(f, str)`` is ``keep_lazy(str)(f)``."""
    for node in patch.module.uses("django.utils.functional.allow_lazy"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if call is None or call.unpacks or len(call.positional) < 2 or len(call.arguments) != len(call.positional):  # noqa: PLR2004  # a function and what it returns
            patch.report(node)
            continue
        function, *kinds = [text_of(one.value).decode() for one in call.positional]
        keep_lazy = patch.need("django.utils.functional", "keep_lazy", node)
        patch.replace(call.node, f"{keep_lazy}({', '.join(kinds)})({function})")


def context_has_key(patch: Patch) -> None:
    """``context.has_key("a")`` is ``"a" in context``."""
    for node in patch.module.attributes("has_key"):
        call, receiver = call_of(node), receiver_of(node)
        if receiver.rpartition(".")[2] not in _CONTEXTS or patch.skips(node):
            continue
        if call is None or len(call.positional) != 1 or len(call.arguments) != 1:
            patch.report(node)
            continue
        text = f"{text_of(call.positional[0].value).decode()} in {receiver}"
        around = call.node.parent
        patch.replace(call.node, text if around is not None and around.type in SAFE_AROUND else f"({text})")


def shell_plain(patch: Patch) -> None:
    """``call_command("shell", plain=True)`` is ``call_command("shell", interface="python")``."""
    for call in calls_of(patch, "shell"):
        if patch.skips(call.node):
            continue
        named = call.keyword("plain")
        if named is not None and text_of(named.value) == b"True" and call.keyword("interface") is None:
            patch.replace(named.node, 'interface="python"')
        elif named is not None:
            patch.report(call.node)
        for one in call.positional[1:]:
            if string_value(one.value) == "--plain":
                patch.replace(one.node, '"--interface=python"')


def skip_if_custom_user(patch: Patch) -> None:
    """``@skipIfCustomUser`` is ``@skipIf(settings.AUTH_USER_MODEL != "auth.User", …)``, which is how it was written."""
    for home in ("django.contrib.auth.tests.utils.skipIfCustomUser", "django.contrib.auth.tests.skipIfCustomUser"):
        for node in patch.module.uses(home):
            if patch.skips(node):
                continue
            skip, settings = patch.need("unittest", "skipIf", node), patch.need("django.conf", "settings", node)
            condition = f'{settings}.AUTH_USER_MODEL != "auth.User"'
            patch.replace(node, f'{skip}({condition}, "Custom user model in use")')
