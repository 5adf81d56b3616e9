"""Mails: what is attached, to whom they go unseen, and by which connection."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.classes import own_method, subclasses
from djup.fixers.patch import Patch
from djup.source.calls import append_items, call_of, remove_item
from djup.source.made import is_made_by
from djup.source.strings import string_value
from djup.source.tree import field, text_of

_MAIL = "django.core.mail"
_FUNCTIONS = ("send_mail", "send_mass_mail", "mail_admins", "mail_managers")
_CLASSES = tuple(
    f"{_MAIL}.{module}{name}" for module in ("", "message.") for name in ("EmailMessage", "EmailMultiAlternatives")
)
_IGNORED = ("fail_silently", "auth_user", "auth_password")
_RECEIVERS = ("message", "msg", "mail", "email", "email_message")
_MIME = tuple(
    f"email.mime.{home}"
    for home in (
        "application.MIMEApplication", "audio.MIMEAudio", "base.MIMEBase", "image.MIMEImage", "message.MIMEMessage",
        "multipart.MIMEMultipart", "nonmultipart.MIMENonMultipart", "text.MIMEText",
    )
)  # fmt: skip


def mail_alternatives(patch: Patch) -> None:
    """``alternatives.append((content, mimetype))`` is ``attach_alternative(content, mimetype)``.

    https://docs.djangoproject.com/en/5.2/releases/5.2/#miscellaneous
    """
    for node in patch.module.attributes("alternatives"):
        owner, method = field(node, "object"), node.parent
        if owner is None or method is None or not _is_mail(patch, owner) or patch.skips(node):
            continue
        call = method.parent
        is_append = method.type == "attribute" and text_of(field(method, "attribute")) == b"append"
        brackets = field(call, "arguments") if call is not None and is_append and call.type == "call" else None
        pair = brackets.named_children[0] if brackets is not None and brackets.named_child_count == 1 else None
        if call is not None and pair is not None and pair.type == "tuple" and pair.named_child_count == len("ct"):
            patch.replace(method, f"{text_of(owner).decode()}.attach_alternative")
            patch.replace(pair, text_of(pair).decode()[1:-1].strip().rstrip(","))
        elif is_append or (method.type == "assignment" and field(method, "left") == node):
            patch.report(node)


def _is_mail(patch: Patch, node: Node) -> bool:
    """Whether an object is a mail, by what makes it or by its name."""
    return text_of(node).decode().rpartition(".")[2] in _RECEIVERS or is_made_by(patch.module, node, _CLASSES)


def mail_connection(patch: Patch) -> None:
    """Take out what was ignored because a connection is given.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#email
    """
    for call in (one for name in _FUNCTIONS for one in patch.module.calls(f"{_MAIL}.{name}")):
        connection = call.keyword("connection")
        if connection is None or text_of(connection.value) == b"None" or patch.skips(call.node):
            continue
        ignored = [one for one in call.arguments if one.name in _IGNORED and text_of(one.value) != b"False"]
        for one in ignored[:1]:  # the next waits for the next pass: their spans may touch
            patch.edit(remove_item(patch.module.body, call.brackets, one.node))


def bcc_header(patch: Patch) -> None:
    """``headers={"Bcc": "a@example.com"}`` is ``bcc=["a@example.com"]``.

    https://docs.djangoproject.com/en/6.1/releases/6.1/#email
    """
    for call in (one for home in _CLASSES for one in patch.module.calls(home)):
        headers = call.keyword("headers")
        if headers is None or headers.value.type != "dictionary" or patch.skips(call.node):
            continue
        for pair in [one for one in headers.value.named_children if one.type == "pair"]:
            if (string_value(field(pair, "key")) or "").lower() != "bcc":
                continue
            address = field(pair, "value")
            text = string_value(address)
            if (
                address is None
                or text is None
                or "," in text
                or call.keyword("bcc")
                or len(call.positional) > len("sbft")
            ):
                patch.report(pair)
                continue
            patch.edit(remove_item(patch.module.body, headers.value, pair))
            patch.edit(append_items(patch.module.body, call.brackets, [f"bcc=[{text_of(address).decode()}]"]))


def mime_attachments(patch: Patch) -> None:
    """Point at what is attached as a MIMEBase to something that is not one itself."""
    for call in patch.module.calls(".attach"):
        owner = field(call.function, "object")
        if len(call.positional) != 1 or is_made_by(patch.module, owner, _MIME):
            continue
        if is_made_by(patch.module, call.positional[0].value, _MIME):
            patch.report(call.node)


def smtp_certificates(patch: Patch) -> None:
    """Point at settings that ask for mail over TLS."""
    for name in ("EMAIL_USE_TLS", "EMAIL_USE_SSL"):
        for assignment in patch.module.assignments(name):
            if text_of(field(assignment, "right")) != b"False":
                patch.report(assignment)


def mail_backend_keywords(patch: Patch) -> None:
    """Point at mail backends that pass on keywords of which the base class may know nothing."""
    for owner in subclasses(patch.module, "BaseEmailBackend"):
        definition = own_method(patch.module, owner, "__init__")
        if definition is not None:
            patch.report(definition)


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
