"""``djup fix --collapse``: code for several versions at once becomes that for the one it is rewritten for."""

from __future__ import annotations

from pathlib import PurePosixPath
from textwrap import dedent

import pytest

from djup.tasks.fix import Order, rewrite_text


def collapsed(text: str, target: tuple[int, int] = (5, 2), *, collapse: bool = True) -> str:
    order = Order(start=(1, 8), target=target, collapse=collapse)
    return rewrite_text(dedent(text).encode(), PurePosixPath("app/code.py"), order).text.decode()


KEPT = [
    (
        """
        try:
            from django.urls import reverse
        except ImportError:
            from django.core.urlresolvers import reverse

        print(reverse("a"))
        """,
        """
        from django.urls import reverse

        print(reverse("a"))
        """,
    ),
    (
        """
        try:
            from django.core.urlresolvers import reverse, resolve  # old
        except (ImportError, AttributeError):
            # Since 1.10.
            from django.urls import reverse, resolve
        """,
        """
        # Since 1.10.
        from django.urls import reverse, resolve
        """,
    ),
    (
        """
        try:
            import json
        except ImportError:
            from django.utils import simplejson as json

        print(json.dumps(1))
        """,
        """
        import json

        print(json.dumps(1))
        """,
    ),
    (
        """
        import django

        if django.VERSION >= (1, 9):
            kind = 1
        else:
            kind = 2
        if django.VERSION < (2, 0): old()
        """,
        """
        kind = 1
        """,
    ),
    (
        """
        import django


        def view():
            if django.VERSION[:2] < (1, 10):
                return 1
            return 2


        def other():
            if not django.VERSION[0] > 1:
                old()
        """,
        """
        def view():
            return 2


        def other():
            pass
        """,
    ),
    (
        """
        import sys

        if sys.version_info[0] >= 3:
            # Texts.
            text = str

            def encode(value):
                return value
        else:
            text = unicode
        """,
        """
        # Texts.
        text = str

        def encode(value):
            return value
        """,
    ),
]


@pytest.mark.parametrize(("before", "after"), KEPT)
def test_the_branch_that_lives_stays(before, after):
    got = collapsed(before)
    assert [line for line in got.splitlines() if line.strip()] == [
        line for line in dedent(after).splitlines() if line.strip()
    ]
    assert collapsed(got) == got
    compile(got, "code.py", "exec")


LEFT = [
    "try:\n    import multiprocessing\nexcept ImportError:\n    pass\n",
    "try:\n    from typing import Self\nexcept ImportError:\n    from typing_extensions import Self\n",
    (
        "try:\n    from django.utils.encoding import force_text\nexcept ImportError:\n"
        "    from django.utils.encoding import force_unicode as force_text\n"
    ),
    "try:\n    import yaml\nexcept ImportError:\n    yaml = None\n",
    "try:\n    from shop import new\nexcept ImportError:\n    from shop import old as new\n",
    "try:\n    from django.urls import reverse\nexcept ValueError:\n    from shop import reverse\n",
    "try:\n    from django.urls import reverse\n    start()\nexcept ImportError:\n    reverse = None\n",
    "try:\n    from django.urls import reverse\nexcept ImportError:\n    stop()\n",
    "try:\n    import json\nexcept ImportError:\n    raise\nelse:\n    go()\n",
    "import django\n\nif django.VERSION >= LEAST:\n    a = 1\n",
    "import django\n\nif django.VERSION >= (1, 9):\n    a = 1\nelif django.VERSION >= (1, 8):\n    a = 2\n",
    "import sys\n\nif sys.version_info >= (3, 12):\n    a = 1\n",
    "import django\n\nif django.VERSION >= (5, 1, 9):\n    a = 1\n",
    "from shop import VERSION\n\nif VERSION >= (1, 9):\n    a = 1\n",
    'import django\n\nif django.VERSION >= (1, 9):\n    a = """\n    b\n    """\n',
    "import django\n\nif django.VERSION >= (1, 9):  # djup: skip=5.1/conditional-code\n    a = 1\n",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_not_plain_is_left(text):
    assert collapsed(text, (5, 1)) == text


@pytest.mark.parametrize(("before", "after"), KEPT)
def test_nothing_is_collapsed_unless_asked_for(before, after):
    assert after
    assert "except" in collapsed(before, collapse=False) or "if " in collapsed(before, collapse=False)
