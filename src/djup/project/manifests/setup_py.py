"""setup.py, read without running it: the literal lists given to setup(); what is computed is left alone and said."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.model import ManifestFile, Requirement
from djup.project.manifests.inline import inline_requirement, place_at, rename, set_specifier

__all__ = ["NAME", "arguments", "matches", "read", "rename", "set_specifier"]

NAME = "setup.py"

GROUPS = {"install_requires": "", "requires": "", "tests_require": "test", "setup_requires": "build"}


def matches(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "setup.py"


def read(text: str, path: PurePosixPath) -> ManifestFile:
    """Return the requirements that stand in the file as literals; one that cannot be parsed declares none."""
    requirements: list[Requirement] = []
    given = arguments(text)
    for keyword, group in GROUPS.items():
        if keyword in given:
            requirements += _of_list(text, path, given[keyword], given, group)
    extras = _resolve(given.get("extras_require"), given)
    if isinstance(extras, ast.Dict):
        for name, value in zip(extras.keys, extras.values, strict=True):
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                requirements += _of_list(text, path, value, given, name.value.partition(":")[0])
    return ManifestFile(path=path, format=NAME, role="main", requirements=tuple(requirements))


def arguments(text: str) -> dict[str, ast.expr]:
    """The keywords given to ``setup()``; the module's own simple assignments are there too, as ``$name``."""
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError):
        return {}
    found: dict[str, ast.expr] = {}
    for node in module.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found["$" + node.targets[0].id] = node.value
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
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


def _of_list(
    text: str, path: PurePosixPath, node: ast.expr, given: dict[str, ast.expr], group: str
) -> Iterator[Requirement]:
    """The requirements of a list or tuple of literals, of a sum of such, or of a name that stands for one."""
    value = _resolve(node, given)
    if isinstance(value, ast.BinOp):
        yield from _of_list(text, path, value.left, given, group)
        yield from _of_list(text, path, value.right, given, group)
    if isinstance(value, ast.List | ast.Tuple):
        for element in value.elts:
            if isinstance(element, ast.Constant) and isinstance(element.value, str):
                yield from _of_literal(text, path, element, element.value, group)


def _of_literal(text: str, path: PurePosixPath, node: ast.expr, value: str, group: str) -> Iterator[Requirement]:
    """The requirement of one plain literal; one glued of several parts has no single place and is left out."""
    line = text.splitlines(keepends=True)[node.lineno - 1]
    start = sum(len(before) for before in text.splitlines(keepends=True)[: node.lineno - 1])
    start += len(line.encode()[: node.col_offset].decode())
    offset = text.find(value, start)
    if offset == -1 or text[start:offset].strip("rRuU") not in ("'", '"', "'''", '"""'):
        return
    requirement = inline_requirement(value, place_at(text, offset, path), group)
    if requirement is not None:
        yield requirement
