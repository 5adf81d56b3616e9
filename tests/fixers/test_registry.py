from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from djup.fixers.registry import AREAS, CONDITIONS, FIXERS, TEMPLATE_FIXERS, DoubleError, joined
from djup.knowledge.package_changes import every_change


def area(name: str, **tables: Any) -> Any:
    return cast("Any", SimpleNamespace(__name__=name, **tables))


def test_areas_are_joined():
    assert joined([area("urls", FIXERS={"a": 1}), area("mail"), area("forms", FIXERS={"b": 2})], "FIXERS") == {
        "a": 1,
        "b": 2,
    }


def test_a_name_listed_twice_is_refused_with_both_areas():
    with pytest.raises(DoubleError, match=r"'a' is listed in FIXERS of urls and of forms"):
        joined([area("urls", FIXERS={"a": 1}), area("forms", FIXERS={"a": 2})], "FIXERS")


def test_every_fixer_is_asked_for_by_a_change_and_every_change_has_its_fixer():
    asked = {name for change in every_change() for name in (change.fix, change.find) if name}
    assert asked - {"conditional_code"} == ({*FIXERS, *TEMPLATE_FIXERS} - {"conditional_code"})


def test_conditions_belong_to_fixers():
    assert set(CONDITIONS) <= set(FIXERS)


def test_each_area_lists_what_it_has():
    assert all(getattr(module, "FIXERS", None) or getattr(module, "TEMPLATE_FIXERS", None) for module in AREAS)
