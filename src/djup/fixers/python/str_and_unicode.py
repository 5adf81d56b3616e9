"""A class derived from ``StrAndUnicode`` gives its text by ``__str__()``, and is decorated for Python 2."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import methods_of
from djup.source.calls import remove_item
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of


def str_and_unicode(patch: Patch) -> None:
    """A class derived from ``StrAndUnicode`` gives its text by ``__str__()``, and is decorated for Python 2.

    https://docs.djangoproject.com/en/1.8/releases/1.5/#django-utils-encoding-strandunicode
    """
    for node in patch.module.uses("django.utils.encoding.StrAndUnicode"):
        brackets = node.parent
        owner = brackets.parent if brackets is not None and brackets.type == "argument_list" else None
        methods = methods_of(owner) if owner is not None and owner.type == "class_definition" else {}
        given, name = methods.get("__unicode__"), None
        if given is not None and "__str__" not in methods and "__unicode__(" not in _rest(owner, given):
            name = field(given, "name")
        if patch.skips(node):
            continue
        if owner is None or brackets is None or name is None:
            patch.report(node)
            continue
        if len(brackets.named_children) == 1:
            patch.replace(node, "object")
        else:
            patch.edit(remove_item(patch.module.body, brackets, node))
        patch.replace(name, "__str__")
        decorator = patch.need("django.utils.encoding", "python_2_unicode_compatible", node)
        start = owner.start_byte
        indent = patch.module.body[patch.module.body.rfind(b"\n", 0, start) + 1 : start].decode()
        text = f"@{decorator}{line_end(patch.module.body).decode()}{indent}"
        patch.edit(Edit(start=start, end=start, text=text.encode()))


def _rest(owner: Node | None, method: Node) -> str:
    """The text of a class below the head of a method."""
    body = field(method, "body")
    return "" if owner is None or body is None else text_of(owner).decode().replace("def __unicode__(", "", 1)
