"""The classes of a module by their bases, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from djup.knowledge.search import has_base
from djup.source import tree as syntax
from djup.source.python import Module
from djup.source.tree import field


def subclasses(module: Module, *bases: str) -> list[Node]:
    """The classes with one of the bases: dotted ones by origin, single words as the end of a base's name."""
    return [one for one in module.classes() if has_base(module, one, bases)]


def own_method(module: Module, owner: Node, name: str) -> Node | None:
    """The method of that name in the body of a class itself."""
    return next((one for one in module.methods(name) if class_of(one) == owner), None)


def own_option(module: Module, owner: Node, name: str) -> Node | None:
    """The assignment to that name in the body of a class itself."""
    return next((one for one in module.assignments(name) if class_of(one) == owner), None)


def class_of(node: Node) -> Node | None:
    """The class around a node, not counting the node itself."""
    return None if node.parent is None else syntax.within(node.parent, "class_definition")


def returns(definition: Node) -> Iterator[Node]:
    """The ``return`` statements of a function itself, not those of functions within it."""
    body = field(definition, "body")
    for node in syntax.walk(body) if body is not None else ():
        if node.type == "return_statement" and syntax.within(node, *syntax.FUNCTIONS) == definition:
            yield node
