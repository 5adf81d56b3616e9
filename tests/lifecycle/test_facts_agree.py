"""The page of Django and the support tables that plans are made from say the same."""

from __future__ import annotations

import pytest

from djup.knowledge.support import load_support
from djup.lifecycle.catalogue import bundled_pages, load_catalogue
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


@pytest.mark.parametrize("page", bundled_pages(), ids=lambda page: page.path)
def test_every_page_says_where_its_dates_come_from(page):
    headings = [line.removeprefix("### ") for line in page.body.splitlines() if line.startswith("### ")]
    assert headings[-1] in {"Sources", "Sources, and where they disagree", "How the dates came about"}
    assert "](https://" in page.body.split(headings[-1])[1] or page.path == "oracle-database.md"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("django", "1.7 came out on 2014-09-02 by both; other lists have 2014-09-03"),
        ("django", "1.4 and 1.8 are LTS releases by the download page"),
        ("django", "Other lists give 1.3 and 1.5 fewer Pythons"),
        ("django", "git tags of releases up to 1.4.4 and of 4.1.1 were made anew"),
        ("python", "3.11: 2024-04-24 by the PEPs, 2024-04-01 in other lists"),
        ("python", "3.12: 2025-04-08 against 2025-04-02"),
    ],
)
def test_where_sources_are_known_to_disagree_the_page_says_so(name, said):
    (body,) = [page.body for page in bundled_pages() if page.path == f"{name}.md"]
    assert said in " ".join(body.split())


def test_every_product_is_newest_first_by_number_too():
    for product in load_catalogue().products:
        numbers = [numbers_of(release.release_cycle) for release in product.releases]
        if product.name != "python":  # 2.7 came out after 3.0 and 3.1
            assert numbers == sorted(numbers, reverse=True), product.name
