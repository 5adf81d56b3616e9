"""What is given to querysets and their managers: functions, other querysets, related objects."""

from __future__ import annotations

from collections.abc import Iterator

from djup.fixers.patch import Patch, receiver_of
from djup.source.calls import Argument, Call
from djup.source.edits import Edit
from djup.source.strings import string_value
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


def related_add(patch: Patch) -> None:
    """Point at ``author.book_set.add(book)``."""
    for call in patch.module.calls(".add"):
        if receiver_of(call.function).endswith("_set") and call.keyword("bulk") is None:
            patch.report(call.node)


def page_range(patch: Patch) -> None:
    """``paginator.page_range[1:3]`` is ``list(paginator.page_range)[1:3]``; so where something is added to it.

    https://docs.djangoproject.com/en/1.9/releases/1.9/#paginator-page-range
    """
    for node in patch.module.attributes("page_range"):
        outer = node.parent
        if outer is None or patch.skips(node):
            continue
        taken = outer.type == "subscript" and field(outer, "value") == node
        if taken or (outer.type == "binary_operator" and text_of(field(outer, "operator")) == b"+"):
            patch.replace(node, f"list({text_of(node).decode()})")


def select_related_plain_fields(patch: Patch) -> None:
    """Point at fields given to ``select_related()`` that the module declares, and that are no relation."""
    plain = patch.facts.plain_fields
    for call in patch.module.calls(".select_related"):
        names = [string_value(one.value) or "" for one in call.positional]
        if any(name.partition("__")[0] in plain for name in names):
            patch.report(call.node)


def content_type_name(patch: Patch) -> None:
    """Point at queries for the name of content types."""
    for name in ("filter", "get", "exclude", "order_by", "get_or_create"):
        for call in patch.module.calls(f".{name}"):
            if not receiver_of(call.function).startswith("ContentType.objects"):
                continue
            named = any(one.name == "name" or one.name.startswith("name__") for one in call.arguments)
            ordered = name == "order_by" and any(
                string_value(one.value) in {"name", "-name"} for one in call.positional
            )
            if named or ordered:
                patch.report(call.node)
