"""Import statements are edited in their own style, each name imported once, no statement left empty."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from djup.source.edits import apply_edits
from djup.source.imports import Wanted, edit_imports
from djup.source.python import Module


def edited(
    source: str, *, rename: dict[str, str] | None = None, drop: tuple[str, ...] = (), add: tuple[str, ...] = ()
) -> str:
    module = Module(source.encode(), PurePosixPath("shop/views.py"))
    by_name = {one.local: one for one in module.imports}
    edits = edit_imports(
        module,
        renamed=[(by_name[old], wanted(new, by_name[old].alias)) for old, new in (rename or {}).items()],
        dropped=[by_name[name] for name in drop],
        added=[wanted(one) for one in add],
    )
    return apply_edits(module.body, edits).decode()


def wanted(dotted: str, alias: str = "") -> Wanted:
    module, _, name = dotted.rpartition(".")
    return Wanted(module=module, name=name, alias=alias)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a import b\n", "from a import x\n"),
        ("from a import b, c\n", "from a import x, c\n"),
        ("from a import (b, c)\n", "from a import (x, c)\n"),
        ("from a import (\n    b,  # why\n    c,\n)\n", "from a import (\n    x,  # why\n    c,\n)\n"),
        ("from a import b as b2, c\n", "from a import x as b2, c\n"),
        ("from a import c, \\\n    b\n", "from a import c, \\\n    x\n"),
        ("from a import b, x\n", "from a import x\n"),
        ("from a import x, b\n", "from a import x\n"),
        ("from a import c; from a import b\n", "from a import c; from a import x\n"),
    ],
)
def test_a_name_is_renamed_in_its_place(before: str, after: str) -> None:
    old = "b2" if "b2" in before else "b"
    assert edited(before, rename={old: "a.x"}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a import b, c, d\n", "from a import c, d\n"),
        ("from a import c, b\n", "from a import c\n"),
        ("from a import (\n    b,\n    c,\n)\n", "from a import (\n    c,\n)\n"),
        ("from a import (\n    c,\n    b,\n)\n", "from a import (\n    c,\n)\n"),
        ("import os\nfrom a import b\n\n\nx = 1\n", "import os\n\n\nx = 1\n"),
        ("import os\n\nfrom a import b\n\n\nx = 1\n", "import os\n\n\nx = 1\n"),
        ("from a import b  # noqa\nimport os\n", "import os\n"),
        ("def f():\n    from a import b\n    return 1\n", "def f():\n    return 1\n"),
        ("def f():\n    from a import b\n", "def f():\n    pass\n"),
        ("import os; from a import b\n", "import os\n"),
    ],
)
def test_a_dropped_name_takes_its_comma_and_an_empty_statement_its_line(before: str, after: str) -> None:
    assert edited(before, drop=("b",)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a import b\nx = 1\n", "from n.m import b\nx = 1\n"),
        ("from a import b, c\nx = 1\n", "from a import c\nfrom n.m import b\nx = 1\n"),
        ("from a import b\nfrom n.m import a, c\n", "from n.m import a, b, c\n"),
        ("from a import b\nfrom n.m import (\n    a,\n    c,\n)\n", "from n.m import (\n    a,\n    b,\n    c,\n)\n"),
        ("def f():\n    from a import b, c\n", "def f():\n    from a import c\n    from n.m import b\n"),
    ],
)
def test_a_name_that_moves_joins_the_statement_of_its_new_module(before: str, after: str) -> None:
    assert edited(before, rename={"b": "n.m.b"}) == after


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("x = 1\n", "os.path.join", "from os.path import join\n\nx = 1\n"),
        ('"""Doc."""\n\nx = 1\n', "os.path.join", '"""Doc."""\n\nfrom os.path import join\n\nx = 1\n'),
        (
            "from __future__ import division\n\nx = 1\n",
            "io.open",
            "from __future__ import division\n\nfrom io import open\n\nx = 1\n",
        ),
        (
            "import os\n\nfrom django.db import models\n",
            "io.open",
            "import os\nfrom io import open\n\nfrom django.db import models\n",
        ),
        (
            "import os\n\nfrom .a import b\n",
            "django.urls.path",
            "import os\n\nfrom django.urls import path\n\nfrom .a import b\n",
        ),
        (
            "from django.a import b\nfrom django.z import y\n",
            "django.m.n",
            "from django.a import b\nfrom django.m import n\nfrom django.z import y\n",
        ),
        (
            "from django.urls import (\n    reverse,\n)\n",
            "django.urls.path",
            "from django.urls import (\n    path,\n    reverse,\n)\n",
        ),
        ("from django.urls import reverse", "django.urls.path", "from django.urls import path, reverse"),
        ("from django.urls import path\n", "django.urls.path", "from django.urls import path\n"),
    ],
)
def test_a_new_name_is_imported_where_a_reader_expects_it(before: str, name: str, after: str) -> None:
    assert edited(before, add=(name,)) == after


def test_the_line_ends_of_the_file_are_kept() -> None:
    assert (
        edited("from a import b\r\nx = 1\r\n", add=("django.urls.path",))
        == "from a import b\r\nfrom django.urls import path\r\nx = 1\r\n"
    )


def test_a_conditional_import_takes_no_new_names() -> None:
    before = "try:\n    from django.urls import reverse\nexcept ImportError:\n    pass\n"
    assert "reverse, " not in edited(before, add=("django.urls.path",))
