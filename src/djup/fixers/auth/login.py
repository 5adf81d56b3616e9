"""``login(request, None)`` logs in ``request.user``."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.tree import text_of


def login_user(patch: Patch) -> None:
    """``login(request, None)`` logs in ``request.user``.

    https://docs.djangoproject.com/en/5.2/releases/5.2/#features-deprecated-in-5-2
    """
    for name, user in (("login", "{}.user"), ("alogin", "await {}.auser()")):
        for call in patch.module.calls(f"django.contrib.auth.{name}"):
            given = call.keyword("user") or (call.positional[1] if len(call.positional) > 1 else None)
            if given is None or text_of(given.value) != b"None" or patch.skips(call.node):
                continue
            request = call.keyword("request") or (call.positional[0] if call.positional else None)
            if request is None or request.value.type not in {"identifier", "attribute"}:
                patch.report(call.node)
            else:
                patch.replace(given.value, user.format(text_of(request.value).decode()))
