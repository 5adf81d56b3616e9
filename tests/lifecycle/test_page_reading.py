"""Pages in both spellings, with mistakes, and hostile ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import djup
from djup.lifecycle.pages import read_page
from djup.lifecycle.writing import write_page

BUNDLED = Path(djup.__file__).parent / "data" / "products"
FROZEN = Path(__file__).parent / "pages"

TODAY = """---
title: Django
category: framework
permalink: /django
tags: python-runtime web
versionCommand: python -m django --version
releasePolicyLink: https://www.djangoproject.com/download/
eoasColumn: true
eoesColumn: Extended

customFields:
  - name: pythons
    display: after-release-column
    label: Python

identifiers:
  - purl: pkg:pypi/django

auto:
  methods:
    - git: https://github.com/django/django.git
      regex: ^(?P<v>\\d+)$

releases:
  - releaseCycle: "4.10"
    releaseDate: 2023-04-03
    lts: true
    eoas: 2023-12-04
    eol: 2026-04-07
    eoes: false
    latest: "4.10.30"
    pythons: "3.8 - 3.12"

  - releaseCycle: "4.1"
    releaseDate: 2022-08-03
    eoas: true
    eol: 2023-12-01
    eoes: true
    latest: "4.1.13"
---

The body.
"""

OLDER = """---
layout: post
title: Django
category: framework
permalink: /django
tags: python-runtime web
command: python -m django --version
link: https://www.djangoproject.com/download/
activeSupportColumn: true
extendedSupportColumn: Extended

customColumns:
  - property: pythons
    position: after-release-column
    label: Python

purls:
  - pkg:pypi/django

auto:
  - git: https://github.com/django/django.git
    regex: ^(?P<v>\\d+)$

releases:
  - releaseCycle: "4.10"
    releaseDate: 2023-04-03
    lts: true
    support: 2023-12-04
    eol: 2026-04-07
    extendedSupport: true
    latest: "4.10.30"
    pythons: "3.8 - 3.12"

  - releaseCycle: "4.1"
    releaseDate: 2022-08-03
    support: false
    eol: 2023-12-01
    extendedSupport: false
    latest: "4.1.13"
---

The body.
"""


def page(releases: str, head: str = "") -> str:
    return f"---\ntitle: Thing\ncategory: app\npermalink: /thing\n{head}releases:\n{releases}---\n"


def rules(text: str) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.key, problem.rule) for problem in read_page(text, "thing.md").problems]


def only_release(text: str):
    product = read_page(text, "thing.md").product
    assert product is not None
    return product.releases[0]


def test_both_spellings_give_equal_products():
    today, older = read_page(TODAY, "django.md"), read_page(OLDER, "django.md")
    assert today.product is not None
    assert today.product == older.product
    assert today.body.strip() == older.body.strip() == "The body."
    assert today.problems == older.problems == ()


def older_spelling(text: str) -> str:
    """A page of today as it was written before: keys renamed, ends of support turned round, methods as a bare list."""
    front, fence, body = text.removeprefix("---\n").partition("\n---\n")
    for today, before in (
        (r"^eoasColumn:", "activeSupportColumn:"),
        (r"^eoesColumn:", "extendedSupportColumn:"),
        (r"^versionCommand:", "command:"),
        (r"^releasePolicyLink:", "link:"),
        (r"^customFields:", "customColumns:"),
        (r"^  - name:(?=.*\n    display:)", "  - property:"),
        (r"^    display:", "    position:"),
        (r"^auto:\n  methods:\n((?:    .*\n)+)", r"auto:\n\1"),
        (r"^    eoas: (?!true|false)", "    support: "),
        (r"^    eoes: (?!true|false)", "    extendedSupport: "),
        (r"^    eoas: true", "    support: false"),
        (r"^    eoas: false", "    support: true"),
        (r"^    eoes: true", "    extendedSupport: false"),
        (r"^    eoes: false", "    extendedSupport: true"),
    ):
        front = re.sub(today, before, front, flags=re.MULTILINE)
    return f"---\nlayout: post\n{front}{fence}{body}"


@pytest.mark.parametrize("file", sorted([*BUNDLED.glob("*.md"), *FROZEN.glob("*.md")]), ids=lambda path: path.stem)
def test_a_whole_page_in_the_older_spelling_is_the_same_product(file):
    text = file.read_text(encoding="utf-8")
    older = older_spelling(text)
    assert not re.search(
        r"^ *(eoas|eoes|eoasColumn|versionCommand|releasePolicyLink|customFields|methods):", older, re.MULTILINE
    )
    today, before = read_page(text, file.name), read_page(older, file.name)
    assert today.product is not None
    assert before.product == today.product
    assert before.errors == today.errors == ()


def test_support_true_means_supported_and_eoas_true_means_ended():
    assert only_release(page('  - releaseCycle: "1"\n    support: true\n')).eoas is False
    assert only_release(page('  - releaseCycle: "1"\n    support: false\n')).eoas is True
    assert only_release(page('  - releaseCycle: "1"\n    eoas: true\n')).eoas is True
    assert only_release(page('  - releaseCycle: "1"\n    eoas: false\n')).eoas is False


def test_extended_support_is_turned_round_too_and_eol_never_is():
    release = only_release(page('  - releaseCycle: "1"\n    extendedSupport: true\n    eol: true\n'))
    assert (release.eoes, release.eol) == (False, True)


def test_where_both_spellings_stand_todays_counts():
    assert only_release(page('  - releaseCycle: "1"\n    support: true\n    eoas: true\n')).eoas is True


@pytest.mark.parametrize("written", ["4.10", '"4.10"', "'4.10'"])
def test_4_10_is_a_text_and_not_4_1(written):
    assert only_release(page(f"  - releaseCycle: {written}\n")).release_cycle == "4.10"


def test_an_unquoted_version_is_read_but_told():
    assert rules(page("  - releaseCycle: 4.10\n    latest: 7\n")) == [
        (6, "releases#4.10.releaseCycle", "unquoted-version"),
        (7, "releases#4.10.latest", "unquoted-version"),
    ]


def test_an_unknown_key_is_a_warning_with_the_nearest_key():
    (problem,) = read_page(page('  - releaseCycle: "1"\n    relaseDate: 2020-01-01\n'), "thing.md").problems
    assert (problem.line, problem.level, problem.rule) == (7, "warning", "unknown-key")
    assert problem.hint == "Did you mean 'releaseDate'?"


def test_the_label_of_a_column_written_as_an_end_is_led_to_the_column():
    (problem,) = read_page(page('  - releaseCycle: "1"\n', "eol: Base Support\n"), "t.md").problems
    assert (problem.rule, problem.hint) == ("unknown-key", "Did you mean 'eolColumn'?")


@pytest.mark.parametrize("address", ["/.net-framework", "/a.b_c-d"])
def test_an_address_may_hold_dots(address):
    read = read_page(page('  - releaseCycle: "1"\n', f"alternate_urls:\n  - {address}\n"), "t.md")
    assert read.product is not None
    assert (read.problems, read.product.alternate_urls) == ((), (address,))


@pytest.mark.parametrize("address", ["/..", "/.", "/a/b", "/../x", "x", "/", "/Ä"])
def test_an_address_never_leads_out_of_the_site(address):
    read = read_page(page('  - releaseCycle: "1"\n', f"alternate_urls:\n  - {address}\n"), "t.md")
    assert read.product is not None
    assert ([one.rule for one in read.problems], read.product.alternate_urls) == (["type"], ())


def test_an_undeclared_own_field_is_unknown_and_a_declared_one_is_not():
    head = "customFields:\n  - name: kernel\n    display: api-only\n    label: Kernel\n"
    release = '  - releaseCycle: "1"\n    kernel: "6.1"\n    shell: "5"\n'
    assert rules(page(release, head)) == [(12, "releases#1.shell", "unknown-key")]
    assert only_release(page(release, head)).custom == {"kernel": "6.1"}


def test_a_value_that_does_not_fit_is_told_and_the_rest_is_kept():
    text = page('  - releaseCycle: "1"\n    eol: soon\n    latest: "1.2"\n')
    assert rules(text) == [(7, "releases#1.eol", "type")]
    assert (only_release(text).eol, only_release(text).latest) == (None, "1.2")


def test_a_month_is_kept_as_a_month():
    release = only_release(page('  - releaseCycle: "2028"\n    releaseDate: 2028-01\n    eol: 2031-01\n'))
    assert (release.release_date, release.eol, release.announced_only) == ("2028-01", "2031-01", True)


def test_a_key_written_twice_is_told():
    assert rules(page('  - releaseCycle: "1"\n    eol: true\n    eol: false\n')) == [(8, "eol", "duplicate-key")]


def test_a_null_link_is_not_the_same_as_no_link():
    with_null, without = page('  - releaseCycle: "1"\n    link: null\n'), page('  - releaseCycle: "1"\n')
    assert only_release(with_null).link is None
    assert only_release(without).link is not None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "front-matter"),
        ("no fence at all", "front-matter"),
        ("---\ntitle: x\n", "front-matter"),
        ("---\n- a\n- b\n---\n", "front-matter"),
        ("---\na: [1, 2\n---\n", "front-matter"),
        ("---\na: &x [*x]\n---\n", "front-matter"),
        ("---\na: " + "[" * 5000 + "\n---\n", "front-matter"),
        ("---\na: \x00\n---\n", "front-matter"),
        ("x" * 3_000_000, "size"),
    ],
)
def test_a_page_that_cannot_be_read_is_a_problem_and_no_crash(text, rule):
    read = read_page(text, "bad.md")
    assert read.product is None
    assert [problem.rule for problem in read.problems] == [rule]


@pytest.mark.parametrize("releases", ["  - just text\n", "  - [a]\n", "  - {}\n", "  - releaseCycle: [1]\n"])
def test_a_release_that_is_none_is_told_and_left_out(releases):
    read = read_page(page(releases), "thing.md")
    assert read.product is not None
    assert read.product.releases == ()
    assert read.errors


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    assert read_page("\ufeff" + TODAY.replace("\n", "\r\n"), "django.md").product == read_page(TODAY, "x").product


@pytest.mark.parametrize("text", [TODAY, OLDER])
def test_a_page_written_reads_as_the_same_product_in_todays_spelling(text):
    read = read_page(text, "django.md")
    assert read.product is not None
    written = write_page(read.product, read.body)
    assert read_page(written, "django.md").product == read.product
    assert write_page(read.product, written.split("\n---\n", 1)[1]) == written
    assert "support:" not in written
