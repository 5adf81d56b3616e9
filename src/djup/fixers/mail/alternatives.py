"""``alternatives.append((content, mimetype))`` is ``attach_alternative(content, mimetype)``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.made import is_made_by
from djup.source.tree import field, text_of

MAIL = "django.core.mail"
CLASSES = tuple(
    f"{MAIL}.{module}{name}" for module in ("", "message.") for name in ("EmailMessage", "EmailMultiAlternatives")
)
_RECEIVERS = ("message", "msg", "mail", "email", "email_message")


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
    return text_of(node).decode().rpartition(".")[2] in _RECEIVERS or is_made_by(patch.module, node, CLASSES)
