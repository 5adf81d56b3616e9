"""A parsed Python file: its text, its names, and where things stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath

from tree_sitter import Node, Tree

from djup.source import tree as syntax
from djup.source.calls import Call, arguments_in, call_of
from djup.source.edits import Edit
from djup.source.names import Names, root_of
from djup.source.strings import literal
from djup.source.tree import field, text_of

SKIP = re.compile(rb"#\s*djup:\s*skip=([\w./,\- ]+)")
SKIP_FILE = re.compile(rb"#\s*djup:\s*skip-file")


class Module(Names):
    """One Python file of either generation, parsed once. ``body`` is UTF-8; offsets are bytes of it."""

    def __init__(self, body: bytes, path: PurePosixPath, tree: Tree | None = None) -> None:
        super().__init__(body, tree or syntax.parse(body), ".".join(path.parent.parts))
        self.path = path

    def after(self, edits: Iterable[Edit], body: bytes) -> Module:
        """The file that edits make of this one."""
        return Module(body, self.path, syntax.parse_again(self.tree, self.body, edits, body))

    @cached_property
    def _has_skips(self) -> bool:
        return b"djup:" in self.body

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column, both from 1 and in characters, of a byte offset."""
        start = self.body.rfind(b"\n", 0, offset) + 1
        return self.body.count(b"\n", 0, offset) + 1, len(self.body[start:offset].decode(errors="replace")) + 1

    def skips(self, offset: int, change: str) -> bool:
        """Whether a comment on the line of an offset keeps a change away: ``# djup: skip=ID``."""
        if not self._has_skips:
            return False
        start = self.body.rfind(b"\n", 0, offset) + 1
        end = self.body.find(b"\n", offset)
        match = SKIP.search(self.body[start : end if end >= 0 else len(self.body)])
        named = {one.strip() for one in match[1].decode().split(",")} if match else set()
        return change in named or change.rpartition("/")[2] in named

    def leaves_alone(self, node: Node, change: str) -> bool:
        """Whether a comment keeps a change away: on the node's line, or where the name it starts from is imported."""
        if not self._has_skips:
            return False
        imports = [] if node.type not in {"identifier", "attribute"} else self.resolve(root_of(node))
        places = [node, *(one.item for one in imports if one is not None)]
        return any(self.skips(one.start_byte, change) for one in places)

    def calls(self, dotted: str) -> list[Call]:
        """The calls of a dotted name, or of a method of any object where the name starts with a dot."""
        if dotted.startswith("."):
            found = [call_of(node) for node in self.attributes(dotted[1:])]
        else:
            found = [call_of(node) for node in self.uses(dotted)]
        return [one for one in found if one is not None]

    def attributes(self, word: str) -> list[Node]:
        """Every ``object.word``, whatever the object."""
        nodes = [node.parent for node in self.spelled(word) if node.parent is not None]
        return [
            node for node in nodes if node.type == "attribute" and text_of(field(node, "attribute")) == word.encode()
        ]

    def methods(self, word: str) -> list[Node]:
        """The functions of that name defined in a class body."""
        return [node.parent for node in self.spelled(word) if _is_method_name(node) and node.parent is not None]

    def assignments(self, word: str) -> list[Node]:
        """The plain assignments ``word = …`` of the module or of a class body, also those under a condition."""
        found = []
        for node in self.spelled(word):
            parent = node.parent
            if parent is None or parent.type != "assignment" or field(parent, "left") != node:
                continue
            if syntax.within(parent, *syntax.FUNCTIONS) is None:
                found.append(parent)
        return found

    def strings(self, value: str) -> list[Node]:
        """The string literals with exactly this value."""
        found = []
        for match in re.finditer(re.escape(value.encode()), self.body):
            node = self.tree.root_node.descendant_for_byte_range(match.start(), match.end())
            node = node.parent if node is not None and node.type == "string_content" else node
            one = literal(node) if node is not None else None
            if node is not None and one is not None and one.value == value and node not in found:
                found.append(node)
        return found

    def classes(self, word: str = "") -> list[Node]:
        """The class definitions, of one name or all."""
        if word:
            nodes = [node.parent for node in self.spelled(word) if node.parent is not None]
            return [one for one in nodes if one.type == "class_definition"]
        return list(self._classes)

    @cached_property
    def _classes(self) -> tuple[Node, ...]:
        found = []
        for match in re.finditer(rb"\bclass\b", self.body):
            node = self.tree.root_node.descendant_for_byte_range(match.start(), match.end())
            if node is not None and node.type == "class" and node.parent is not None:
                found.append(node.parent)
        return tuple(one for one in found if one.type == "class_definition")

    def bases(self, definition: Node) -> tuple[str, ...]:
        """The bases of a class: dotted origins where known, else as written."""
        brackets = field(definition, "superclasses")
        if brackets is None:
            return ()
        found: list[str] = []
        for one in arguments_in(brackets):
            if not one.name and not one.stars:
                found += self.origins(one.value) or (text_of(one.value).decode(),)
        return tuple(found)


def _is_method_name(node: Node) -> bool:
    parent = node.parent
    if parent is None or parent.type != "function_definition" or field(parent, "name") != node:
        return False
    scope = next((one for one in syntax.ancestors(parent) if one.type in syntax.SCOPES), None)
    return scope is not None and scope.type == "class_definition"
