"""Routes to the views of ``contrib.auth`` get the names by which these look each other up."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.routes import routes
from djup.source.calls import append_items
from djup.source.strings import string_value

AUTH_VIEWS = "django.contrib.auth.views."
_AUTH_NAMES = frozenset(
    {"login", "logout", "password_change", "password_change_done", "password_reset", "password_reset_done",
     "password_reset_confirm", "password_reset_complete"}
)  # fmt: skip


def auth_url_names(patch: Patch) -> None:
    """Routes to the views of ``contrib.auth`` get the names by which these look each other up."""
    for brackets, arguments in routes(patch):
        plain = [one for one in arguments if not one.name and not one.stars]
        if len(plain) < 2 or len(plain) > 3 or brackets.type != "argument_list" or patch.skips(brackets):  # noqa: PLR2004
            continue
        origins = patch.module.origins(plain[1].value)
        view = string_value(plain[1].value) or next(iter(origins), "")
        name = view.removeprefix(AUTH_VIEWS)
        if view.startswith(AUTH_VIEWS) and name in _AUTH_NAMES and not any(one.name == "name" for one in arguments):
            patch.edit(append_items(patch.module.body, brackets, [f'name="{name}"']))
