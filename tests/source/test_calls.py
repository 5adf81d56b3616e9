"""Arguments come and go with their commas, comments and lines."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.source.calls import Call, append_items, remove_item, rename_keyword
from djup.source.edits import Edit, apply_edits
from djup.source.python import Module


def call_in(source: str) -> tuple[Module, Call]:
    module = Module(f"from a import f\n{source}".encode(), PurePosixPath("x.py"))
    return module, module.calls("a.f")[0]


def result(module: Module, edit: Edit) -> str:
    return apply_edits(module.body, [edit]).decode().removeprefix("from a import f\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(x=1)\n", "f()\n"),
        ("f(x=1, y=2)\n", "f(y=2)\n"),
        ("f(y=2, x=1)\n", "f(y=2)\n"),
        ("f(a, x=1, y=2)\n", "f(a, y=2)\n"),
        ("f(\n    x=1,\n    y=2,\n)\n", "f(\n    y=2,\n)\n"),
        ("f(\n    y=2,\n    x=1,\n)\n", "f(\n    y=2,\n)\n"),
        ("f(\n    y=2,\n    x=1\n)\n", "f(\n    y=2\n)\n"),
        ("f(\n    y=2,\n    x=1,  # gone too\n)\n", "f(\n    y=2,\n)\n"),
        (
            "f(\n    # first\n    x=1,  # gone too\n    # second\n    y=2,\n)\n",
            "f(\n    # first\n    # second\n    y=2,\n)\n",
        ),
        ("f(x=(1, 2), *b, **c)\n", "f(*b, **c)\n"),
    ],
)
def test_an_argument_is_taken_out_with_what_belongs_to_it(before: str, after: str) -> None:
    module, call = call_in(before)
    named = call.keyword("x")
    assert named is not None
    assert result(module, remove_item(module.body, call.brackets, named.node)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f()\n", "f(x=1)\n"),
        ("f(a)\n", "f(a, x=1)\n"),
        ("f(a,)\n", "f(a, x=1,)\n"),
        ("f(\n    a,\n    b,\n)\n", "f(\n    a,\n    b,\n    x=1,\n)\n"),
        ("f(\n    a,\n    b\n)\n", "f(\n    a,\n    b,\n    x=1\n)\n"),
        ("f(a,\n  b)\n", "f(a,\n  b,\n  x=1)\n"),
    ],
)
def test_an_argument_is_added_in_the_style_of_the_others(before: str, after: str) -> None:
    module, call = call_in(before)
    assert result(module, append_items(module.body, call.brackets, ["x=1"])) == after


def test_a_keyword_is_renamed_and_nothing_else() -> None:
    module, call = call_in("f(check = g(check=1))\n")
    named = call.keyword("check")
    assert named is not None
    assert result(module, rename_keyword(named, "condition")) == "f(condition = g(check=1))\n"


def test_arguments_know_their_kind() -> None:
    _, call = call_in("f(a, *b, c=1, **d)\n")
    assert [(one.name, one.stars) for one in call.arguments] == [("", ""), ("", "*"), ("c", ""), ("", "**")]
    assert len(call.positional) == 1
    assert call.unpacks


def test_a_call_with_a_bare_generator_is_no_call_to_edit() -> None:
    module = Module(b"from a import f\nf(x for x in y)\n", PurePosixPath("x.py"))
    assert module.calls("a.f") == []
