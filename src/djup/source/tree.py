"""The syntax tree of Python 2 and 3 source: parsing it, and moving about in it."""

from __future__ import annotations

import ast
import functools
import warnings
from collections.abc import Iterable, Iterator

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Tree

from djup.source.edits import Edit, settled

LANGUAGE = Language(tree_sitter_python.language())

FUNCTIONS = frozenset({"function_definition", "lambda"})
COMPREHENSIONS = frozenset(
    {"list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"}
)
SCOPES = FUNCTIONS | COMPREHENSIONS | {"class_definition", "module"}


def parse(body: bytes) -> Tree:
    """Parse UTF-8 source of either Python; what cannot be parsed becomes ERROR nodes of the tree."""
    return Parser(LANGUAGE).parse(body)


def parse_again(tree: Tree, body: bytes, edits: Iterable[Edit], result: bytes) -> Tree:
    """Parse what edits made of a body, of whose tree all that lies between them is kept; where it has errors, anew."""
    if tree.root_node.has_error:
        return parse(result)
    old = tree.copy()
    for edit in reversed(settled(edits)):
        start, breaks = _point(body, edit.start), edit.text.count(b"\n")
        column = len(edit.text) - edit.text.rfind(b"\n") - 1 if breaks else start[1] + len(edit.text)
        end = edit.start + len(edit.text)
        old.edit(edit.start, edit.end, end, start, _point(body, edit.end), (start[0] + breaks, column))
    return Parser(LANGUAGE).parse(result, old)


def _point(body: bytes, offset: int) -> tuple[int, int]:
    """The line and the column of an offset, both from 0 and in bytes."""
    start = body.rfind(b"\n", 0, offset) + 1
    return body.count(b"\n", 0, offset), offset - start


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
