"""What a Python fixer works with: the parsed file, the change, and the rewriting it wants, imports included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tree_sitter import Node

from djup.facts.project import Facts
from djup.fixers.engine.migrations import Operation
from djup.knowledge.changes import Change
from djup.knowledge.search import search_python
from djup.model import Record
from djup.source.calls import Call, call_of
from djup.source.edits import Edit, parted
from djup.source.imports import Wanted, edit_imports
from djup.source.names import Imported
from djup.source.python import Module
from djup.source.statements import filled
from djup.source.strings import string_value
from djup.source.tree import field, text_of, walk


class Report(Record):
    """A place (byte offset) that a fixer recognised and left alone, and what a person should do there."""

    offset: int
    hint: str


class Patch:
    """The rewriting of one file for one change: a fixer asks for edits, and imports come and go with them."""

    def __init__(self, module: Module, change: Change, facts: Facts) -> None:
        self.module = module
        self.change = change
        self.facts = facts
        self.sites: set[int] = set()
        self.reports: list[Report] = []
        self._edits: dict[tuple[int, int], Edit] = {}
        self._renamed: list[tuple[Imported, Wanted]] = []
        self._added: list[Wanted] = []
        self._dropped: list[Imported] = []
        self.operations: list[Operation] = []
        self.keeps_imports = False
        """Whether the fixer sees to the imports itself, also to those that nothing needs any longer."""

    def skips(self, node: Node) -> bool:
        """Whether a comment on the node's line, or where its name is imported, keeps this change away from it."""
        return self.module.leaves_alone(node, self.change.id)

    def replace(self, node: Node, text: str) -> None:
        """Put a text in the place of a node."""
        self.edit(Edit(start=node.start_byte, end=node.end_byte, text=text.encode()))

    def edit(self, edit: Edit) -> None:
        """Make an edit; the same edit asked for twice is made once."""
        self._edits[edit.start, edit.end] = edit
        self.sites.add(edit.start)

    def report(self, node: Node, hint: str = "") -> None:
        """Leave a place to a person."""
        if not self.skips(node):
            self.reports.append(Report(offset=node.start_byte, hint=hint or self.change.advice))

    def rename_import(self, one: Imported, wanted: Wanted) -> None:
        """Import another name instead of one."""
        self._renamed.append((one, wanted))
        self.sites.add(one.item.start_byte)

    def drop_import(self, one: Imported) -> None:
        """Import a name no longer; the fixer knows that nothing needs it."""
        self._dropped.append(one)
        self.sites.add(one.item.start_byte)

    def need(self, module: str, name: str, place: Node) -> str:
        """Return the expression that stands for ``module.name`` at a place, importing it where nothing does yet.

        Without a module the name is one itself: ``import name``.
        """
        origin = f"{module}.{name}" if module else name
        for one in self.module.imports:
            if one.origin not in {module, origin} or one.conditional or one.name == "*":
                continue
            if self.module.bound_at(one.local, place) != [one]:
                continue
            if one.origin == origin and one not in [old for old, _ in self._renamed]:
                return one.local
            if one.origin == module and (one.name or one.alias or "." not in module):
                return f"{one.local}.{name}"
        for wanted in self._added:
            if (wanted.module, wanted.name) == (module, name):
                return wanted.alias or name
        free = self.is_free(name, place) and name not in [one.alias or one.name for one in self._added]
        alias = "" if free else f"{module.rpartition('.')[2] or 'python'}_{name}"
        self._added.append(Wanted(module=module, name=name, alias=alias))
        return alias or name

    def is_free(self, word: str, place: Node, origin: str = "") -> bool:
        """Whether a word means nothing else, at a place and in the module itself, than a dotted origin."""
        root = self.module.tree.root_node.id
        around = [one for scope, one in self.module.bindings(word) if scope == root]
        bound = [*around, *self.module.bound_at(word, place)]
        return all(one is not None and one.origin == origin for one in bound)

    def is_exported(self, word: str) -> bool:
        """Whether other modules may rely on a name of this one: by importing or patching it, or by ``__all__``."""
        if self.facts.imports.relies_on(self.module.path, word):
            return True
        return any(
            string_value(node) == word
            for assignment in self.module.assignments("__all__")
            for node in walk(field(assignment, "right") or assignment)
            if node.type == "string"
        )

    def edits(self) -> list[Edit]:
        """All edits, those of the imports included; one that lies within another waits for the next pass."""
        edits = [one for one in self._edits.values() if not _within_another(one, self._edits.values())]
        if not (edits or self._renamed or self._added or self._dropped):
            return []
        orphans = [] if self.keeps_imports else [one for one in self.module.imports if self._is_orphan(one, edits)]
        dropped = self._dropped + orphans
        found = edit_imports(self.module, renamed=self._renamed, dropped=dropped, added=self._added)
        every = edits + [one for one in found if not _covered(one, edits)]
        return parted(self.module.body, filled(self.module.body, self.module.tree.root_node, every))

    def calls_with_one(self, dotted: str) -> Iterator[tuple[Call, str]]:
        """The calls of a function given one argument by its place, each with that text; other uses are reported."""
        for node in self.module.uses(dotted):
            call = call_of(node)
            if self.skips(node):
                continue
            if call is None or len(call.positional) != 1 or len(call.arguments) != 1:
                self.report(node)
            else:
                yield call, text_of(call.positional[0].value).decode()

    def places(self) -> tuple[int, ...]:
        """The byte offsets where the change applies, whether or not a fixer takes them."""
        return search_python(self.change, self.module, self.facts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of a byte offset."""
        return self.module.position(offset)

    def holds(self, edits: Sequence[Edit], after: Patch) -> bool:
        """Whether the edits stay clear of what cannot be parsed, and their result parses as well as the file did."""
        root = self.module.tree.root_node
        if root.has_error:
            broken = [(one.start_byte, one.end_byte) for one in root.children if one.has_error]
            return not any(start <= edit.start < end for edit in edits for start, end in broken)
        return not after.module.tree.root_node.has_error

    def _needing(self, one: Imported) -> list[Node]:
        """The uses that an import makes possible: of ``import a.b`` only those of ``a.b``."""
        references = self.module.references(one)
        if one.name or one.alias or "." not in one.module:
            return references
        return [node for node in references if f"{_chain_of(node).decode()}.".startswith(f"{one.module}.")]

    def _is_orphan(self, one: Imported, edits: list[Edit]) -> bool:
        """Whether an import was used, and is no longer once the edits are made."""
        if one.conditional or one.name == "*" or one in [old for old, _ in self._renamed]:
            return False
        if any(one.item.start_byte <= edit.start < one.item.end_byte for edit in edits):
            return False
        word = one.local.encode()
        if not any(word in self.module.body[edit.start : edit.end] for edit in edits):
            return False
        references = self._needing(one)
        gone = [node for node in references if any(edit.start <= node.start_byte < edit.end for edit in edits)]
        if not gone or len(gone) != len(references) or self.is_exported(one.local):
            return False
        again = re.compile(rb"(?<![\w.])" + re.escape(word) + rb"(?![\w'\"])")  # b"" is no use of b
        return not any(again.search(edit.text) for edit in edits)


def _within_another(edit: Edit, edits: Iterable[Edit]) -> bool:
    """Whether another edit replaces more than the bytes of one; what is inserted beside it does not count."""
    if edit.start == edit.end:
        return any(one.start < edit.start < one.end for one in edits)
    return any(
        one.start <= edit.start and edit.end <= one.end and one.end - one.start > edit.end - edit.start for one in edits
    )


def _chain_of(node: Node) -> bytes:
    """The whole dotted expression a name starts."""
    while node.parent is not None and node.parent.type == "attribute" and field(node.parent, "object") == node:
        node = node.parent
    return text_of(node)


def _covered(edit: Edit, edits: list[Edit]) -> bool:
    """Whether an edit lies within what another one replaces."""
    return any(one.start <= edit.start and edit.end <= one.end and one.start < one.end for one in edits)


def receiver_of(attribute: Node) -> str:
    """The object of an attribute, as written."""
    return text_of(field(attribute, "object")).decode()
