"""Import statements rewritten in their own style: names added, renamed, moved to another module or taken away."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from tree_sitter import Node

from djup.model import Record
from djup.source.edits import Edit
from djup.source.names import Imported, Names
from djup.source.statements import has_comment, header_imports, insert_imports, is_standard, keeps_order, remove_import
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of


class Wanted(Record):
    """A name that a module has to import: ``from module import name as alias``, best placed after a statement.

    Without a module it is ``import name as alias``.
    """

    module: str
    name: str
    alias: str = ""
    after: Node | None = None

    @property
    def text(self) -> str:
        """The name as it stands in an import list."""
        return f"{self.name} as {self.alias}" if self.alias and self.alias != self.name else self.name

    def is_given_by(self, one: Imported) -> bool:
        """Whether an import binds this very name."""
        if self.module:
            return (one.module, one.name, one.alias) == (self.module, self.name, self.alias)
        return (one.module, one.name, one.alias) == (self.name, "", self.alias)


def edit_imports(
    names: Names,
    *,
    renamed: Iterable[tuple[Imported, Wanted]] = (),
    dropped: Iterable[Imported] = (),
    added: Iterable[Wanted] = (),
) -> list[Edit]:
    """Return the edits that rename, drop and add imported names; none is imported twice, no statement is left empty."""
    plan = _Plan(names)
    for one, wanted in renamed:
        plan.rename(one, wanted)
    for one in dropped:
        plan.drop(one)
    for wanted in added:
        plan.add(wanted)
    return plan.edits()


class _Plan:
    """What happens to each import statement of a module."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.renames: dict[int, tuple[Imported, Wanted]] = {}
        self.drops: dict[int, Imported] = {}
        self.adds: list[Wanted] = []

    def rename(self, one: Imported, wanted: Wanted) -> None:
        self.renames[one.item.id] = (one, wanted)

    def drop(self, one: Imported) -> None:
        self.drops[one.item.id] = one

    def add(self, wanted: Wanted) -> None:
        if wanted.text not in {other.text for other in self.adds if other.module == wanted.module}:
            self.adds.append(wanted)

    def edits(self) -> list[Edit]:
        touched = {one.statement.id: one.statement for one, _ in self.renames.values()}
        touched |= {one.statement.id: one.statement for one in self.drops.values()}
        lists: dict[int, _List] = {}
        for statement in touched.values():
            lists[statement.id] = _List(self.names, statement)
            self._settle(lists[statement.id])
        later: dict[tuple[str, str, int], list[Wanted]] = {}
        for wanted in self.adds:
            self._place(wanted, lists, later)
        gone = {one.statement.id for one in lists.values() if one.emptied and not one.extra and not one.plain}
        new = {key: _statement_text(key[0], wanted) for key, wanted in later.items()}
        header = [(key[0] or key[1], text) for key, text in new.items() if later[key][0].after is None]
        edits, taken = insert_imports(self.names, header, gone)
        edits += [edit for one in lists.values() if one.statement.id not in taken for edit in one.edits()]
        inner = [(wanted[0].after, new[key]) for key, wanted in later.items()]
        return edits + [_after_statement(self.names, statement_of(one), text) for one, text in inner if one is not None]

    def _settle(self, target: _List) -> None:
        """Decide for one statement: names that stay, that are renamed in place, and that move to another module."""
        moves: list[tuple[Imported, Wanted]] = []
        for one in target.items:
            if one.item.id in self.drops:
                target.remove(one)
            elif one.item.id in self.renames:
                wanted = self.renames[one.item.id][1]
                if wanted.module == one.module:
                    target.rename(one, wanted)
                else:
                    moves.append((one, wanted))
                    target.remove(one)
        modules = {wanted.module for _, wanted in moves}
        if target.emptied and modules == {""} and target.statement.parent != self.names.tree.root_node:
            target.plain = list(dict.fromkeys(wanted.text for _, wanted in moves))
            return
        plain = target.statement.type == "import_statement" or "" in modules
        if target.emptied and len(modules) == 1 and not plain and self._stays(target, moves[0][1]):
            target.move(moves)
            return
        for _, wanted in moves:
            header = target.scope == self.names.tree.root_node.id
            self.add(msgspec.structs.replace(wanted, after=None if header else target.statement))

    def _stays(self, target: _List, wanted: Wanted) -> bool:
        """Whether a statement whose names all move keeps its place: no other takes them, and its section is right."""
        if self._open_statement(wanted, target) is not None:
            return False
        if target.scope != self.names.tree.root_node.id or has_comment(self.names.body, target.statement):
            return True
        alone = header_imports(self.names) == [target.statement]
        same = is_standard(wanted.module) == is_standard(target.items[0].module)
        return alone or (same and keeps_order(self.names, target.statement, wanted.module))

    def _open_statement(self, wanted: Wanted, but: _List | None) -> Node | None:
        """A statement that already imports from the module where the wanted name is to be imported."""
        scope = _scope_at(self.names, wanted.after)
        for one in self.names.imports:
            if one.module == wanted.module and one.name not in {"", "*"} and not one.conditional and one.scope == scope:
                if but is not None and one.statement == but.statement:
                    continue
                if (
                    wanted.after is None
                    or scope == self.names.tree.root_node.id
                    or one.statement.end_byte <= wanted.after.start_byte
                ):
                    return one.statement
        return None

    def _place(self, wanted: Wanted, lists: dict[int, _List], later: dict[tuple[str, str, int], list[Wanted]]) -> None:
        scope = _scope_at(self.names, wanted.after)
        if any(
            wanted.is_given_by(one) and _always_runs(one.statement)
            and one.scope == scope and not one.conditional and one.item.id not in {*self.drops, *self.renames}
            for one in self.names.imports
        ):  # fmt: skip
            return
        if not wanted.module:
            later.setdefault(("", wanted.text, scope), []).append(wanted)
            return
        statement = self._open_statement(wanted, None)
        if statement is not None:
            target = lists.setdefault(statement.id, _List(self.names, statement))
            target.append(wanted)
            return
        moved = next((one for one in lists.values() if one.module == wanted.module and one.scope == scope), None)
        if moved is not None:
            moved.append(wanted)
            return
        later.setdefault((wanted.module, "", scope), []).append(wanted)


def _always_runs(statement: Node) -> bool:
    """Whether an import stands in its scope itself, not in a branch of it."""
    block = statement.parent
    owner = block.parent if block is not None and block.type == "block" else block
    return owner is not None and owner.type in {"module", "function_definition", "class_definition"}


def _statement_text(module: str, wanted: list[Wanted]) -> str:
    if not module:
        return f"import {wanted[0].text}"
    return f"from {module} import {', '.join(sorted({one.text for one in wanted}))}"


class _List:
    """The list of names of one import statement, and what is to become of it."""

    def __init__(self, names: Names, statement: Node) -> None:
        self.names = names
        self.statement = statement
        self.items = [one for one in names.imports if one.statement == statement]
        self.module = self.items[0].module
        self.scope = self.items[0].scope
        self.texts: dict[int, str] = {}
        self.extra: list[str] = []
        self.plain: list[str] = []
        self.removed: set[int] = set()

    @property
    def emptied(self) -> bool:
        return len(self.removed) == len(self.items)

    def remove(self, one: Imported) -> None:
        self.removed.add(one.item.id)

    def rename(self, one: Imported, wanted: Wanted) -> None:
        if wanted.text in self._kept_texts():
            self.remove(one)
        else:
            self.texts[one.item.id] = wanted.text

    def _kept_texts(self) -> set[str]:
        plain = {
            f"{one.name} as {one.alias}" if one.alias else one.name
            for one in self.items
            if one.item.id not in self.removed and one.item.id not in self.texts
        }
        return plain | set(self.texts.values()) | set(self.extra)

    def append(self, wanted: Wanted) -> None:
        if wanted.text not in self._kept_texts():
            self.extra.append(wanted.text)

    def move(self, moves: list[tuple[Imported, Wanted]]) -> None:
        """All names that stay go to one other module: the statement stays where it is, from another module."""
        self.module = moves[0][1].module
        for one, wanted in moves:
            if wanted.text not in self.texts.values():
                self.texts[one.item.id] = wanted.text
                self.removed.discard(one.item.id)

    def edits(self) -> list[Edit]:
        if self.plain:
            text = f"import {', '.join(self.plain)}".encode()
            return [Edit(start=self.statement.start_byte, end=self.statement.end_byte, text=text)]
        if self.emptied and not self.extra:
            return [self._without()]
        found = []
        module = field(self.statement, "module_name")
        if module is not None and self.module != self.items[0].module:
            found.append(Edit(start=module.start_byte, end=module.end_byte, text=self.module.encode()))
        if self.emptied:
            found.append(
                Edit(
                    start=self.items[0].item.start_byte,
                    end=self.items[-1].item.end_byte,
                    text=", ".join(self.extra).encode(),
                )
            )
            return found
        found += [
            Edit(start=one.item.start_byte, end=one.item.end_byte, text=self.texts[one.item.id].encode())
            for one in self.items
            if one.item.id in self.texts
        ]
        return [*found, *self._removals(), *self._insertions()]

    def _removals(self) -> list[Edit]:
        """Take names out with their comma: up to the next name, the last ones from the last name that stays."""
        found = []
        nodes = [one.item for one in self.items]
        kept = [place for place, one in enumerate(self.items) if one.item.id not in self.removed]
        for place, node in enumerate(nodes):
            if node.id not in self.removed:
                continue
            if place > kept[-1]:
                found.append(Edit(start=nodes[kept[-1]].end_byte, end=nodes[-1].end_byte, text=b""))
                break
            found.append(Edit(start=node.start_byte, end=nodes[place + 1].start_byte, text=b""))
        return found

    def _insertions(self) -> list[Edit]:
        if not self.extra:
            return []
        kept = [one for one in self.items if one.item.id not in self.removed]
        words = [self.texts.get(one.item.id, text_of(one.item).decode()) for one in kept]
        ordered = words == sorted(words, key=str.lower)
        found: dict[int, list[str]] = {}
        for text in sorted(self.extra, key=str.lower):
            place = len(kept)
            if ordered:
                place = next((i for i, word in enumerate(words) if word.lower() > text.lower()), len(kept))
            found.setdefault(place, []).append(text)
        return [self._insertion(kept, place, texts) for place, texts in found.items()]

    def _insertion(self, kept: list[Imported], place: int, texts: list[str]) -> Edit:
        anchor = kept[min(place, len(kept) - 1)].item
        body = self.names.body
        line_start = body.rfind(b"\n", 0, anchor.start_byte) + 1
        indent = body[line_start : anchor.start_byte]
        own_line = line_start > self.statement.start_byte and not indent.strip() and self._one_per_line(kept)
        gap = (line_end(body) + indent) if own_line else b" "
        joined = (b"," + gap).join(text.encode() for text in texts)
        if place < len(kept):
            return Edit(start=anchor.start_byte, end=anchor.start_byte, text=joined + b"," + gap)
        end = max(anchor.end_byte, self.items[-1].item.end_byte if self.items[-1].item.id in self.removed else 0)
        return Edit(start=end, end=end, text=b"," + gap + joined)

    def _one_per_line(self, kept: list[Imported]) -> bool:
        rows = [one.item.start_point[0] for one in kept]
        return len(set(rows)) == len(rows)

    def _without(self) -> Edit:
        """Take the statement out with its line; a block that would be left empty gets ``pass``."""
        block = self.statement.parent
        if block is not None and block.type == "block" and _statements(block) == [self.statement]:
            return Edit(start=self.statement.start_byte, end=self.statement.end_byte, text=b"pass")
        return remove_import(self.names.body, self.statement)


def _statements(block: Node) -> list[Node]:
    return [one for one in block.named_children if one.type != "comment"]


def _scope_at(names: Names, after: Node | None) -> int:
    if after is None:
        return names.tree.root_node.id
    return next((one.scope for one in names.imports if one.statement == after), names.tree.root_node.id)


def _after_statement(names: Names, statement: Node, text: str) -> Edit:
    """Put an import on the line after a statement, in its block."""
    line_start = names.body.rfind(b"\n", 0, statement.start_byte) + 1
    indent = names.body[line_start : statement.start_byte]
    if indent.strip(b" \t\f"):
        return Edit(start=statement.end_byte, end=statement.end_byte, text=f"; {text}".encode())
    line_stop = names.body.find(b"\n", statement.end_byte)
    newline = line_end(names.body)
    line = indent.strip(b"\f") + text.encode()
    if line_stop < 0:
        return Edit(start=len(names.body), end=len(names.body), text=newline + line)
    return Edit(start=line_stop + 1, end=line_stop + 1, text=line + newline)
