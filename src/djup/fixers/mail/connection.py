"""Take out what was ignored because a connection is given."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.mail.alternatives import MAIL
from djup.source.calls import remove_item
from djup.source.tree import text_of

_FUNCTIONS = ("send_mail", "send_mass_mail", "mail_admins", "mail_managers")
_IGNORED = ("fail_silently", "auth_user", "auth_password")


def mail_connection(patch: Patch) -> None:
    """Take out what was ignored because a connection is given.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#email
    """
    for call in (one for name in _FUNCTIONS for one in patch.module.calls(f"{MAIL}.{name}")):
        connection = call.keyword("connection")
        if connection is None or text_of(connection.value) == b"None" or patch.skips(call.node):
            continue
        ignored = [one for one in call.arguments if one.name in _IGNORED and text_of(one.value) != b"False"]
        for one in ignored[:1]:  # the next waits for the next pass: their spans may touch
            patch.edit(remove_item(patch.module.body, call.brackets, one.node))
