"""The page of Django and the support tables that plans are made from say the same."""

from __future__ import annotations

import pytest

from djup.knowledge.support import load_support
from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.matching import numbers_of
from djup.model import parse_release

DJANGO = load_catalogue().get("django")
TABLE = load_support()


def row(cycle: str):
    assert DJANGO is not None
    release = DJANGO.find(cycle)
    assert release is not None, cycle
    return release


@pytest.mark.parametrize("release", TABLE.releases, ids=str)
def test_django_is_the_same_in_both(release):
    support = TABLE.rows[release]
    page = row(support.release)
    assert page.release_date == support.released
    assert page.lts is support.lts
    assert page.eol == (support.end_of_life or True)
    assert page.eoas == (support.end_of_mainstream or True)


def test_the_page_has_what_is_announced_and_no_7_0():
    assert DJANGO is not None
    names = [release.release_cycle for release in DJANGO.releases]
    assert names[:4] == ["2030", "2029", "2028", "6.2"]
    assert not [name for name in names if name.startswith("7.")]
    assert {"1.0", "6.1"} <= set(names)
    assert row("6.2").announced_only
    assert row("2028").announced_only


def test_the_pythons_of_a_release_are_those_of_its_table():
    assert DJANGO is not None
    for release in DJANGO.releases:
        told = release.custom.get("supportedPythonVersions")
        if told is None:
            continue
        supported = {python.release for python in TABLE.rows[parse_release(release.release_cycle)].python}
        assert all(python in told for python in supported), release.release_cycle


def test_every_product_is_newest_first_by_number_too():
    for product in load_catalogue().products:
        numbers = [numbers_of(release.release_cycle) for release in product.releases]
        if product.name != "python":  # 2.7 came out after 3.0 and 3.1
            assert numbers == sorted(numbers, reverse=True), product.name
