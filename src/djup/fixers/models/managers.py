"""Managers: how they come to be used for related objects."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, methods_of
from djup.fixers.syntax.statements import drop_statement
from djup.knowledge.search import has_base
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of, within


def use_for_related_fields(patch: Patch) -> None:
    """Name the default manager in ``Meta.base_manager_name`` of the models of the same file that have such a manager.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#manager-use-for-related-fields-and-inheritance-changes
    """
    for assignment in patch.module.assignments("use_for_related_fields"):
        manager = _class_around(assignment)
        if manager is None or not has_base(patch.module, manager, ("Manager",)) or patch.skips(assignment):
            continue
        name = text_of(field(manager, "name")).decode()
        models = [found for model in patch.module.classes() if (found := _with_manager(model, name)) is not None]
        if text_of(field(assignment, "right")) != b"True" or not models or patch.is_exported(name):
            patch.report(assignment)
            continue
        drop_statement(patch, assignment)
        for model, attribute in models:
            _name_in_meta(patch, model, attribute)


def _class_around(node: Node) -> Node | None:
    statement = statement_of(node)
    block = statement.parent
    return block.parent if block is not None and block.parent and block.parent.type == "class_definition" else None


def _with_manager(model: Node, manager: str) -> tuple[Node, str] | None:
    """A model whose first manager is of that class, with the name of it."""
    body = field(model, "body")
    for statement in body.named_children if body is not None else ():
        assignment = statement.named_children[0] if statement.type == "expression_statement" else statement
        value = field(assignment, "right") if assignment.type == "assignment" else None
        if value is None or value.type != "call":
            continue
        called = text_of(field(value, "function")).decode()
        if called.endswith("Manager"):
            return (model, text_of(field(assignment, "left")).decode()) if called == manager else None
    return None


def _name_in_meta(patch: Patch, model: Node, attribute: str) -> None:
    body, text = field(model, "body"), patch.module.body
    if body is None:
        return
    newline = line_end(text).decode()
    indent = text[text.rfind(b"\n", 0, body.start_byte) + 1 : body.start_byte].decode()
    classes = [one for one in body.named_children if one.type == "class_definition"]
    inner = next((field(one, "body") for one in classes if text_of(field(one, "name")) == b"Meta"), None)
    if inner is not None:
        step = text[text.rfind(b"\n", 0, inner.start_byte) + 1 : inner.start_byte].decode()
        line = f'base_manager_name = "{attribute}"{newline}{step}'
        patch.edit(Edit(start=inner.start_byte, end=inner.start_byte, text=line.encode()))
        return
    methods = [one for one in body.named_children if one.type in {"function_definition", "decorated_definition"}]
    lines = f'class Meta:{newline}{indent}{indent}base_manager_name = "{attribute}"'
    if methods:
        start = methods[0].start_byte
        patch.edit(Edit(start=start, end=start, text=f"{lines}{newline}{newline}{indent}".encode()))
    else:
        end = body.end_byte
        patch.edit(Edit(start=end, end=end, text=f"{newline}{newline}{indent}{lines}".encode()))


def related_managers(patch: Patch) -> None:
    """Point at managers that prefetch by themselves, and lack ``_apply_rel_filters()``."""
    for definition in patch.module.methods("get_prefetch_queryset"):
        owner = _class_around(definition)
        if owner is None or not has_base(patch.module, owner, ("Manager",)):
            continue
        if b"def _apply_rel_filters" not in text_of(owner):
            patch.report(definition)


def abstract_managers(patch: Patch) -> None:
    """Point at managers of models that the same module declares as abstract."""
    for definition in patch.module.classes():
        meta = methods_of(definition).get("Meta")
        if meta is None or text_of(attributes_of(meta).get("abstract")) != b"True":
            continue
        for node in patch.module.spelled(text_of(field(definition, "name")).decode()):
            outer = node.parent
            if outer is not None and outer.type == "attribute" and text_of(field(outer, "attribute")) == b"objects":
                patch.report(outer)


def instance_managers(patch: Patch) -> None:
    """``self._default_manager`` of a model's object is ``self.__class__._default_manager``.

    https://docs.djangoproject.com/en/1.10/releases/1.10/#miscellaneous
    """
    for name in ("_default_manager", "_base_manager"):
        for node in patch.module.attributes(name):
            owner, around = field(node, "object"), within(node, "class_definition")
            function = within(node, "function_definition")
            if owner is None or text_of(owner) not in {b"self", b"instance", b"obj"} or patch.skips(node):
                continue
            method = function is not None and b"classmethod" not in text_of(function.parent)[:40]
            is_model = around is not None and has_base(patch.module, around, ("Model",))
            if text_of(owner) == b"self" and method and is_model:
                patch.replace(owner, "self.__class__")
            elif text_of(owner) != b"self":
                patch.report(node)
