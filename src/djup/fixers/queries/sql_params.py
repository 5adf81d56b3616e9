"""Parameters of SQL: ``as_sql()`` and its kin give them as a tuple.

https://docs.djangoproject.com/en/6.0/releases/6.0/#custom-orm-expressions-should-return-params-as-a-tuple
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, returns
from djup.knowledge.search import has_base
from djup.source import tree as syntax
from djup.source.calls import call_of
from djup.source.tree import field, text_of

_METHODS = (
    "as_sql", "as_postgresql", "as_sqlite", "as_mysql", "as_oracle", "process_lhs", "process_rhs", "get_db_prep_lookup",
)  # fmt: skip
_BASES = (
    "Lookup", "Transform", "Func", "Expression", "Aggregate", "Subquery", "Value", "Combinable", "Exact", "Contains",
    "StartsWith", "EndsWith", "LessThan", "GreaterThan",
)  # fmt: skip


def sql_params_tuple(patch: Patch) -> None:
    """Rewrite lists of parameters in what such a method returns, and where it joins several of them."""
    for name in _METHODS:
        for definition in patch.module.methods(name):
            owner = class_of(definition)
            if owner is None or not has_base(patch.module, owner, _BASES) or patch.skips(definition):
                continue
            for value in _params(definition):
                _as_tuple(patch, value)
            for one in ("extend", "append"):
                for call in patch.module.calls(f".{one}"):
                    inside = definition.start_byte <= call.node.start_byte < definition.end_byte
                    if inside and _is_params(field(call.function, "object")):
                        patch.report(call.node)


def _is_params(node: Node | None) -> bool:
    return node is not None and node.type == "identifier" and text_of(node).endswith(b"params")


def _params(definition: Node) -> Iterator[Node]:
    """The parameters that a method returns, and those that it names so."""
    for one in returns(definition):
        values = one.named_children[0].named_children if one.named_children else []
        if (
            one.named_children
            and one.named_children[0].type in {"expression_list", "tuple"}
            and len(values) == len("sp")
        ):
            yield values[1]
    for node in syntax.walk(definition):
        right = field(node, "right") if node.type == "assignment" else None
        if right is not None and right.type == "binary_operator" and _is_params(field(node, "left")):
            yield right


def _as_tuple(patch: Patch, value: Node) -> None:
    if value.type == "list":
        patch.replace(value, _display(value))
    elif value.type == "call" and text_of(field(value, "function")) == b"list":
        patch.replace(field(value, "function") or value, "tuple")
    elif value.type == "binary_operator" and text_of(field(value, "operator")) == b"+":
        patch.replace(value, f"({', '.join(_items(value))})")
    elif value.type == "list_comprehension":
        patch.replace(value, f"tuple({text_of(value).decode()[1:-1]})")


def _display(value: Node) -> str:
    """A list as a tuple."""
    inner = text_of(value).decode()[1:-1]
    items = [one for one in value.named_children if one.type != "comment"]
    return f"({inner},)" if len(items) == 1 and not inner.rstrip().endswith(",") else f"({inner})"


def _items(value: Node) -> list[str]:
    """What several sequences added up hold, each unpacked; a list or tuple written out by its items."""
    if value.type == "binary_operator":
        left, right = field(value, "left"), field(value, "right")
        return [*(_items(left) if left is not None else []), *(_items(right) if right is not None else [])]
    if value.type in {"list", "tuple"}:
        return [text_of(one).decode() for one in value.named_children if one.type != "comment"]
    function = field(value, "function") if value.type == "call" else None
    call = call_of(function) if function is not None else None
    if call is not None and text_of(call.function) in {b"list", b"tuple"} and len(call.arguments) == 1:
        return [f"*{text_of(call.arguments[0].value).decode()}"]
    return [f"*{text_of(value).decode()}"]
