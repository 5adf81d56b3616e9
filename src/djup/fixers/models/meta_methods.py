"""The old methods of ``_meta``, each by what the documentation names as the same.

https://docs.djangoproject.com/en/1.10/ref/models/meta/#migrating-from-the-old-api
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import call_of
from djup.source.edits import Edit
from djup.source.tree import field, text_of

_PAIR = "(f, f.model if f.model != {model} else None)"
_RELATED = "if (f.one_to_many or f.one_to_one) and f.auto_created and not f.concrete"
_LISTS = {
    "get_all_related_objects": ("f", "get_fields()", _RELATED),
    "get_all_related_objects_with_model": (_PAIR, "get_fields()", _RELATED),
    "get_all_related_many_to_many_objects": (
        "f", "get_fields(include_hidden=True)", "if f.many_to_many and f.auto_created",
    ),
    "get_all_related_m2m_objects_with_model": (
        _PAIR, "get_fields(include_hidden=True)", "if f.many_to_many and f.auto_created",
    ),
    "get_fields_with_model": (
        _PAIR, "get_fields()", "if not f.is_relation or f.one_to_one or (f.many_to_one and f.related_model)",
    ),
    "get_concrete_fields_with_model": (
        _PAIR, "get_fields()",
        "if f.concrete and (not f.is_relation or f.one_to_one or (f.many_to_one and f.related_model))",
    ),
    "get_m2m_with_model": (_PAIR, "get_fields()", "if f.many_to_many and not f.auto_created"),
}  # fmt: skip
METHODS = ("get_field_by_name", "get_all_field_names", *_LISTS)


def meta_methods(patch: Patch) -> None:
    """Rewrite calls on ``x._meta``; those with arguments, and other objects, are left to a person."""
    for name in METHODS:
        for node in patch.module.attributes(name):
            call, receiver = call_of(node), receiver_of(node)
            if patch.skips(node) or not receiver.endswith(("_meta", "opts", "meta")):
                continue
            model = receiver.removesuffix("._meta")
            if name == "get_field_by_name":
                _first_only(patch, node)
            elif call is None or call.arguments or not receiver.endswith("._meta") or not _is_simple(model):
                patch.report(node)
            elif name == "get_all_field_names":
                patch.replace(call.node, _names(patch, receiver, node))
            else:
                shown, fields, test = _LISTS[name]
                shown = shown.format(model=model)
                patch.replace(call.node, f"[{shown} for f in {receiver}.{fields} {test}]")


def _is_simple(model: str) -> bool:
    """Whether a model may be named twice without a second call."""
    return "(" not in model and "[" not in model and model != "f"


def _names(patch: Patch, receiver: str, node: Node) -> str:
    chain = patch.need("itertools", "chain", node)
    return (
        f"list(set({chain}.from_iterable((f.name, f.attname) if hasattr(f, 'attname') else (f.name,) "
        f"for f in {receiver}.get_fields() if not (f.many_to_one and f.related_model is None))))"
    )


def _first_only(patch: Patch, node: Node) -> None:
    """``get_field_by_name(name)[0]`` is ``get_field(name)``; the other three of the four need a person."""
    call, name = call_of(node), field(node, "attribute")
    outer = call.node.parent if call is not None else None
    if call is None or name is None or outer is None:
        patch.report(node)
        return
    index = field(outer, "subscript") if outer.type == "subscript" else None
    if index is not None and text_of(index) == b"0":
        patch.replace(name, "get_field")
        patch.edit(Edit(start=call.node.end_byte, end=outer.end_byte, text=b""))
    elif outer.type == "assignment" and _unpacks_first(outer):
        patch.replace(name, "get_field")
        left = field(outer, "left")
        if left is not None:
            patch.replace(left, text_of(left.named_children[0]).decode())
    else:
        patch.report(node)


def _unpacks_first(assignment: Node) -> bool:
    """Whether ``field, _, _, _ = …`` keeps the first of the four alone."""
    left = field(assignment, "left")
    names = left.named_children if left is not None and left.type in {"pattern_list", "tuple_pattern"} else []
    return len(names) == len(["field", "model", "direct", "m2m"]) and all(text_of(one) == b"_" for one in names[1:])
