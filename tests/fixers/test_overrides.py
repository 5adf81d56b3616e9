"""Overridden methods gain and lose parameters by data; what is passed on to the method itself follows."""

from __future__ import annotations

from pathlib import PurePosixPath

import msgspec
import pytest

from djup.fixers.engine.text import find_text, fix_text
from djup.knowledge.changes import Change, Override

PATH = PurePosixPath("app/code.py")


def change(**override: object) -> Change:
    values = {"method": "save_it", "given": ["self", "item"], "bases": ["Base"], **override}
    given = msgspec.convert(values, Override)
    return Change(
        id="4.0/x", summary="x", kind="signature", removed="4.0", notes="https://x", overrides=(given,), advice="x"
    )


def fixed(source: str, **override: object) -> str:
    return fix_text(source.encode(), PATH, [change(**override)]).text.decode()


def method(signature: str, body: str = "pass", base: str = "Base") -> str:
    return f"class A({base}):\n    def save_it({signature}):\n        {body}\n"


@pytest.mark.parametrize(
    ("override", "before", "after"),
    [
        ({"add": "new=None"}, method("self, item"), method("self, item, new=None")),
        ({"add": "new", "at": 1}, method("self, item"), method("self, new, item")),
        (
            {"add": "new=None"},
            method("self, it: Item", "super().save_it(it)"),
            method("self, it: Item, new=None", "super().save_it(it, new)"),
        ),
        (
            {"add": "*, new=None", "by_keyword": True},
            method("self, item", "super(A, self).save_it(item)"),
            method("self, item, *, new=None", "super(A, self).save_it(item, new=new)"),
        ),
        (
            {"drop": "item"},
            method("self, item=None", "return super().save_it(item=item)"),
            method("self", "return super().save_it()"),
        ),
    ],
    ids=["last", "first", "passed on", "by keyword", "dropped"],
)
def test_a_parameter_comes_or_goes(override: dict[str, object], before: str, after: str) -> None:
    assert fixed(before, **override) == after


def test_what_the_parameter_needs_is_imported() -> None:
    after = fixed(method("self, item"), add="new={app.kinds.Kind}.ONE")
    assert after == f"from app.kinds import Kind\n\n{method('self, item, new=Kind.ONE')}"


@pytest.mark.parametrize(
    "source",
    [
        method("self, item, new=None"),
        method("self, *args"),
        method("self, item, **kwargs"),
        method("self, item", base="Other"),
        "def save_it(self, item):\n    pass\n",
    ],
    ids=["new form", "any arguments", "any keywords", "another class", "a function"],
)
def test_other_methods_stay(source: str) -> None:
    assert fixed(source, add="new=None") == source


def test_a_parameter_in_use_is_a_finding() -> None:
    source = method("self, item", "return item.name")
    assert fixed(source, drop="item") == source
    assert [str(one.place) for one in find_text(source.encode(), PATH, [change(drop="item")])] == ["app/code.py:2:5"]
