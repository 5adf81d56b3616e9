"""Doctests, which the test command no longer looks for."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tree_sitter import Node

from djup.facts.project import Facts
from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import within

_PROMPT = re.compile(rb"^[ \t]*(?:[\"']{3})?>>> ", re.MULTILINE)


def load_doctests(patch: Patch) -> None:
    """A test module with doctests loads them; doctests of other modules are left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#new-test-runner
    """
    module = patch.module
    if b"load_tests" in module.body or b"DocTestSuite" in module.body:
        return
    given = module.assignments("__test__")
    node = _first_in_docstring(patch)
    if not given and node is None:
        return
    if not module.path.name.startswith("test") or not module.path.stem.isidentifier():
        for found in (*given, *((node,) if node is not None and not given else ())):
            patch.report(found)
        return
    if any(patch.skips(one) for one in given):
        return
    root = module.tree.root_node
    doctest = patch.need("", "doctest", given[0] if given else root.children[0])
    newline = line_end(module.body).decode()
    lines = [
        "",
        "",
        "def load_tests(loader, tests, pattern):",
        f"    tests.addTests({doctest}.DocTestSuite())",
        "    return tests",
    ]
    text = newline.join([*lines, ""])
    lead = "" if module.body.endswith(b"\n") else newline
    patch.edit(Edit(start=len(module.body), end=len(module.body), text=f"{lead}{text}".encode()))


def _first_in_docstring(patch: Patch) -> Node | None:
    """Where the first prompt stands that doctest would find: on a line of a text that is a statement of its own."""
    for match in _PROMPT.finditer(patch.module.body):
        node = patch.module.tree.root_node.descendant_for_byte_range(match.end() - 4, match.end() - 1)
        string = within(node, "string") if node is not None and node.type != "string" else node
        if string is not None and string.parent is not None and string.parent.type == "expression_statement":
            return string
    return None


def of_tests(_body: bytes, path: PurePosixPath, _facts: Facts) -> bool:
    """Whether a file is a test module, which loads doctests; those of other modules are told."""
    return path.name.startswith("test")
