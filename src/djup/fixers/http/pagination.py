"""Pages: how many things stand on the last one."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, own_option
from djup.source.tree import field, text_of


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


def paginator_orphans(patch: Patch) -> None:
    """Point at paginators, and views, whose numbers say that the last page could hold more than any other."""
    for name in ("Paginator", "AsyncPaginator"):
        for call in patch.module.calls(f"django.core.paginator.{name}"):
            size = call.keyword("per_page") or (call.positional[1] if len(call.positional) > 1 else None)
            rest = call.keyword("orphans") or (call.positional[2] if len(call.positional) > len("op") else None)
            if size is not None and rest is not None and _too_many(size.value, rest.value):
                patch.report(call.node)
    for assignment in patch.module.assignments("paginate_orphans"):
        owner = class_of(assignment)
        size_option = None if owner is None else own_option(patch.module, owner, "paginate_by")
        if size_option is not None and _too_many(field(size_option, "right"), field(assignment, "right")):
            patch.report(assignment)


def _too_many(size: Node | None, orphans: Node | None) -> bool:
    numbers = [int(text_of(one)) for one in (size, orphans) if one is not None and text_of(one).isdigit()]
    return len(numbers) == len("so") and numbers[1] >= numbers[0]
