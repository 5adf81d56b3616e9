"""Pages broken at random: reading, judging and building never fail, and what is written reads as the same product."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from djup.lifecycle.catalogue import Catalogue, bundled_pages
from djup.lifecycle.front_matter import read_front_matter
from djup.lifecycle.pages import read_page
from djup.lifecycle.rules import validate
from djup.lifecycle.schema import page_schema
from djup.lifecycle.site.settings import Settings
from djup.lifecycle.site.tree import site_files
from djup.lifecycle.writing import write_page

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "src" / "djup" / "data" / "products"
MADE = Settings(now=dt.datetime(2026, 11, 21, tzinfo=dt.UTC), url="http://x")
WORDS = (
    """true null [] {} - 2026-02-30 9999-12 0001-01-01 " ' : &a *a <<: ? | {{ {% # --- .inf !!python/object:os.system"""
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "  ", "\x00", "\u2028", "😀", "---\n", "- "])
CUTS = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 1, 3, 40]), PIECES), min_size=1, max_size=5)


@pytest.mark.parametrize("name", ["django", "mysql"])
@settings(max_examples=60, deadline=None)
@given(cuts=CUTS)
def test_a_broken_page_breaks_nothing_else(name, cuts):
    text = (HERE / "pages" / f"{name}.md").read_text()
    for share, length, piece in cuts:
        at = int(share * len(text))
        text = text[:at] + piece + text[at + length :]
    page = read_page(text, "mutated.md")
    validate(page, MADE.day)
    if page.product is not None:
        assert dict(site_files(Catalogue([page]), MADE))
        assert read_page(write_page(page.product, page.body), "again.md").product == page.product
    else:
        assert page.errors


def test_the_bundled_pages_meet_the_schema():
    validator = jsonschema_rs.validator_for(page_schema())
    for page in bundled_pages():
        front, _, _ = read_front_matter((DATA / page.path).read_text(encoding="utf-8"), page.path)
        validator.validate({key: item.plain() for key, item in front.items()})


@pytest.mark.parametrize(
    ("key", "value"),
    [("category", "toy"), ("permalink", "django"), ("releases", "none"), ("titel", "Django"), ("auto", [])],
)
def test_what_is_no_page_does_not_meet_the_schema(key, value):
    front, _, _ = read_front_matter((HERE / "pages" / "django.md").read_text(), "django.md")
    plain = {name: item.plain() for name, item in front.items()}
    validator = jsonschema_rs.validator_for(page_schema())
    assert validator.is_valid(plain)
    assert not validator.is_valid({**plain, key: value})
