"""The pure parts of the smoke probes: what is masked, what a form sends, what a regular expression of a route names."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

Probe = Callable[[str], ModuleType]

PROBES = Path(__file__).parent.parent.parent / "src" / "djup" / "probes"


@pytest.fixture
def probe() -> Iterator[Probe]:
    """Import probes by name, as they import one another."""
    sys.path.insert(0, str(PROBES))
    before = set(sys.modules)
    yield importlib.import_module
    sys.path.remove(str(PROBES))
    for name in set(sys.modules) - before:
        if name.startswith("smoke_"):
            del sys.modules[name]


@pytest.fixture
def pages(probe: Probe) -> ModuleType:
    return probe("smoke_pages")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("token 3f2a9c8e7b6d5a4f3f2a9c8e", "token <token>"),
        ("id 12345678-1234-4234-8234-123456789abc", "id <uuid>"),
        ("pbkdf2_sha256$150000$abc$def=", "<hash>"),
        ("\u201cquoted\u201d", '"quoted"'),
    ],
)
def test_what_is_new_each_time_is_masked(pages: ModuleType, text: str, masked: str):
    assert pages.masked(text) == masked


@pytest.mark.parametrize("text", ["4 February 2024", "Plot number-4", "slug-of-a-rather-long-title", "£3.50", "2024"])
def test_what_a_page_says_is_not_masked(pages: ModuleType, text: str):
    assert pages.masked(text) == text


def test_attributes_in_another_order_are_the_same_line(pages: ModuleType):
    one = pages.read_page('<input type="text" name="a" checked>').lines
    other = pages.read_page("<INPUT checked='checked' NAME='a'  type=text />").lines
    assert one == other == ['<input checked name="a" type="text">']


def test_a_form_is_read_as_a_browser_sends_it(pages: ModuleType):
    page = pages.read_page(
        '<form method="post" action="/buy/"><input name="csrfmiddlewaretoken" value="x"><input type="checkbox" name="a">'
        '<input type="checkbox" name="b" value="2" checked><select name="c"><option value="1">one<option value="2" selected>two'
        '</select><textarea name="d">\nlong</textarea><input name="e"><button name="go" value="1">Go</button></form>'
    )
    (form,) = page.forms
    data, files = pages.filled(form, [])
    assert (form["method"], form["action"], files) == ("post", "/buy/", [])
    assert data == {"b": ["2"], "c": "2", "d": "long", "e": "a", "go": "1"}


def test_the_groups_of_a_regular_expression_are_found(probe: Probe):
    groups = probe("smoke_routes").groups_of
    assert groups(r"^(?P<year>\d{4})/(?:page/)?(?P<slug>[-\w()]+)/$") == [("year", r"\d{4}"), ("slug", r"[-\w()]+")]
    assert groups(r"^(\d+)/((?:a|b)+)$") == [(None, r"\d+"), (None, "(?:a|b)+")]
    assert groups(r"^plain\(not a group\)$") == []


def test_each_field_orders_the_rows_in_its_own_way(probe: Probe):
    rank = probe("smoke_values").rank
    names = ["author", "isbn", "title", "year"]
    orders = {tuple(rank(names, name, number) for number in (1, 2, 3, 4)) for name in names}
    assert len(orders) == len(names)
    assert (1, 2, 3, 4) not in orders
    assert all(sorted(order) == [1, 2, 3, 4] for order in orders)


def test_a_text_is_cut_where_it_says_least(probe: Probe):
    text_for = probe("smoke_values").text_for
    assert text_for("first_name", 3, None) == "first name 3"
    assert text_for("first_name", 3, 6) == "name 3"
    assert text_for("first_name", 3, 1) == "3"
