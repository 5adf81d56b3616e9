"""The syntax tree of Python 2 and 3 source: parsing it, and moving about in it."""

from __future__ import annotations

import ast
import functools
import warnings
from collections.abc import Iterator

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Tree

LANGUAGE = Language(tree_sitter_python.language())

FUNCTIONS = frozenset({"function_definition", "lambda"})
COMPREHENSIONS = frozenset(
    {"list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"}
)
SCOPES = FUNCTIONS | COMPREHENSIONS | {"class_definition", "module"}


def parse(body: bytes) -> Tree:
    """Parse UTF-8 source of either Python; what cannot be parsed becomes ERROR nodes of the tree."""
    return Parser(LANGUAGE).parse(body)


def text_of(node: Node | None) -> bytes:
    """The bytes of a node; empty for no node."""
    return b"" if node is None or node.text is None else node.text


def field(node: Node, name: str) -> Node | None:
    """The child that plays a role in a node: ``left``, ``name``, ``body`` ..."""
    return node.child_by_field_name(name)


def ancestors(node: Node) -> Iterator[Node]:
    """The nodes around a node, from the inside out."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def within(node: Node, *types: str) -> Node | None:
    """The innermost node of one of the types around a node, or the node itself."""
    if node.type in types:
        return node
    return next((one for one in ancestors(node) if one.type in types), None)


def walk(node: Node) -> Iterator[Node]:
    """A node and all that is in it, in source order."""
    cursor = node.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def statement_of(node: Node) -> Node:
    """The statement a node belongs to: its outermost part that stands in a block or in the module itself."""
    current = node
    for parent in ancestors(node):
        if parent.type in {"module", "block"}:
            return current
        current = parent
    return current


def first_error(tree: Tree) -> int:
    """The line (from 1) of the first place that cannot be parsed, 0 where all can."""
    if not tree.root_node.has_error:
        return 0
    return next((one.start_point[0] + 1 for one in walk(tree.root_node) if one.is_error or one.is_missing), 1)


@functools.lru_cache(maxsize=32)
def parses_in_python3(body: bytes) -> bool:
    """Whether Python's own parser takes the source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(body.decode())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
