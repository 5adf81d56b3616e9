"""noxfile.py, read without running it: what its sessions install by literal arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from djup.project.manifests.setup_py import literal_spot
from djup.project.manifests.spots import Spot, Spotted
from djup.project.manifests.statements import statements

NAME = "nox"

TAKES_VALUE = frozenset({"-r", "-c", "-e", "-f", "-i", "--requirement", "--constraint", "--editable", "--index-url"})


def is_one(path: PurePosixPath) -> bool:
    """Whether a file is one by its name."""
    return path.name == "noxfile.py"


def spots(text: str, path: PurePosixPath) -> Iterator[Spot]:
    """The literal requirements of ``session.install``; the group is the session's function."""
    for function in (node for node in statements(text) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
        session = function.args.args[0].arg if function.args.args else ""
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _is_install(node.func, session):
                yield from _of_call(text, path, node, function.name)


def _is_install(function: ast.expr, session: str) -> bool:
    """Whether a function is ``session.install``, whatever the session is called."""
    if not isinstance(function, ast.Attribute) or function.attr != "install":
        return False
    return isinstance(function.value, ast.Name) and function.value.id == session


def _of_call(text: str, path: PurePosixPath, call: ast.Call, group: str) -> Iterator[Spot]:
    value_of_option = False
    for argument in call.args:
        word = argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""
        is_requirement = word and not word.startswith(("-", ".", "/")) and not value_of_option
        value_of_option = word in TAKES_VALUE
        spot = literal_spot(text, path, argument, group) if is_requirement else None
        if spot is not None:
            yield spot


FORMAT = Spotted(NAME=NAME, is_one=is_one, spots=spots, role="test")
