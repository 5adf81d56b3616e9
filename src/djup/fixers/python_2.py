"""What Python 2 needed and Python 3 does without: the decorators of Django's compatibility modules."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.class_bodies import methods_of
from djup.fixers.patch import Patch
from djup.source.calls import call_of, remove_item
from djup.source.edits import Edit, whole_lines
from djup.source.text import line_end
from djup.source.tree import field, text_of


def python_2_unicode_compatible(patch: Patch) -> None:
    """Take the decorator off: on Python 3 it returns the class as it is (django.utils.encoding in 2.2)."""
    for dotted in patch.change.seen.names:
        for node in patch.module.uses(dotted):
            if not patch.skips(node):
                drop_decorator(patch, node)


def drop_decorator(patch: Patch, node: Node) -> None:
    """Take a decorator out with its line; any other use of the name is left to a person."""
    decorator = node.parent
    if decorator is None or decorator.type != "decorator":
        patch.report(node)
        return
    start, end = decorator.start_byte, decorator.end_byte
    comment = decorator.next_sibling
    if comment is not None and comment.type == "comment" and comment.start_point[0] == decorator.end_point[0]:
        end = comment.end_byte
    start, end = whole_lines(patch.module.body, start, end)
    patch.edit(Edit(start=start, end=end, text=b""))


def available_attrs(patch: Patch) -> None:
    """``wraps(view, assigned=available_attrs(view))`` is ``wraps(view)``: on Python 3 it gives wraps' own default."""
    for node in patch.module.uses("django.utils.decorators.available_attrs"):
        call = call_of(node)
        argument = call.node.parent if call is not None else None
        wraps = None
        if argument is not None and argument.type == "keyword_argument" and argument.parent is not None:
            wraps = argument.parent.parent
        if argument is None or argument.parent is None or wraps is None or b"assigned" not in (argument.text or b""):
            patch.report(node)
        elif not patch.skips(node):
            patch.edit(remove_item(patch.module.body, argument.parent, argument))


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
