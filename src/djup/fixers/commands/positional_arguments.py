"""Management commands that take arguments without a name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tree_sitter import Node

from djup.facts.project import Facts
from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.class_bodies import attributes_of, methods_of
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import field, text_of, walk

_BASES = {"django.core.management.base.BaseCommand", "django.core.management.BaseCommand"}
_DECLARES = {"args", "option_list", "add_arguments", "create_parser"}


def command_arguments(patch: Patch) -> None:
    """A command whose ``handle()`` reads ``args`` declares them; those with options of optparse still take any.

    https://docs.djangoproject.com/en/1.8/releases/1.8/#management-commands-that-only-accept-positional-arguments
    """
    for definition in patch.module.classes():
        methods = methods_of(definition)
        known = {*methods, *attributes_of(definition)}
        if not _BASES.intersection(patch.module.bases(definition)) or known & _DECLARES or patch.skips(definition):
            continue
        handle = methods.get("handle")
        if handle is not None and _reads_args(handle):
            _declare(patch, handle)


def _reads_args(handle: Node) -> bool:
    parameters, body = field(handle, "parameters"), field(handle, "body")
    if parameters is None or body is None or b"*args" not in text_of(parameters):
        return False
    return any(node.type == "identifier" and text_of(node) == b"args" for node in walk(body))


def _declare(patch: Patch, handle: Node) -> None:
    """Put ``add_arguments()`` above ``handle()`` and what decorates it."""
    decorated = handle.parent is not None and handle.parent.type == "decorated_definition"
    first = handle.parent if decorated and handle.parent is not None else handle
    body = patch.module.body
    start = body.rfind(b"\n", 0, first.start_byte) + 1
    indent = body[start : first.start_byte].decode()
    newline = line_end(body).decode()
    step = "\t" if indent.startswith("\t") else indent
    lines = ["def add_arguments(self, parser):", f'{step}parser.add_argument("args", nargs="*")']
    text = "".join(f"{indent}{line}{newline}" for line in lines)
    patch.edit(Edit(start=start, end=start, text=f"{text}{newline}".encode()))


_ARGS = re.compile(rb"\bargs\b")
_TAKES_ARGS = re.compile(rb"\bdef[ \t]+\w+[ \t]*\([^)]*\*args\b")


def uses_args(body: bytes, _path: PurePosixPath, _facts: Facts) -> bool:
    """Whether ``args`` stands elsewhere than among parameters."""
    return len(_ARGS.findall(body)) > len(_TAKES_ARGS.findall(body))
