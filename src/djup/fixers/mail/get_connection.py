"""``get_connection()`` is ``mailers.default``; given to what sends mail, it is what that takes anyway."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch
from djup.source.calls import call_of, remove_item
from djup.source.tree import field, text_of


def mail_default(patch: Patch) -> None:
    """``get_connection()`` is ``mailers.default``; given to what sends mail, it is what that takes anyway.

    https://docs.djangoproject.com/en/6.1/howto/mailers-migration/
    """
    senders = ("send_mail", "send_mass_mail", "mail_admins", "mail_managers", "EmailMessage", "EmailMultiAlternatives")
    for node in patch.module.uses("django.core.mail.get_connection"):
        call = call_of(node)
        if call is None or call.arguments or patch.skips(node):
            patch.report(node)
            continue
        around = call.node.parent
        brackets = around.parent if around is not None and around.type == "keyword_argument" else None
        sender = (
            text_of(field(brackets.parent, "function")).decode() if brackets is not None and brackets.parent else ""
        )
        is_connection = around is not None and text_of(field(around, "name")) == b"connection"
        if is_connection and around is not None and brackets is not None and sender.rpartition(".")[2] in senders:
            patch.edit(remove_item(patch.module.body, brackets, around))
        else:
            patch.replace(call.node, f"{patch.need('django.core.mail', 'mailers', node)}.default")
