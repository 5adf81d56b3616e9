"""How much each test asserts, read from its source, so that none is weakened unseen. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from tree_sitter import Node

from djup.model import Record
from djup.source.text import SourceText, read_text
from djup.source.tree import parse
from djup.verify.compare import Worse

ASSERTING = re.compile(rb"^(?:assert|fail|raises$|warns$)")
"""How methods and functions that assert begin: assertEqual, assert_called_with, failUnless, pytest.raises."""

VERSION = re.compile(rb"VERSION|get_version|version_info|\b[Dd]jango_?[0-9]")
"""How a condition on a version is written."""


class Strength(Record):
    """What a function of test code holds: assertions, and calls of whatever.

    ``by_version`` tells that it, or its class, is skipped by a condition on a version.
    """

    assertions: int
    calls: int
    by_version: bool = False


class TestEdit(Record):
    """A commit's edit of a file of tests. ``change`` is the rule it followed, ``""`` for a commit by hand."""

    __test__ = False

    path: str
    change: str
    commit: str
    subject: str


def is_test_code(path: PurePosixPath) -> bool:
    """Whether a file holds tests, by its name or its folder."""
    named = (
        path.name.startswith("test") or path.stem.endswith(("_test", "_tests", "tests")) or path.name == "conftest.py"
    )
    return path.suffix == ".py" and (named or bool({"tests", "test", "testing"}.intersection(path.parts[:-1])))


def strengths(root: Path, paths: Iterable[PurePosixPath]) -> dict[str, Strength]:
    """The strength of each function in the test code of a project, by ``path::Class.function``."""
    found: dict[str, Strength] = {}
    for path in paths:
        if is_test_code(path) and (root / path).is_file():
            text = read_text((root / path).read_bytes(), python=True)
            if isinstance(text, SourceText):
                found |= strengths_in(text.body, path)
    return found


def strengths_in(body: bytes, path: PurePosixPath) -> dict[str, Strength]:
    """The strength of each function of one file; functions within functions count for the outer one."""
    found: dict[str, Strength] = {}
    _collect(parse(body).root_node, str(path), "", found)
    return found


def _collect(node: Node, path: str, prefix: str, found: dict[str, Strength], *, by_version: bool = False) -> None:
    for child in node.children:
        name = child.child_by_field_name("name")
        conditional = by_version or _is_skipped_by_version(child)
        if child.type == "function_definition" and name is not None and name.text is not None:
            found[f"{path}::{prefix}{name.text.decode()}"] = _strength(child, by_version=conditional)
        elif child.type == "class_definition" and name is not None and name.text is not None:
            _collect(child, path, f"{prefix}{name.text.decode()}.", found, by_version=conditional)
        else:
            _collect(child, path, prefix, found, by_version=by_version)


def _is_skipped_by_version(definition: Node) -> bool:
    """Whether a decorator skips by a version: ``@skipIf(django.VERSION >= (1, 6), …)``."""
    around = definition.parent
    if around is None or around.type != "decorated_definition":
        return False
    texts = [node.text or b"" for node in around.children if node.type == "decorator"]
    return any(b"skip" in text.lower() and VERSION.search(text) for text in texts)


def skip_themselves(known: Mapping[str, Strength], tests: Iterable[str]) -> frozenset[str]:
    """Those of some tests, by their ids, whose source says that they are skipped from some version on."""
    meant = [f".{name.replace('.py::', '.').replace('/', '.')}" for name in _by_version(known)]
    found = ((test, f".{_dotted(test)}") for test in tests)
    return frozenset(
        test for test, name in found if any(name.endswith(skipped) or skipped.endswith(name) for skipped in meant)
    )


def _dotted(test: str) -> str:
    """The id of a test without its parameters, as a dotted name for every runner."""
    return test.partition("[")[0].replace(".py::", ".").replace("::", ".").replace("/", ".")


def _by_version(known: Mapping[str, Strength]) -> Iterable[str]:
    return (name for name, strength in known.items() if strength.by_version)


def _strength(function: Node, *, by_version: bool) -> Strength:
    assertions = calls = 0
    waiting = [function]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.type == "assert_statement":
            assertions += 1
        elif node.type == "call":
            calls += 1
            called = node.child_by_field_name("function")
            last = called.child_by_field_name("attribute") if called and called.type == "attribute" else called
            assertions += bool(last and last.text and ASSERTING.match(last.text))
    return Strength(assertions=assertions, calls=calls, by_version=by_version)


def weakened(before: Mapping[str, Strength], now: Mapping[str, Strength]) -> tuple[Worse, ...]:
    """The functions of test code that assert less than they did, or do nothing any more.

    One that is gone is no matter of this: its tests are missing from the outcomes. Helpers that are gone leave their
    callers weaker, or broken.
    """
    worse = []
    for name in sorted(before.keys() & now.keys()):
        old, new = before[name], now[name]
        if new.assertions < old.assertions:
            message = f"it made {old.assertions} assertions and makes {new.assertions} now"
            worse.append(Worse(kind="weaker", subject=name, message=message))
        elif old.calls and not new.calls and not new.assertions:
            worse.append(Worse(kind="weaker", subject=name, message="it did something and does nothing now"))
    return tuple(worse)
