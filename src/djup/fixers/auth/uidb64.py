"""The group of the password reset's route is ``uidb64``; such a number may hold ``_`` and ``-`` as well."""

from __future__ import annotations

import re

from djup.fixers.auth.auth_url_names import AUTH_VIEWS
from djup.fixers.engine.patch import Patch
from djup.fixers.engine.template_patch import TemplatePatch
from djup.fixers.syntax.routes import routes
from djup.source.calls import remove_item
from djup.source.edits import Edit
from djup.source.strings import literal, string_value


def uidb64(patch: Patch) -> None:
    """The group of the password reset's route is ``uidb64``; such a number may hold ``_`` and ``-`` as well."""
    for brackets, arguments in routes(patch):
        one = literal(arguments[0].value) if arguments else None
        if one is None or "(?P<uidb36>" not in one.value or patch.skips(brackets):
            continue
        raw = patch.module.body[one.content_start : one.content_end]
        new = raw.replace(b"(?P<uidb36>[0-9A-Za-z]+)", rb"(?P<uidb64>[0-9A-Za-z_\-]+)")
        new = new.replace(b"(?P<uidb36>", b"(?P<uidb64>")
        patch.edit(Edit(start=one.content_start, end=one.content_end, text=new))


def uidb36_routes(patch: Patch) -> None:
    """Routes to the view for password resets of 1.5 and before go: their links are long out of date.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#features-removed-in-1-7
    """
    for brackets, arguments in routes(patch):
        view = arguments[1].value if len(arguments) > 1 else None
        if view is None or patch.skips(brackets):
            continue
        names = {string_value(view), *patch.module.origins(view)}
        route = brackets if brackets.type == "tuple" else brackets.parent
        around = route.parent if route is not None else None
        if f"{AUTH_VIEWS}password_reset_confirm_uidb36" not in names or route is None or around is None:
            continue
        if around.type in {"argument_list", "list"}:
            patch.edit(remove_item(patch.module.body, around, route))


def uidb64_in_templates(patch: TemplatePatch) -> None:
    """The password reset's argument is ``uidb64``."""
    for token in patch.tokens:
        for match in re.finditer(rb"\buidb36\b", patch.body[token.start : token.end]):
            patch.replace(token.start + match.start(), token.start + match.end(), b"uidb64")
