"""``unicode``, and the methods that give the text of an object."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import methods_of
from djup.source.edits import Edit, whole_lines
from djup.source.names import expression_at
from djup.source.tree import field, text_of

_ITERATOR = re.compile(
    rb"(?:^|[._])(?:it|iter|gen|rows|lines|counter|cycle|count)$|(?:iterator|generator|reader)$", re.IGNORECASE
)
_NAMES = {"unicode": "str", "unichr": "chr"}
_BYTES = (b"__unicode__", b"unicode(", b".encode(", b"smart_str(", b"force_bytes(", b"smart_bytes(")


def unicode_names(patch: Patch) -> None:
    """``unicode`` and ``unichr`` are ``str`` and ``chr``.

    https://docs.python.org/3/whatsnew/3.0.html#text-vs-data-instead-of-unicode-vs-8-bit
    """
    for old, new in _NAMES.items():
        for node in patch.module.spelled(old):
            if expression_at(node) == node and not patch.module.bound_at(old, node) and not patch.skips(node):
                patch.replace(node, new)


def unicode_methods(patch: Patch) -> None:
    """``__unicode__()`` is ``__str__()``; one that only encoded the other goes, one with a text of its own is reported.

    https://docs.djangoproject.com/en/1.11/topics/python3/#str-and-unicode-methods
    """
    both = [one for one in map(methods_of, patch.module.classes()) if {"__unicode__", "__str__"} <= one.keys()]
    encoding = [one["__str__"] for one in both]
    own = [one for one in encoding if not any(text in text_of(one) for text in _BYTES)]
    for one in own:
        patch.report(one)
    if own:
        return
    for one in encoding:
        around = one.parent
        _drop(patch, around if around is not None and around.type == "decorated_definition" else one)
    for node in patch.module.spelled("__unicode__"):
        if not patch.skips(node):
            patch.replace(node, "__str__")
    for node in patch.module.strings("__unicode__"):
        if not patch.skips(node):
            patch.replace(node, text_of(node).decode().replace("__unicode__", "__str__"))


def _drop(patch: Patch, definition: Node) -> None:
    """Take a method out with the blank lines before it."""
    body = patch.module.body
    start, end = whole_lines(body, definition.start_byte, definition.end_byte)
    while start and not body[body.rfind(b"\n", 0, start - 1) + 1 : start].strip():
        start = body.rfind(b"\n", 0, start - 1) + 1
    patch.edit(Edit(start=start, end=end, text=b""))


def next_methods(patch: Patch) -> None:
    """``next()`` of iterators is ``__next__()``, and asked for by ``next(it)`` where the name tells an iterator.

    https://docs.python.org/3/whatsnew/3.0.html#operators-and-special-methods
    """
    for definition in patch.module.classes():
        methods = methods_of(definition)
        mine = methods.get("next")
        parameters = field(mine, "parameters") if mine is not None else None
        name = field(mine, "name") if mine is not None else None
        if "__iter__" not in methods or name is None or parameters is None or patch.skips(name):
            continue
        if len(parameters.named_children) == 1:
            patch.replace(name, "__next__")
    for call in patch.module.calls(".next"):
        owner = field(call.function, "object")
        if call.arguments or owner is None or patch.skips(call.node):
            continue
        if _ITERATOR.search(text_of(owner)):
            patch.replace(call.node, f"next({text_of(owner).decode()})")
        else:
            patch.report(call.node)
