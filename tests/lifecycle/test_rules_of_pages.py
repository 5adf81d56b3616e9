"""Each rule of a good page: what breaks it, and what does not."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from djup.lifecycle.catalogue import bundled_pages
from djup.lifecycle.front_matter import read_front_matter
from djup.lifecycle.pages import read_page
from djup.lifecycle.rules import RULES, validate, validate_all
from djup.lifecycle.schema import page_schema

DAY = dt.date(2026, 11, 21)
HEAD = "---\ntitle: Thing\ncategory: app\npermalink: /thing\n"
GOOD = """eoasColumn: true
releases:
  - releaseCycle: "2"
    releaseDate: 2022-01-01
    eoas: 2023-01-01
    eol: 2024-01-01
    latest: "2.1"
  - releaseCycle: "1"
    releaseDate: 2021-01-01
    eoas: true
    eol: 2022-01-01
    latest: "1.9"
---
"""


def broken(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.key, one.rule) for one in validate(read_page(text, "thing.md"), DAY)]


def test_a_good_page_breaks_no_rule():
    assert broken(HEAD + GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"1"\n', '"2"\n', (12, "releases#2.releaseCycle", "unique-cycle")),
        ("2021-01-01", "2022-06-01", (13, "releases#1.releaseDate", "newest-first")),
        ("eoas: 2023-01-01", "eoas: 2025-01-01", (9, "releases#2.eoas", "dates-in-order")),
        ("eol: 2024-01-01", "eol: 2021-01-01", (8, "releases#2.releaseDate", "dates-in-order")),
        ("eol: 2024-01-01", "eol: 2024-02-30", (10, "releases#2.eol", "real-day")),
        ("    eol: 2024-01-01\n", "", (7, "releases#2.eol", "required-date")),
        ('    latest: "2.1"\n', "", (7, "releases#2.latest", "required-date")),
        ("eoasColumn: true\n", "", (8, "releases#2.eoas", "column-for-end")),
        ("eoasColumn: true\n", "eoasColumn: true\ntags: Big  tags\n", (6, "tags", "tags")),
        ("eoasColumn: true\n", "eoasColumn: true\nreleasePolicyLink: ftp://x\n", (6, "releasePolicyLink", "link")),
        ("eoasColumn: true\n", "eoasColumn: true\nchangelogTemplate: javascript:1\n", (6, "changelogTemplate", "link")),
        ("eoasColumn: true\n", 'eoasColumn: true\nreleaseLabel: "{{ x"\n', (6, "releaseLabel", "template")),
        ("eoasColumn: true\n", "eoasColumn: true\nidentifiers:\n  - purl: django\n", (6, "identifiers", "identifier")),
        ("eoasColumn: true\n", "eoasColumn: true\nidentifiers:\n  - npm: x\n", (6, "identifiers", "identifier")),
    ],
)
def test_each_rule_names_its_line_and_key(old, new, expected):
    assert old in GOOD
    assert expected in broken(HEAD + GOOD.replace(old, new, 1))


def test_releases_out_of_order_may_say_so():
    moved = GOOD.replace("releaseDate: 2021-01-01", "releaseDate: 2022-06-01\n    outOfOrder: true")
    assert not [one for one in broken(HEAD + moved) if one[2] == "newest-first"]


def test_a_planned_release_needs_no_version_yet():
    planned = '  - releaseCycle: "3"\n    releaseDate: 2027-04\n    eoas: 2028-04\n    eol: 2029-04\n'
    assert broken(HEAD + GOOD.replace("releases:\n", "releases:\n" + planned)) == []


def test_missing_keys_of_the_page_are_named():
    keys = {key for _, key, rule in broken("---\neoasColumn: true\n---\n") if rule == "required"}
    assert keys == {"title", "category", "permalink", "releases"}


def test_no_two_pages_answer_to_the_same_name():
    one = read_page(HEAD + GOOD, "one.md")
    two = read_page((HEAD + GOOD).replace("/thing", "/other\nalternate_urls:\n  - /thing"), "two.md")
    assert [(p.path, p.rule) for p in validate_all([one, two], DAY)] == [("two.md", "unique-name")]


def test_every_rule_has_a_case_above():
    cases = {"unique-cycle", "newest-first", "dates-in-order", "required-date", "column-for-end", "tags"}
    assert set(RULES) - cases == {"link", "template", "identifier", "unique-field"}


def test_a_field_declared_twice_is_told():
    fields = "customFields:\n" + "  - {name: a, display: none, label: A}\n" * 2
    assert ("customFields", "unique-field") in [one[1:] for one in broken(HEAD + fields + GOOD)]


def test_the_bundled_pages_are_without_fault():
    assert validate_all(bundled_pages(), DAY) == ()


def test_the_schema_names_every_key_of_the_bundled_pages():
    schema = page_schema()
    release = schema["$defs"]["ProductRelease"]
    own = {
        key for page in bundled_pages() if page.product for field in page.product.custom_fields for key in [field.name]
    }
    texts = {page.path: page for page in bundled_pages()}
    assert {"title", "category", "permalink", "releases"} == set(schema["required"])
    for page in texts.values():
        assert page.product is not None
        for row in page.product.releases:
            keys = set(msgspec.to_builtins(row)) - {"custom"}
            assert keys <= set(release["properties"])
    assert own.isdisjoint(release["properties"])
    assert release["additionalProperties"] == {"type": "string"}


def test_a_tree_knows_its_lines():
    front, _, _ = read_front_matter("---\na: 1\nb:\n  - c: x\n---\n", "x.md")
    assert (front["a"].line, front["b"].key_line) == (2, 3)
