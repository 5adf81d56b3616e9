"""Settings that a person should look at, or that Django itself no longer gives."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.fixers.settings import pin_place
from djup.source.edits import Edit
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import field, walk


def default_hashers(patch: Patch) -> None:
    """Point at the apps of a site with users that leaves the password hashers to Django."""
    if patch.module.path not in patch.facts.holders or patch.module.assignments("PASSWORD_HASHERS"):
        return
    if "PASSWORD_HASHERS" in patch.facts.given_elsewhere:
        return
    for assignment in patch.module.assignments("INSTALLED_APPS"):
        value = field(assignment, "right")
        texts = [string_value(one) for one in walk(value) if one.type == "string"] if value is not None else []
        if "django.contrib.auth" in texts:
            patch.report(assignment)


def logout_url(patch: Patch) -> None:
    """Give ``LOGOUT_URL`` the value it had by default, where code reads it.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    module = patch.module
    if module.path not in patch.facts.holders or "LOGOUT_URL" not in patch.facts.settings_read:
        return
    place = pin_place(module, ("LOGIN_REDIRECT_URL", "LOGIN_URL"))
    if place is None or module.spelled("LOGOUT_URL") or "LOGOUT_URL" in patch.facts.given_elsewhere:
        return
    newline = line_end(module.body)
    before = b"" if module.body[place - 1 : place] == b"\n" else newline
    patch.edit(Edit(start=place, end=place, text=before + b'LOGOUT_URL = "/accounts/logout/"' + newline))
