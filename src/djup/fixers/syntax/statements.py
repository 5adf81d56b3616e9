"""Take an assignment out, with the comment that belongs to it alone; an emptied block gets ``pass``."""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.python import Module
from djup.source.statements import remove_statement
from djup.source.tree import statement_of


def drop_statement(patch: Patch, assignment: Node) -> None:
    """Take an assignment out, with the comment that belongs to it alone; an emptied block gets ``pass``."""
    statement = statement_of(assignment)
    block = statement.parent
    others = (
        [] if block is None else [one for one in block.named_children if one.type != "comment" and one != statement]
    )
    if block is not None and block.type == "block" and not others:
        patch.replace(statement, "pass")
        return
    edit = remove_statement(patch.module.body, statement)
    patch.edit(_with_comment(patch.module.body, edit))


def _with_comment(body: bytes, edit: Edit) -> Edit:
    """Widen the removal to the comment just above, where blank lines set both apart, and to one blank line."""
    start, end = edit.start, edit.end
    following = _line_at(body, end)
    if (start and body[start - 1 : start] != b"\n") or following.strip():
        return edit
    top = start
    while top and _line_before(body, top).strip().startswith(b"#"):
        top -= len(_line_before(body, top))
    if start and not top:
        return edit  # what a file begins with is about all of it
    if not top or not _line_before(body, top).strip():
        start = top
        if end < len(body):
            return Edit(start=start, end=end + len(following), text=b"")
        while start and not _line_before(body, start).strip():
            start -= len(_line_before(body, start))
    return Edit(start=start, end=end, text=b"")


def _line_at(body: bytes, offset: int) -> bytes:
    end = body.find(b"\n", offset)
    return body[offset:] if end < 0 else body[offset : end + 1]


def _line_before(body: bytes, offset: int) -> bytes:
    return body[body.rfind(b"\n", 0, offset - 1) + 1 : offset]


def line_after(module: Module, statement: Node) -> int:
    """The byte offset of the line after a statement, or of the end of the file."""
    end = module.body.find(b"\n", statement.end_byte)
    return len(module.body) if end < 0 else end + 1


def drop_call(patch: Patch, call: Node) -> None:
    """Take a call out that stands as a statement; the only one of its block becomes ``pass``, others are reported."""
    statement = statement_of(call)
    if statement.type != "expression_statement" or statement.named_children != [call]:
        patch.report(call)
        return
    drop_statement(patch, call)
