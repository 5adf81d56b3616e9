"""Links and labels of releases, filled in from the templates of their page."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from djup.lifecycle.links import label_of, link_of, template_fault
from djup.lifecycle.models import Product, ProductRelease

RELEASE = ProductRelease(
    release_cycle="7.6", codename="Ink", release_date="2026-01-02", latest="7.6.1", latest_release_date="2026-03-04"
)


def link(template: str, own: str | UnsetType | None = UNSET) -> str | None:
    release = msgspec.structs.replace(RELEASE, link=own)
    product = Product(title="T", category="app", permalink="/t", changelog_template=template, releases=(release,))
    return link_of(product, release)


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("https://x/__RELEASE_CYCLE__/__LATEST__", "https://x/7.6/7.6.1"),
        ("https://x/__CODENAME__/__RELEASE_DATE__/__LATEST_RELEASE_DATE__", "https://x/Ink/2026-01-02/2026-03-04"),
        ("https://x/{{'__LATEST__'|replace:'.','-'}}", "https://x/7-6-1"),
        ("https://x/{{'__LATEST__'|split:'.'|first}}", "https://x/7"),
        # Ruby's Liquid reads these two as well, and real pages have them.
        ("https://x/{{'__LATEST__'|replace:'.':'_'}}", "https://x/7_6_1"),
        ("https://x/{{'__RELEASE_CYCLE__' | replace: '.','''}}/", "https://x/76/"),
    ],
)
def test_a_template_is_filled_in(template, filled):
    assert link(template) == filled


def test_what_cannot_be_filled_in_is_no_link():
    assert link("https://x/{{ __LATEST__ | }") is None
    assert link("") is None


def test_the_link_of_a_release_goes_before_the_template_and_null_means_none():
    assert link("https://x/__LATEST__", "https://y/__RELEASE_CYCLE__") == "https://y/7.6"
    assert link("https://x/__LATEST__", None) is None


def test_a_fault_of_a_template_is_told_and_a_good_one_has_none():
    assert template_fault("https://x/__LATEST__") == template_fault("{{ 'a' | upcase }}") == ""
    assert template_fault("{{'a'|replace:'.':'_'}}") != ""


def test_a_label_is_the_name_unless_a_template_says_otherwise():
    plain = Product(title="T", category="app", permalink="/t", releases=(RELEASE,))
    named = Product(
        title="T", category="app", permalink="/t", release_label="__RELEASE_CYCLE__ '__CODENAME__'", releases=(RELEASE,)
    )
    assert (label_of(plain, RELEASE), label_of(named, RELEASE)) == ("7.6", "7.6 'Ink'")
