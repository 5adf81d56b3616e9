"""Relations with many objects are set by ``set()``, not by assigning to them.

https://docs.djangoproject.com/en/1.10/releases/1.10/#direct-assignment-to-a-reverse-foreign-key-or-many-to-many-relation
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tree_sitter import Node

from djup.facts.project import Facts
from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.tree import field, text_of, walk, within


def related_add(patch: Patch) -> None:
    """Point at ``author.book_set.add(book)``."""
    for call in patch.module.calls(".add"):
        if receiver_of(call.function).endswith("_set") and call.keyword("bulk") is None:
            patch.report(call.node)


_MADE = re.compile(rb"([A-Za-z_][\w.]*?)(?:\.objects\.(?:create|get|create_user|create_superuser))?\(")


def direct_assignment(patch: Patch) -> None:
    """Rewrite where the object is sure to be of a model of the project that has the relation."""
    known = {name for names in patch.facts.models.many_to_many.values() for name in names}
    for name in sorted(known):
        for node in patch.module.attributes(name):
            assignment = node.parent
            if assignment is None or assignment.type != "assignment" or field(assignment, "left") != node:
                continue
            value, owner = field(assignment, "right"), field(node, "object")
            chained = value is None or "assignment" in {value.type, assignment.parent.type if assignment.parent else ""}
            if value is None or owner is None or chained or patch.skips(node):
                continue
            if owner.type == "identifier" and name in patch.facts.models.many_to_many.get(_model_of(owner), ()):
                patch.replace(assignment, f"{text_of(node).decode()}.set({text_of(value).decode()})")


def _model_of(owner: Node) -> str:
    """The class of what a name holds in a function, where its one assignment makes or gets an object; else ``""``."""
    function = within(owner, "function_definition", "module")
    made = set()
    parameters = field(function, "parameters") if function is not None else None
    if parameters is not None and any(text_of(one) == text_of(owner) for one in walk(parameters)):
        return ""
    for node in walk(function) if function is not None else ():
        if node.type == "assignment" and text_of(field(node, "left")) == text_of(owner):
            value = field(node, "right")
            match = _MADE.match(text_of(value))
            is_call = value is not None and value.type == "call"
            called = field(value, "function") if value is not None and is_call else None
            whole = match is not None and text_of(called) == match[0][:-1]
            made.add(match[1].decode().rpartition(".")[2] if match is not None and whole else "")
    return made.pop() if len(made) == 1 else ""


_SET = re.compile(rb"(?<![\w.])(?!self\b)\w+\.(\w+)[ \t]*=(?!=)")


def sets_relation(body: bytes, _path: PurePosixPath, facts: Facts) -> bool:
    """Whether a relation of a model is assigned to, on something else than ``self``, of a model that is used."""
    assigned = {name.decode() for name in _SET.findall(body)}
    models = (model for model, names in facts.models.many_to_many.items() if not assigned.isdisjoint(names))
    return any(f"{model}(".encode() in body or f"{model}.objects".encode() in body for model in models)
