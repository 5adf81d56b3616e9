"""Doctests, which the test command no longer looks for."""

from __future__ import annotations

from djup.fixers.patch import Patch
from djup.source.edits import Edit
from djup.source.text import line_end
from djup.source.tree import within


def load_doctests(patch: Patch) -> None:
    """A test module with doctests loads them; doctests of other modules are left to a person.

    https://docs.djangoproject.com/en/1.8/releases/1.6/#new-test-runner
    """
    module = patch.module
    if b"load_tests" in module.body or b"DocTestSuite" in module.body:
        return
    given = module.assignments("__test__")
    place = module.body.find(b">>> ")
    node = module.tree.root_node.descendant_for_byte_range(place, place + 3) if place >= 0 else None
    written = node is not None and within(node, "string") is not None
    if not given and not written:
        return
    if not module.path.name.startswith("test"):
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
