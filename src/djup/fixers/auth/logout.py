"""Give ``LOGOUT_URL`` the value it had by default, where code reads it."""

from __future__ import annotations

import re

from djup.fixers.declared.pins import pin_place
from djup.fixers.engine.patch import Patch
from djup.fixers.engine.template_patch import TemplatePatch
from djup.source.edits import Edit
from djup.source.text import line_end


def logout_url(patch: Patch) -> None:
    """Give ``LOGOUT_URL`` the value it had by default, where code reads it.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    module = patch.module
    if module.path not in patch.facts.settings.holders or "LOGOUT_URL" not in patch.facts.settings.read:
        return
    place = pin_place(module, ("LOGIN_REDIRECT_URL", "LOGIN_URL"))
    if place is None or module.spelled("LOGOUT_URL") or "LOGOUT_URL" in patch.facts.settings.given_elsewhere:
        return
    newline = line_end(module.body)
    before = b"" if module.body[place - 1 : place] == b"\n" else newline
    patch.edit(Edit(start=place, end=place, text=before + b'LOGOUT_URL = "/accounts/logout/"' + newline))


_LOGOUT = re.compile(
    rb"""<a\b[^>]*?\bhref\s*=\s*["']?\s*(\{%\s*url\s+(["'])(?:[\w-]+:)?logout\2[^%]*%\})""", re.IGNORECASE
)


def logout_link(patch: TemplatePatch) -> None:
    """Point at each link to a URL named logout: since 5.0 Django's view takes POST only.

    Whether the view behind the name is Django's, the template cannot tell.
    """
    for match in _LOGOUT.finditer(patch.body):
        patch.report(match.start(1))
