"""setup.py, read without running it: the literal lists given to setup(); what is computed is left alone and said."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.project.manifests.spots import Spot, Spotted, inline_spot
from djup.project.manifests.statements import statements

NAME = "setup.py"

GROUPS = {"install_requires": "", "requires": "", "tests_require": "test", "setup_requires": "build"}


def is_one(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "setup.py"


def spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The requirements that stand in the file as literals."""
    given = arguments(text)
    for keyword, group in GROUPS.items():
        if keyword in given:
            yield from _of_list(text, path, given[keyword], given, group)
    extras = _resolve(given.get("extras_require"), given)
    if isinstance(extras, ast.Dict):
        for name, value in zip(extras.keys, extras.values, strict=True):
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield from _of_list(text, path, value, given, name.value.partition(":")[0])


def arguments(text: str) -> dict[str, ast.expr]:
    """The keywords given to ``setup()``; the module's own simple assignments are there too, as ``$name``."""
    body = statements(text)
    found: dict[str, ast.expr] = {}
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found["$" + node.targets[0].id] = node.value
    for call in (node for statement in body for node in ast.walk(statement) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name == "setup":
            found.update({keyword.arg: keyword.value for keyword in call.keywords if keyword.arg})
    return found


def _resolve(node: ast.expr | None, given: dict[str, ast.expr]) -> ast.expr | None:
    seen: set[str] = set()
    while isinstance(node, ast.Name) and node.id not in seen:
        seen.add(node.id)
        node = given.get("$" + node.id)
    return node


def _of_list(text: str, path: PurePosixPath, node: ast.expr, given: dict[str, ast.expr], group: str) -> Iterator[Spot]:
    """The requirements of a list or tuple of literals, of a sum of such, or of a name that stands for one."""
    value = _resolve(node, given)
    if isinstance(value, ast.BinOp):
        yield from _of_list(text, path, value.left, given, group)
        yield from _of_list(text, path, value.right, given, group)
    if isinstance(value, ast.List | ast.Tuple):
        for element in value.elts:
            spot = literal_spot(text, path, element, group)
            if spot is not None:
                yield spot


def literal_spot(text: str, path: PurePosixPath, node: ast.expr, group: str) -> Spot | None:
    """The requirement of one plain literal; one glued of several parts has no single place and is left out."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return None
    rows = text.splitlines(keepends=True)
    start = sum(map(len, rows[: node.lineno - 1])) + len(rows[node.lineno - 1].encode()[: node.col_offset].decode())
    offset = text.find(node.value, start)
    if offset == -1 or text[start:offset].strip("rRuU") not in ("'", '"'):
        return None
    return inline_spot(text, (offset, offset + len(node.value)), node.value, path, group=group)


FORMAT = Spotted(NAME=NAME, is_one=is_one, spots=spots)
