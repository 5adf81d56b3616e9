"""``filter(date__lte=timezone.now)`` is ``filter(date__lte=timezone.now())``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from djup.fixers.engine.patch import Patch
from djup.source.calls import Argument, Call
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_NOW = frozenset(
    {"django.utils.timezone.now", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
     "datetime.date.today"}
)  # fmt: skip
_QUERIES = (".filter", ".exclude", "django.db.models.Q", "django.db.models.query_utils.Q")
_QUERYSETS = {b"filter", b"all", b"exclude", b"values_list", b"order_by", b"distinct"}
_LOOKUPS = {"in", "exact", "gt", "gte", "lt", "lte", "contains", "isnull", "range"}


def _lookups(patch: Patch) -> Iterator[tuple[Call, Argument]]:
    """The keyword arguments of calls that make a query."""
    for dotted in _QUERIES:
        for call in patch.module.calls(dotted):
            if not patch.skips(call.node):
                yield from ((call, one) for one in call.arguments if one.name)


def callable_arguments(patch: Patch) -> None:
    """``filter(date__lte=timezone.now)`` is ``filter(date__lte=timezone.now())``.

    https://docs.djangoproject.com/en/1.8/releases/1.7/#passing-callable-arguments-to-queryset-methods
    """
    for _, one in _lookups(patch):
        if _NOW.intersection(patch.module.origins(one.value)):
            end = one.value.end_byte
            patch.edit(Edit(start=end, end=end, text=b"()"))


def implicit_in(patch: Patch) -> None:
    """``filter(author=Author.objects.filter(…))`` is ``filter(author__in=…)``.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#implicit-queryset-in-lookup-removed
    """
    for _, one in _lookups(patch):
        function = field(one.value, "function") if one.value.type == "call" else None
        if function is None or text_of(field(function, "attribute")) not in _QUERYSETS:
            continue
        name = field(one.node, "name")
        if name is not None and one.name.rpartition("__")[2] not in _LOOKUPS and b".objects." in text_of(function):
            patch.edit(Edit(start=name.end_byte, end=name.end_byte, text=b"__in"))


_SEARCH = re.compile(rb"\b(\w+__search)\s*=[^=]")


def search_lookup(patch: Patch) -> None:
    """Point at ``name__search=…`` given as a keyword."""
    for match in _SEARCH.finditer(patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(1), match.end(1))
        parent = node.parent if node is not None else None
        if node is not None and parent is not None and parent.type == "keyword_argument" and not patch.skips(parent):
            patch.report(parent)


_ISNULL = re.compile(rb"\b(\w+__isnull)\s*=\s*[01]\b")


def isnull_boolean(patch: Patch) -> None:
    """``x__isnull=1`` is ``x__isnull=True``, ``0`` is ``False``; other values are left as they are."""
    for match in _ISNULL.finditer(patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.start(1), match.end(1))
        argument = node.parent if node is not None else None
        if node is None or argument is None or argument.type != "keyword_argument" or patch.skips(argument):
            continue
        value = field(argument, "value")
        if field(argument, "name") == node and value is not None:
            patch.replace(value, "True" if text_of(value) == b"1" else "False")
