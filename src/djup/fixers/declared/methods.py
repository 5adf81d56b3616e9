"""Methods and attributes that were renamed, known by their name on any object or by the classes that override them."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.classes import class_of, own_method
from djup.knowledge.search import method_uses
from djup.source import tree as syntax
from djup.source.tree import field, text_of


def methods(patch: Patch) -> None:
    """Carry out ``[[change.methods]]`` that have a new name; the others are left to a person."""
    for method in patch.change.methods:
        for name in method_uses(method, patch.module):
            if method.new and not patch.skips(name) and not _stands_for(patch, name, method.new):
                patch.replace(name, method.new)


def _stands_for(patch: Patch, name: Node, new: str) -> bool:
    """Whether one name is there for releases that lack the other: a use within it, or both defined in one class."""
    around = syntax.within(name, "function_definition")
    own = field(around, "name") if around is not None else None
    if around is not None and own == name:
        owner = class_of(around)
        return owner is not None and own_method(patch.module, owner, new) is not None
    return own is not None and text_of(own).decode() == new
