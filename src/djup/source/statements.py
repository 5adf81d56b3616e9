"""Whole statements: taken out with their line, and imports put where a reader expects them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence

from tree_sitter import Node

from djup.source.edits import Edit, whole_lines
from djup.source.names import Names
from djup.source.text import line_end
from djup.source.tree import field, text_of, within

_IMPORTS = {"import_statement", "import_from_statement", "future_import_statement"}


def remove_statement(body: bytes, statement: Node) -> Edit:
    """Take a statement out with its line, or with its semicolon where it shares the line."""
    start, end = whole_lines(body, statement.start_byte, statement.end_byte)
    if (start, end) != (statement.start_byte, statement.end_byte):
        return Edit(start=start, end=end, text=b"")
    following, before = statement.next_sibling, statement.prev_sibling
    if following is not None and following.type == ";":
        after = following.next_sibling
        stop = (
            after.start_byte
            if after is not None and after.start_point[0] == following.start_point[0]
            else following.end_byte
        )
        return Edit(start=start, end=stop, text=b"")
    if before is not None and before.type == ";":
        return Edit(start=before.start_byte, end=end, text=b"")
    rest = body.find(b"\n", end)
    comment = body[end : rest if rest >= 0 else len(body)].lstrip(b" \t")
    if comment.startswith(b"#"):
        first = body.rfind(b"\n", 0, start) + 1
        return Edit(start=first, end=rest + 1 if rest >= 0 else len(body), text=b"")
    return Edit(start=start, end=end, text=b"")


def remove_import(body: bytes, statement: Node) -> Edit:
    """Take an import out; where blank lines stand on both sides of it, only the longer run of them stays."""
    edit = remove_statement(body, statement)
    if (edit.start and body[edit.start - 1 : edit.start] != b"\n") or body[edit.end - 1 : edit.end] != b"\n":
        return edit
    top, bottom = edit.start, edit.end
    while top and _is_blank(body, body.rfind(b"\n", 0, top - 1) + 1):
        top = body.rfind(b"\n", 0, top - 1) + 1
    while bottom < len(body) and _is_blank(body, bottom):
        bottom = body.find(b"\n", bottom) + 1
    above, below = body.count(b"\n", top, edit.start), body.count(b"\n", edit.end, bottom)
    if (
        not edit.start
        or (below and body[: edit.start].rstrip(b" \t").endswith((b":\n", b":\r\n")))
        or (above and above >= below > 0)
    ):
        return Edit(start=edit.start, end=bottom, text=b"")
    return Edit(start=top, end=edit.end, text=b"") if above and below else edit


def filled(body: bytes, root: Node, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with ``pass`` in each block that they would leave without a statement."""
    found = list(edits)
    for block in _emptied(body, root, [one for one in edits if not one.text]):
        first = next(one for one in block.named_children if one.type != "comment")
        gone = next(one for one in found if not one.text and _covers(one, first))
        found.remove(gone)
        lines = body[first.end_byte : gone.end].startswith((b"\n", b"\r\n"))
        if lines and not any(first.end_byte <= one.start < gone.end for one in found):
            found.append(Edit(start=first.start_byte, end=gone.end, text=b"pass" + line_end(body)))
        else:
            found.append(Edit(start=first.start_byte, end=first.end_byte, text=b"pass"))
    return found


def _emptied(body: bytes, root: Node, removals: Sequence[Edit]) -> Iterator[Node]:
    seen: set[int] = set()
    for removal in removals:
        gone = body[removal.start : removal.end]
        first = removal.end - len(gone.lstrip())
        inside = root.descendant_for_byte_range(first, first + 1) if gone.strip() else None
        block = within(inside, "block") if inside is not None else None
        if block is None or block.id in seen or any(_covers(one, block.parent or block) for one in removals):
            continue
        seen.add(block.id)
        statements = [one for one in block.named_children if one.type != "comment"]
        if statements and all(any(_covers(edit, one) for edit in removals) for one in statements):
            yield block


def _covers(edit: Edit, node: Node) -> bool:
    return edit.start <= node.start_byte and node.end_byte <= edit.end


def _is_blank(body: bytes, offset: int) -> bool:
    """Whether the line at an offset is blank; the end of the file is not a line."""
    end = body.find(b"\n", offset)
    return end >= 0 and not body[offset:end].strip()


def has_comment(body: bytes, statement: Node) -> bool:
    """Whether a comment stands in a statement or after it on its line."""
    end = body.find(b"\n", statement.end_byte)
    return b"#" in body[statement.start_byte : end if end >= 0 else len(body)]


def is_standard(module: str) -> bool:
    """Whether a module is of Python's standard library."""
    return module.split(".", 1)[0] in sys.stdlib_module_names


def insert_imports(
    names: Names, wanted: Sequence[tuple[str, str]], gone: Collection[int] = ()
) -> tuple[list[Edit], frozenset[int]]:
    """Put import statements (their module and their text) among those at the top, each in its section.

    ``gone`` are the ids of statements that are taken out at the same time. Returned with the edits are the ids of those
    among them whose place a new statement took.
    """
    edits: list[Edit] = []
    taken: set[int] = set()
    for section in sorted({_section_of(names, module) for module, _ in wanted}):
        group = sorted(one for one in wanted if _section_of(names, one[0]) == section)
        group.sort(key=lambda one: (one[0], one[1].startswith("from ")))
        header = header_imports(names)
        kept = [one for one in header if one.id not in gone]
        free = [one for one in header if one.id in gone and one.id not in taken and _section(names, one) == section]
        free = free or ([one for one in header if one.id not in taken] if not kept else [])
        if any(_section(names, one) == section for one in kept):
            edits += [_among(names, [one for one in kept if _section(names, one) == section], *one) for one in group]
        elif free:
            taken.add(free[0].id)
            text = line_end(names.body).join(text.encode() for _, text in group)
            edits.append(Edit(start=free[0].start_byte, end=free[0].end_byte, text=text))
        else:
            edits.append(_new_section(names, kept, section, [text for _, text in group]))
    return edits, frozenset(taken)


def _among(names: Names, section: list[Node], module: str, text: str) -> Edit:
    """Put an import before the first from-import of a later module, else below the section."""
    newline = line_end(names.body)
    later = [one for one in section if one.type == "import_from_statement" and _module(one) > module]
    if later and (later[0] != section[0] or all(one.type == "import_from_statement" for one in section)):
        return _at_line(names, later[0].start_byte, text.encode() + newline)
    return _below(names, section[-1], text.encode(), newline)


def _new_section(names: Names, header: list[Node], section: int, texts: list[str]) -> Edit:
    """A section of its own, set apart by a blank line."""
    newline = line_end(names.body)
    joined = newline.join(text.encode() for text in texts)
    after = [one for one in header if _section(names, one) > section]
    if after:
        return _at_line(names, after[0].start_byte, joined + newline + newline)
    if header:
        return _below(names, header[-1], newline + joined, newline)
    return _first_import(names, joined, newline)


def keeps_order(names: Names, statement: Node, module: str) -> bool:
    """Whether a statement may import from another module where it stands, with its section in order as before."""
    section = [one for one in header_imports(names) if _section(names, one) == _section(names, statement)]
    section = [one for one in section if one.type == "import_from_statement"]
    before = [_module(one) for one in section]
    after = [module if one == statement else _module(one) for one in section]
    return after == sorted(after) or before != sorted(before)


def header_imports(names: Names) -> list[Node]:
    """The imports that stand above the first other statement of the module, conditional ones left out."""
    found = []
    for statement in names.tree.root_node.named_children:
        if statement.type in _IMPORTS:
            found.append(statement)
        elif statement.type not in {"comment", "try_statement", "if_statement"} and not is_docstring(statement):
            break
    return found


def _section(names: Names, statement: Node) -> int:
    return 0 if statement.type == "future_import_statement" else _section_of(names, _module(statement))


def _section_of(names: Names, module: str) -> int:
    """The section of a module by the usual order: the standard library, other packages, this project's own."""
    if module.startswith("."):
        return 4
    if names.package and module.split(".", 1)[0] in names.package.split("."):
        return 3
    return 1 if is_standard(module) else 2


def _module(statement: Node) -> str:
    name = field(statement, "module_name") or field(statement, "name")
    if name is not None and name.type == "aliased_import":
        name = field(name, "name")
    return text_of(name).decode()


def _at_line(names: Names, offset: int, text: bytes) -> Edit:
    start = names.body.rfind(b"\n", 0, offset) + 1
    return Edit(start=start, end=start, text=text)


def _below(names: Names, statement: Node, text: bytes, newline: bytes) -> Edit:
    end = names.body.find(b"\n", statement.end_byte)
    if end < 0:
        return Edit(start=len(names.body), end=len(names.body), text=newline + text)
    return Edit(start=end + 1, end=end + 1, text=text + newline)


def _first_import(names: Names, text: bytes, newline: bytes) -> Edit:
    """The first import of a module goes below its docstring and leading comments, set apart by a blank line."""
    for statement in names.tree.root_node.named_children:
        if statement.type == "comment" or is_docstring(statement):
            continue
        return _at_line(names, statement.start_byte, text + newline + newline)
    return Edit(start=len(names.body), end=len(names.body), text=text + newline)


def is_docstring(statement: Node) -> bool:
    """Whether a statement is a string by itself."""
    return statement.type == "expression_statement" and [one.type for one in statement.named_children] == ["string"]
