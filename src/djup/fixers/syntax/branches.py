"""Branches whose condition is known now: the living one takes the place of the statement, the others go."""

from __future__ import annotations

import re

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.names import is_bound
from djup.source.statements import remove_statement
from djup.source.tree import ancestors, field, text_of, walk

_LINE = re.compile(rb"^", re.MULTILINE)


def settle(patch: Patch, name: Node, settled: set[int], *, truth: bool) -> bool:
    """Settle the branches that hang on a name alone, in ``if``, ``elif`` or ``a if b else c``; False where unsure.

    ``settled`` collects the statements taken on in this pass: what lies within one of them waits for the next.
    """
    around = [one.id for one in ancestors(name) if one.type == "if_statement"]
    if settled.intersection(around):
        return True
    condition = name
    if name.parent is not None and name.parent.type == "not_operator":
        condition, truth = name.parent, not truth
    owner = condition.parent
    if owner is None:
        return False
    if owner.type == "conditional_expression":
        return _expression(patch, owner, condition, truth=truth)
    if owner.type not in {"if_statement", "elif_clause"} or field(owner, "condition") != condition:
        return False
    rewrite = _statement if owner.type == "if_statement" else _clause
    done = rewrite(patch, owner, truth=truth)
    settled.update(around[:1] if done else ())
    return done


def drop_branch(patch: Patch, statement: Node) -> bool:
    """Take an ``if`` that never holds out; a block that it alone stands in gets ``pass``.

    False where other code, dead as well, uses a name that nothing else binds.
    """
    if any(_is_bound_here_alone(patch, statement, word) for word in _bound(patch, statement)):
        return False
    block = statement.parent
    alone = block is not None and block.type == "block"
    if block is not None and alone and sum(one.type != "comment" for one in block.named_children) == 1:
        patch.replace(statement, "pass")
    else:
        patch.edit(remove_statement(patch.module.body, statement))
    return True


def _bound(patch: Patch, statement: Node) -> set[str]:
    found = {text_of(one).decode() for one in walk(statement) if one.type == "identifier" and is_bound(one)}
    return found | {one.local for one in patch.module.imports if _within(one.item, statement)}


def _is_bound_here_alone(patch: Patch, statement: Node, word: str) -> bool:
    others = [one for one in patch.module.spelled(word) if not _within(one, statement)]
    imported = any(one.local == word and not _within(one.item, statement) for one in patch.module.imports)
    return bool(others) and not imported and not any(is_bound(one) for one in others)


def _within(node: Node, statement: Node) -> bool:
    return statement.start_byte <= node.start_byte < statement.end_byte


def _expression(patch: Patch, owner: Node, condition: Node, *, truth: bool) -> bool:
    parts = owner.named_children
    if len(parts) != len(["then", "condition", "else"]) or parts[1] != condition:
        return False
    patch.replace(owner, text_of(parts[0] if truth else parts[2]).decode())
    return True


def _statement(patch: Patch, owner: Node, *, truth: bool) -> bool:
    alternatives = owner.children_by_field_name("alternative")
    if truth:
        return _unwrap(patch, owner, field(owner, "consequence"))
    if not alternatives:
        return drop_branch(patch, owner)
    first = alternatives[0]
    if first.type == "elif_clause":
        patch.edit(Edit(start=owner.start_byte, end=first.start_byte + len(b"elif"), text=b"if"))
        return True
    return _unwrap(patch, owner, field(first, "body"))


def _clause(patch: Patch, clause: Node, *, truth: bool) -> bool:
    """An ``elif`` that always holds is an ``else``, and nothing comes after it; one that never does goes."""
    owner, consequence = clause.parent, field(clause, "consequence")
    if owner is None or consequence is None:
        return False
    after = [one for one in owner.children_by_field_name("alternative") if one.start_byte > clause.start_byte]
    if not truth:
        end = after[0].start_byte if after else clause.end_byte
        start = clause.start_byte if after else len(patch.module.body[: clause.start_byte].rstrip())
        patch.edit(Edit(start=start, end=end, text=b""))
        return True
    colon = next(one for one in clause.children if one.type == ":")
    patch.edit(Edit(start=clause.start_byte, end=colon.start_byte, text=b"else"))
    if after:
        patch.edit(Edit(start=consequence.end_byte, end=owner.end_byte, text=b""))
    return True


def _unwrap(patch: Patch, owner: Node, block: Node | None) -> bool:
    """Put the statements of a block in the place of the statement around it, less deep by one step."""
    body = patch.module.body
    if block is None or block.start_point[0] == owner.start_point[0]:
        return False
    if any(one.type == "string" and one.start_point[0] != one.end_point[0] for one in walk(block)):
        return False
    first = _start_of_content(body, owner, block)
    outer = body[body.rfind(b"\n", 0, owner.start_byte) + 1 : owner.start_byte]
    inner = body[body.rfind(b"\n", 0, block.start_byte) + 1 : block.start_byte]
    if outer.strip() or inner.strip() or not inner.startswith(outer):
        return False
    deeper = len(inner) - len(outer)
    patch.edit(Edit(start=owner.start_byte, end=first + len(inner), text=b""))
    for match in _LINE.finditer(body, first + len(inner) + 1, block.end_byte):
        start = match.start()
        if body[start : start + len(inner)] == inner:
            patch.edit(Edit(start=start, end=start + deeper, text=b""))
    if owner.end_byte > block.end_byte:
        patch.edit(Edit(start=block.end_byte, end=owner.end_byte, text=b""))
    return True


def _start_of_content(body: bytes, owner: Node, block: Node) -> int:
    """The first line of a block, comments above its first statement included."""
    line = body.rfind(b"\n", 0, block.start_byte) + 1
    while line > owner.start_byte:
        above = body.rfind(b"\n", 0, line - 1) + 1
        if above <= owner.start_byte or not body[above:line].lstrip().startswith(b"#"):
            break
        line = above
    return line
