"""A tree that is made from the one before the edits is the tree that parsing anew gives."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from tree_sitter import Tree

from djup.source.edits import Edit, apply_edits
from djup.source.python import Module
from djup.source.statements import filled
from djup.source.tree import parse, walk

SOURCE = """\
import a

class A(B):
    def f(self, x):
        if x:
            return {"k": [1, 2]}
        return None

ü = A().f(1)
""".encode()


def nodes(tree: Tree) -> list[object]:
    return [(one.type, one.start_byte, one.end_byte, one.start_point, one.is_missing) for one in walk(tree.root_node)]


def edit(old: bytes, new: bytes) -> Edit:
    start = SOURCE.index(old)
    return Edit(start=start, end=start + len(old), text=new)


@pytest.mark.parametrize(
    "edits",
    [
        [edit(b"import a\n", b"")],
        [edit(b"import a", b"import a\nimport b\nfrom c import (\n    d,\n)")],
        [edit(b"if x", b"while x"), edit(b"None", b"1"), edit("ü".encode(), b"y")],
        [edit(b'            return {"k": [1, 2]}\n', b'            """\n            text\n"""\n            pass\n')],
        [edit(b"        return None\n", b""), edit(b"class A(B):", b"class A(\n    B, metaclass=C\n):")],
        [edit(b"(self, x)", b"(self, x")],
    ],
)
def test_the_tree_is_the_same(edits: list[Edit]) -> None:
    module = Module(SOURCE, PurePosixPath("a.py"))
    result = apply_edits(SOURCE, edits)
    assert nodes(module.after(edits, result).tree) == nodes(parse(result))
    assert nodes(module.tree) == nodes(parse(SOURCE)), "the tree before stays as it was"


def test_a_file_with_errors_is_parsed_anew() -> None:
    body = b"def f(:\n    pass\n"
    edits = [Edit(start=6, end=6, text=b")")]
    result = apply_edits(body, edits)
    assert nodes(Module(body, PurePosixPath("a.py")).after(edits, result).tree) == nodes(parse(result))


def without(body: bytes, *lines: bytes) -> bytes:
    edits = [Edit(start=body.index(line), end=body.index(line) + len(line), text=b"") for line in lines]
    return apply_edits(body, filled(body, parse(body).root_node, edits))


BLOCK = b"if a:\n    import b\n\n    b.c()\nelse:\n    d()\n"


def test_a_block_that_is_emptied_gets_pass() -> None:
    assert without(BLOCK, b"    import b\n\n", b"    b.c()\n") == b"if a:\n    pass\nelse:\n    d()\n"
    assert without(BLOCK, b"    d()\n").endswith(b"else:\n    pass\n")


def test_a_block_that_keeps_a_statement_or_goes_whole_does_not() -> None:
    assert without(BLOCK, b"    import b\n\n") == b"if a:\n    b.c()\nelse:\n    d()\n"
    assert without(BLOCK + b"e()\n", BLOCK) == b"e()\n"
