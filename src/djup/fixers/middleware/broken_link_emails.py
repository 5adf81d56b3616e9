"""Middleware that takes the place of settings."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.setting_values import assigned
from djup.fixers.syntax.statements import drop_statement
from djup.source.calls import insert_first
from djup.source.tree import text_of

_BROKEN_LINKS = "django.middleware.common.BrokenLinkEmailsMiddleware"


def broken_link_emails(patch: Patch) -> None:
    """``SEND_BROKEN_LINK_EMAILS = True`` is the first middleware; False goes.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#send-broken-link-emails-setting
    """
    for assignment, value in assigned(patch, "SEND_BROKEN_LINK_EMAILS"):
        lists = [one for _, one in assigned(patch, "MIDDLEWARE_CLASSES") if one.type in {"list", "tuple"}]
        listed = _BROKEN_LINKS.encode() in patch.module.body
        if text_of(value) == b"False":
            drop_statement(patch, assignment)
        elif text_of(value) == b"True" and len(lists) == 1 and lists[0].named_children and not listed:
            drop_statement(patch, assignment)
            mark = "'" if b"'" in text_of(lists[0]) else '"'
            patch.edit(insert_first(patch.module.body, lists[0], f"{mark}{_BROKEN_LINKS}{mark}"))
        else:
            patch.report(assignment)
