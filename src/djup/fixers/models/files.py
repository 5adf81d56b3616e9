"""Point at content without a name that is given to a field of files."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.methods import owner_of, parameters_of
from djup.knowledge.search import has_base, parameter_name
from djup.source.calls import append_items
from djup.source.made import is_made_by
from djup.source.tree import field, text_of

_CONTENT = ("django.core.files.base.ContentFile", "django.core.files.ContentFile")
_CONDITIONS = {"if_statement", "elif_clause", "while_statement", "not_operator", "boolean_operator"}
_FILE = ("django.core.files.File", "django.core.files.base.File")


def file_without_name(patch: Patch) -> None:
    """Point at content without a name that is given to a field of files."""
    for call in (one for home in _CONTENT for one in patch.module.calls(home)):
        target = call.node.parent
        left = field(target, "left") if target is not None and target.type == "assignment" else None
        if left is not None and left.type == "attribute" and len(call.arguments) == 1:
            patch.report(call.node)


def file_truth(patch: Patch) -> None:
    """Point at conditions that are a ``File`` made in the same scope."""
    for call in (one for home in _FILE for one in patch.module.calls(home)):
        target = call.node.parent
        left = field(target, "left") if target is not None and target.type == "assignment" else None
        if left is None or left.type != "identifier":
            continue
        for node in patch.module.spelled(text_of(left).decode()):
            if _is_condition(node) and is_made_by(patch.module, node, _FILE):
                patch.report(node)


def _is_condition(node: Node) -> bool:
    around = node.parent
    if around is None or around.type not in _CONDITIONS:
        return False
    return around.type in {"not_operator", "boolean_operator"} or field(around, "condition") == node


def storage_max_length(patch: Patch) -> None:
    """``get_available_name()`` and ``save()`` of a storage take ``max_length``.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#support-for-the-max-length-argument-on-custom-storage-classes
    """
    for name, wanted in (("get_available_name", ["self", "name"]), ("save", ["self", "name", "content"])):
        for definition in patch.module.methods(name):
            owner, parameters = owner_of(definition), field(definition, "parameters")
            if owner is None or parameters is None or patch.skips(definition):
                continue
            if not has_base(patch.module, owner, ("Storage",)):
                continue
            given = [parameter_name(one) for one in parameters_of(definition)]
            if len(given) != len(wanted) or any(one.startswith("*") for one in given):
                continue
            patch.edit(append_items(patch.module.body, parameters, ["max_length=None"]))
            for call in patch.module.calls(f".{name}"):
                inside = definition.start_byte <= call.node.start_byte < definition.end_byte
                is_super = text_of(field(call.function, "object")).startswith(b"super(")
                if inside and is_super and len(call.arguments) == len(wanted) - 1 and not call.unpacks:
                    patch.edit(append_items(patch.module.body, call.brackets, ["max_length=max_length"]))
