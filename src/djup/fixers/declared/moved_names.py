"""Names that moved to another module or were renamed: imports, uses through modules, and dotted strings."""

from __future__ import annotations

from collections.abc import Mapping

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.knowledge.changes import Change
from djup.model import Record
from djup.source.edits import Edit
from djup.source.imports import Wanted
from djup.source.names import Imported
from djup.source.python import Module
from djup.source.strings import literal
from djup.source.tree import field, text_of


class Home(Record):
    """Where a name lives now: ``from module import name``, then ``.rest`` of it where it is an attribute.

    Without a module it is one itself: ``import name``.
    """

    module: str
    name: str
    rest: str = ""

    @property
    def dotted(self) -> str:
        """The importable part of the name."""
        return f"{self.module}.{self.name}" if self.module else self.name


def moved(patch: Patch) -> None:
    """Carry out ``[change.moved]``: the new name is imported and used; local names, aliases and style stay."""
    table = patch.change.moved
    for one in patch.module.imports:
        if one.conditional or one.name == "*" or patch.skips(one.item):
            continue
        home = _home(table, one.origin if one.name else one.module)
        if home is None:
            continue
        if not one.name:
            _move_plain_import(patch, one, home)
        elif home.rest or home.module == "builtins":
            _replace_uses(patch, one, home)
        else:
            _move_import(patch, one, home)
    for old in table:
        home = _home(table, old)
        for node in patch.module.uses(old):
            if home is not None and not patch.skips(node):
                _move_use(patch, node, old, home)
    if patch.change.moved_strings:
        _move_strings(patch, table)


def moves_import(change: Change, module: Module) -> bool:
    """Whether an import of a module is sure to be rewritten, whatever else the module holds."""
    named = (one for one in module.imports if one.name and one.name != "*" and not one.conditional)
    homes = (_home(change.moved, one.origin) for one in named)
    return any(home is not None and not home.rest and home.module != "builtins" for home in homes)


def unused_imports(patch: Patch) -> None:
    """Take out imports of names that are gone where nothing uses them: the import alone would fail."""
    for dotted in patch.change.seen.names if patch.change.fix or patch.change.moved else ():
        for one in patch.module.imported(dotted):
            if one.conditional or not one.name or patch.skips(one.item) or patch.is_exported(one.local):
                continue
            if not patch.module.references(one) and patch.module.path.name != "__init__.py":
                patch.drop_import(one)


def _home(table: Mapping[str, str], origin: str) -> Home | None:
    """Where a dotted name lives now, by itself or by the longest part of it that moved.

    A colon tells what can be imported from what follows as an attribute: ``datetime:timezone.utc``.
    """
    before, rest = origin, ""
    while before not in table:
        before, dot, last = before.rpartition(".")
        if not dot:
            return None
        rest = f".{last}{rest}"
    new = table[before] + rest
    if ":" in new:
        module, _, inner = new.partition(":")
        name, _, attribute = inner.partition(".")
        return Home(module=module, name=name, rest=attribute)
    module, _, name = new.rpartition(".")
    return Home(module=module, name=name)


def _move_import(patch: Patch, one: Imported, home: Home) -> None:
    """Rename one name of a from-import; its uses follow, unless the new name is taken or others rely on the old."""
    references = patch.module.references(one)
    if any(patch.skips(node) for node in references):
        return
    alias = one.alias if one.alias != home.name else ""
    if not one.alias and one.name != home.name:
        taken = not all(_may_rename(patch, node, one, home) for node in [*references, one.statement])
        if taken or patch.is_exported(one.local):
            alias = one.local
        else:
            for node in references:
                patch.replace(node, home.name)
    after = one.statement if one.scope != patch.module.tree.root_node.id else None
    patch.rename_import(one, Wanted(module=home.module, name=home.name, alias=alias, after=after or one.statement))


def _may_rename(patch: Patch, node: Node, one: Imported, home: Home) -> bool:
    if node.type == "identifier" and patch.module.resolve(node) != [one]:
        same = [other for other in patch.module.resolve(node) if other is None or other.origin != one.origin]
        if same:
            return False
    return patch.is_free(home.name, node, home.dotted)


def _replace_uses(patch: Patch, one: Imported, home: Home) -> None:
    """The name is a builtin or an attribute of something importable now: each use becomes that."""
    references = patch.module.references(one)
    if patch.is_exported(one.local) or any(
        patch.skips(node) or patch.module.resolve(node) != [one] for node in references
    ):
        patch.report(one.item)
        return
    for node in references:
        if home.module == "builtins":
            patch.replace(node, home.name)
        else:
            patch.replace(node, f"{patch.need(home.module, home.name, node)}.{home.rest}")


def _move_plain_import(patch: Patch, one: Imported, home: Home) -> None:
    """``import old.module``: the statement names the new module; uses are moved one by one."""
    target = field(one.item, "name") if one.alias and one.alias != home.dotted else one.item
    if target is not None and not home.rest:
        patch.replace(target, home.dotted)


def _move_use(patch: Patch, node: Node, old: str, home: Home) -> None:
    """A use that names the old place through a module, a package or a star import.

    What is assigned to it, as patches do, would be assigned to a name of this module: it is left to a person.
    """
    if _is_target(node) and home.module != old.rpartition(".")[0]:
        patch.report(node)
        return
    if node.type == "identifier":
        if patch.module.resolve(node) or text_of(node).decode() != old.rpartition(".")[2]:
            return
        text = patch.need(home.module, home.name, node)
        patch.replace(node, f"{text}.{home.rest}" if home.rest else text)
        return
    name = field(node, "attribute")
    if name is None:
        return
    if home.module == "builtins":
        patch.replace(node, home.name)
        return
    if home.module == old.rpartition(".")[0] and not home.rest:
        patch.replace(name, home.name)
    elif any(one.name == "" and not one.alias and one.module == old for one in patch.module.imports):
        patch.replace(node, home.dotted)
    else:
        text = patch.need(home.module, home.name, node)
        patch.replace(node, f"{text}.{home.rest}" if home.rest else text)


def _is_target(node: Node) -> bool:
    """Whether a use is what an assignment or a deletion is about."""
    parent = node.parent
    if parent is None or node.type != "attribute":
        return False
    return parent.type == "delete_statement" or (
        parent.type in {"assignment", "augmented_assignment"} and field(parent, "left") == node
    )


def _move_strings(patch: Patch, table: Mapping[str, str]) -> None:
    for old, new in table.items():
        for node in patch.module.strings(old):
            one = literal(node)
            if one is not None and not patch.skips(node):
                patch.edit(Edit(start=one.content_start, end=one.content_end, text=new.replace(":", ".").encode()))
