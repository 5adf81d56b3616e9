"""What a name stands for: the imports of a module, its scopes, and the dotted origin of a name or attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from tree_sitter import Node, Tree

from djup.model import Record
from djup.source import tree as syntax
from djup.source.tree import field, text_of

_PATTERNS = frozenset({
    "pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "dictionary_splat_pattern",
})  # fmt: skip
_TARGETS = {
    "assignment": "left", "augmented_assignment": "left", "named_expression": "name", "for_statement": "left",
    "for_in_clause": "left", "default_parameter": "name", "typed_default_parameter": "name",
    "function_definition": "name", "class_definition": "name",
}  # fmt: skip
_ALWAYS_BIND = frozenset({
    "parameters", "lambda_parameters", "typed_parameter", "as_pattern_target", "global_statement",
    "nonlocal_statement", "delete_statement",
})  # fmt: skip
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_HANDLERS = re.compile(rb"\b(ImportError|ModuleNotFoundError|Exception|AttributeError)\b")
_CONDITIONS = re.compile(rb"VERSION|version|PY[23]|six\.|DJANGO_?\d|django_?\d")


class Imported(Record):
    """One name that an import statement binds.

    ``module`` is the module as written (with its dots where relative), ``name`` what is taken from it (``""`` for
    ``import a.b``, ``"*"`` for all), ``local`` the name bound here, ``origin`` the dotted name it stands for.
    ``conditional`` tells whether it depends on a version or on another import that may fail.
    """

    statement: Node
    item: Node
    module: str
    name: str
    alias: str
    local: str
    origin: str
    scope: int
    conditional: bool


class Names:
    """The names of one parsed module. ``package`` is the dotted package it lies in, where that is known."""

    def __init__(self, body: bytes, tree: Tree, package: str | None = None) -> None:
        self.body = body
        self.tree = tree
        self.package = package
        self._bindings: dict[str, list[tuple[int, Imported | None]]] = {}
        self._spelled: dict[str, list[Node]] = {}

    @cached_property
    def imports(self) -> tuple[Imported, ...]:
        """Every name bound by an import statement, in source order."""
        found: list[Imported] = []
        for match in re.finditer(rb"\bimport\b", self.body):
            word = self.tree.root_node.descendant_for_byte_range(match.start(), match.end())
            if word is None or word.type != "import" or word.parent is None:
                continue
            if word.parent.type == "import_from_statement":
                found += self._from_import(word.parent)
            elif word.parent.type == "import_statement":
                found += self._plain_import(word.parent)
        return tuple(found)

    def _from_import(self, statement: Node) -> list[Imported]:
        module_node = field(statement, "module_name")
        module = "".join(text_of(module_node).decode().split())
        scope, conditional = _scope_of(statement).id, _is_conditional(statement)
        stars = [one for one in statement.named_children if one.type == "wildcard_import"]
        found = []
        for item in [*statement.children_by_field_name("name"), *stars]:
            name, alias = ("*", "") if item in stars else _name_and_alias(item)
            origin = self._absolute(module) + ("" if item in stars else f".{name}")
            found.append(
                Imported(
                    statement=statement, item=item, module=module, name=name, alias=alias, local=alias or name,
                    origin=origin, scope=scope, conditional=conditional,
                )
            )  # fmt: skip
        return found

    def _plain_import(self, statement: Node) -> list[Imported]:
        scope, conditional = _scope_of(statement).id, _is_conditional(statement)
        found = []
        for item in statement.children_by_field_name("name"):
            module, alias = _name_and_alias(item)
            top = module.split(".", 1)[0]
            found.append(
                Imported(
                    statement=statement, item=item, module=module, name="", alias=alias, local=alias or top,
                    origin=module if alias else top, scope=scope, conditional=conditional,
                )
            )  # fmt: skip
        return found

    def _absolute(self, module: str) -> str:
        """Return a relative module as an absolute one where the package is known, else as written."""
        if not module.startswith(".") or self.package is None:
            return module
        bare = module.lstrip(".")
        above = len(module) - len(bare) - 1
        parts = self.package.split(".") if self.package else []
        if above > len(parts):
            return module
        return ".".join([*parts[: len(parts) - above], *([bare] if bare else [])])

    @cached_property
    def stars(self) -> tuple[Imported, ...]:
        """The imports of everything from a module."""
        return tuple(one for one in self.imports if one.name == "*")

    def spelled(self, word: str) -> list[Node]:
        """Every identifier spelled like the word, outside strings and comments, in source order."""
        if word not in self._spelled:
            nodes = (self.tree.root_node.descendant_for_byte_range(*span) for span in words(self.body, word.encode()))
            self._spelled[word] = [
                one for one in nodes if one is not None and one.type == "identifier" and text_of(one) == word.encode()
            ]
        return self._spelled[word]

    def bindings(self, word: str) -> list[tuple[int, Imported | None]]:
        """Where a name is bound: the scope's node id, and the import that binds it (None for anything else)."""
        if word not in self._bindings:
            found: list[tuple[int, Imported | None]] = [(one.scope, one) for one in self.imports if one.local == word]
            moved: dict[int, int] = {}
            for node in self.spelled(word):
                scope = _bound_in(node)
                if scope is None:
                    continue
                if node.parent is not None and node.parent.type == "global_statement":
                    moved[scope.id] = self.tree.root_node.id
                else:
                    found.append((scope.id, None))
            self._bindings[word] = [(moved.get(scope, scope), one) for scope, one in found]
        return self._bindings[word]

    def resolve(self, node: Node) -> list[Imported | None]:
        """Return what binds a name where it is used: imports, None for other bindings; empty where nothing does."""
        return self.bound_at(text_of(node).decode(), node)

    def bound_at(self, word: str, place: Node) -> list[Imported | None]:
        """Return what a word would stand for at a place: its bindings in the innermost scope that has any."""
        bindings = self.bindings(word)
        if not bindings:
            return []
        for scope in _visible_scopes(place):
            found = [one for where, one in bindings if where == scope]
            if found:
                return found
        return []

    def origins(self, node: Node) -> tuple[str, ...]:
        """Return the dotted names an identifier or attribute can stand for; empty where unknown or ambiguous."""
        if node.type == "attribute":
            inner, name = field(node, "object"), field(node, "attribute")
            if inner is None or inner.type not in {"identifier", "attribute"}:
                return ()
            return tuple(f"{one}.{text_of(name).decode()}" for one in self.origins(inner))
        if node.type != "identifier":
            return ()
        found = self.resolve(node)
        if found:
            return () if None in found else tuple(dict.fromkeys(one.origin for one in found if one is not None))
        return tuple(f"{star.origin}.{text_of(node).decode()}" for star in self.stars if not star.conditional)

    def uses(self, dotted: str) -> list[Node]:
        """Every expression (not import) that stands for a dotted name, through whatever import or alias.

        Those that go back to a conditional import are left out: the code knows of several versions there.
        """
        last = dotted.rpartition(".")[2]
        words = {last, *(one.local for one in self.imports if one.origin == dotted)}
        found = []
        for word in sorted(words):
            for node in self.spelled(word):
                expression = expression_at(node)
                if expression is None or dotted not in self.origins(expression):
                    continue
                if not any(one is not None and one.conditional for one in self.resolve(root_of(expression))):
                    found.append(expression)
        return sorted(found, key=lambda one: one.start_byte)

    def imported(self, dotted: str) -> list[Imported]:
        """The imports whose name stands for a dotted name."""
        return [one for one in self.imports if one.origin == dotted and one.name != "*"]

    def references(self, one: Imported) -> list[Node]:
        """Every use of the name that an import binds."""
        return [node for node in self.spelled(one.local) if expression_at(node) == node and one in self.resolve(node)]


def words(body: bytes, word: bytes) -> Iterator[tuple[int, int]]:
    """The spans where a word stands as a whole word."""
    start = body.find(word)
    while start >= 0:
        end = start + len(word)
        if not (start and body[start - 1] in _LETTERS) and not (end < len(body) and body[end] in _LETTERS):
            yield start, end
        start = body.find(word, end)


def is_bound(node: Node) -> bool:
    """Whether an identifier is bound where it stands: assigned to, defined, a parameter."""
    return _bound_in(node) is not None


def root_of(node: Node) -> Node:
    """The name that an attribute starts from; any other node is its own root."""
    while node.type == "attribute":
        inner = field(node, "object")
        if inner is None:
            break
        node = inner
    return node


def expression_at(node: Node) -> Node | None:
    """Return the expression an identifier ends: itself, or the attribute it names; None where it names no value."""
    parent = node.parent
    if parent is None or syntax.within(parent, "import_statement", "import_from_statement") is not None:
        return None
    if parent.type == "attribute":
        return parent if field(parent, "attribute") == node else node
    if parent.type == "keyword_argument" and field(parent, "name") == node:
        return None
    return None if _bound_in(node) is not None and parent.type != "augmented_assignment" else node


def _name_and_alias(item: Node) -> tuple[str, str]:
    if item.type == "aliased_import":
        return text_of(field(item, "name")).decode(), text_of(field(item, "alias")).decode()
    return "".join(text_of(item).decode().split()), ""


def _scope_of(node: Node) -> Node:
    """The scope a statement or a target binds its names in."""
    for one in syntax.ancestors(node):
        if one.type in syntax.SCOPES:
            return one
    return node


def _bound_in(node: Node) -> Node | None:
    """Return the scope that an identifier is bound in by standing where it stands, None where it is only used."""
    inner, parent = node, node.parent
    while parent is not None and parent.type in _PATTERNS:
        inner, parent = parent, parent.parent
    if parent is None:
        return None
    if parent.type in _ALWAYS_BIND or (parent.type == "except_clause" and _is_old_except_target(parent, inner)):
        return _scope_of(parent)
    role = _TARGETS.get(parent.type)
    if role is None or field(parent, role) != inner:
        return None
    return _scope_of(parent)


def _is_old_except_target(clause: Node, node: Node) -> bool:
    """Whether a node is the ``e`` of Python 2's ``except Error, e``."""
    before = node.prev_sibling
    return before is not None and before.type == "," and clause.type == "except_clause"


def _visible_scopes(node: Node) -> list[int]:
    """The ids of the scopes a name is looked up in, from the inside out."""
    scopes: list[int] = []
    child = node
    for parent in syntax.ancestors(node):
        if parent.type in syntax.COMPREHENSIONS or parent.type == "module":
            scopes.append(parent.id)
        elif parent.type in syntax.FUNCTIONS:
            if field(parent, "body") == child:
                scopes.append(parent.id)
        elif parent.type == "class_definition" and field(parent, "body") == child and not scopes:
            scopes.append(parent.id)
        child = parent
    return scopes


def _is_conditional(statement: Node) -> bool:
    """Whether an import only holds for some versions: in ``try: … except ImportError`` or under a version test."""
    for parent in syntax.ancestors(statement):
        if parent.type in syntax.FUNCTIONS:
            return False
        if parent.type == "try_statement" and any(
            one.type == "except_clause" and _catches_imports(one) for one in parent.named_children
        ):
            return True
        if parent.type == "if_statement" and _CONDITIONS.search(text_of(field(parent, "condition"))):
            return True
    return False


def _catches_imports(clause: Node) -> bool:
    body = clause.named_children[-1] if clause.named_children else clause
    head = text_of(clause)[: body.start_byte - clause.start_byte]
    return head.strip() in {b"except:", b"except"} or bool(_HANDLERS.search(head))
