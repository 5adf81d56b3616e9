"""A name stands for what its import says: through aliases, modules, star imports and scopes."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.source.python import Module


def uses(source: str, dotted: str, path: str = "app/code.py") -> list[str]:
    module = Module(source.encode(), PurePosixPath(path))
    return [f"{node.start_point[0] + 1}:{(node.text or b'').decode()}" for node in module.uses(dotted)]


def test_a_from_import_is_found_under_its_alias() -> None:
    assert uses("from a.b import c as d\nd()\nc()\n", "a.b.c") == ["2:d"]


def test_a_name_is_found_through_its_module_and_its_packages() -> None:
    source = "import a.b\nimport a.b as x\nfrom a import b\na.b.c\nx.c\nb.c\n"
    assert uses(source, "a.b.c") == ["4:a.b.c", "5:x.c", "6:b.c"]


def test_a_star_import_gives_names_that_nothing_else_binds() -> None:
    assert uses("from a.b import *\nc()\n", "a.b.c") == ["2:c"]
    assert uses("from a.b import *\nc = 1\nc()\n", "a.b.c") == []


def test_a_relative_import_is_resolved_from_the_package_of_the_file() -> None:
    assert uses("from ..b import c\nc()\n", "x.b.c", path="x/y/code.py") == ["2:c"]
    assert uses("from . import c\nc.d\n", "x.y.c.d", path="x/y/code.py") == ["2:c.d"]


@pytest.mark.parametrize(
    "shadow",
    [
        "def f(c):\n    c()\n",
        "def f(*c):\n    c()\n",
        "def f():\n    c = 1\n    c()\n",
        "def f():\n    for c in x:\n        c()\n",
        "def f():\n    with x as c:\n        c()\n",
        "def f():\n    try:\n        pass\n    except E as c:\n        c()\n",
        "def f():\n    try:\n        pass\n    except E, c:\n        c()\n",
        "f = lambda c: c()\n",
        "f = [c() for c in x]\n",
        "def f():\n    a, (b, c) = x\n    c()\n",
        "def f():\n    if (c := x):\n        c()\n",
        "def f():\n    def c(): pass\n    c()\n",
        "def f():\n    import c\n    c()\n",
    ],
)
def test_a_name_bound_in_an_inner_scope_is_another_name(shadow: str) -> None:
    assert uses(f"from a import c\n{shadow}", "a.c") == []


@pytest.mark.parametrize(
    "use",
    [
        "def f(x=c):\n    pass\n",
        "class A:\n    c = 1\n    def f(self):\n        return c\n",
        "@c\ndef f(c):\n    pass\n",
        "f = lambda x=c: x\n",
        "def f(x):\n    return [c for y in x]\n",
        "class A(c):\n    pass\n",
    ],
)
def test_a_name_that_only_looks_shadowed_is_still_the_imported_one(use: str) -> None:
    assert len(uses(f"from a import c\n{use}", "a.c")) == 1


def test_keywords_parameters_attributes_strings_and_comments_are_no_uses() -> None:
    source = "from a import c\nf(c=1)\nx.c\n'c'\n# c\ndef g(c): pass\n"
    assert uses(source, "a.c") == []


def test_a_name_with_two_meanings_stands_for_neither() -> None:
    assert uses("from a import c\nc = wrap(c)\nc()\n", "a.c") == []


def test_an_import_that_depends_on_a_version_is_conditional() -> None:
    source = "try:\n    from a import c\nexcept ImportError:\n    from b import c\nc()\n"
    module = Module(source.encode(), PurePosixPath("x.py"))
    assert [one.conditional for one in module.imports] == [True, True]
    assert module.uses("a.c") == []


@pytest.mark.parametrize(
    ("source", "conditional"),
    [
        ("if django.VERSION >= (2, 0):\n    from a import c\n", True),
        ("if six.PY2:\n    from a import c\n", True),
        ("if DEBUG:\n    from a import c\n", False),
        ("try:\n    from a import c\nfinally:\n    pass\n", False),
        ("try:\n    from a import c\nexcept KeyError:\n    pass\n", False),
        ("def f():\n    from a import c\n", False),
    ],
)
def test_only_a_test_of_a_version_or_a_caught_import_error_makes_it_conditional(source: str, conditional: bool) -> None:
    module = Module(source.encode(), PurePosixPath("x.py"))
    assert [one.conditional for one in module.imports] == [conditional]


def test_names_are_found_in_python_2_source() -> None:
    source = "from a import c\nprint c('x'), `c`\nexec c in d\nraise E, c\nx = ur'c' <> 0777\n"
    assert [one.partition(":")[0] for one in uses(source, "a.c")] == ["2", "3", "4"]


def test_names_are_found_beside_letters_of_more_than_one_byte() -> None:
    assert uses("from a import c\nx = 'äöü'; c()\n", "a.c") == ["2:c"]
