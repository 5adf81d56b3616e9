"""Imports: which names modules take from one another."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from tests.facts.made import of_modules


@pytest.mark.parametrize(
    "other",
    [
        "from shop.compat import name\n",
        "from .compat import (\n    a,  # why\n    name as b,\n)\n",
        "from shop.compat import a, \\\n    name\n",
        "mock.patch('shop.compat.name')\n",
        "from .compat import *\nname()\n",
    ],
)
def test_a_name_that_another_module_takes_is_known(other: str) -> None:
    assert of_modules(shop__compat="", shop__views=other).imports.relies_on(PurePosixPath("shop/compat.py"), "name")


@pytest.mark.parametrize(
    "other", ["from django.compat import name\n", "from .compat import other\n", "from .compat import *\nnames()\n"]
)
def test_a_name_that_no_other_module_takes_is_not(other: str) -> None:
    assert not of_modules(shop__compat="", shop__views=other).imports.relies_on(PurePosixPath("shop/compat.py"), "name")


def test_a_star_import_hands_names_on() -> None:
    known = of_modules(shop__a="", shop__b="from .a import *\n", shop__c="from .b import name\n")
    assert known.imports.relies_on(PurePosixPath("shop/a.py"), "name")
