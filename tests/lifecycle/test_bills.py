"""Bills of materials in each of their forms, and how versions find their release."""

from __future__ import annotations

import json

import pytest

from djup.errors import UsageError
from djup.lifecycle.bills import read_bill
from djup.lifecycle.catalogue import load_catalogue, purl_key
from djup.lifecycle.judgement import Subject, judge
from djup.lifecycle.matching import cycle_name, is_older, release_for
from djup.lifecycle.security import load_issues

CATALOGUE = load_catalogue()

CYCLONEDX = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {"component": {"type": "application", "name": "ours"}},
    "components": [
        {"name": "Django", "version": "4.2.7", "purl": "pkg:pypi/Django@4.2.7"},
        {"name": "unheard-of", "version": "1", "purl": "pkg:pypi/unheard-of@1"},
        {
            "name": "image",
            "components": [{"name": "postgres", "purl": "pkg:docker/library/postgres@14.5?arch=amd64"}],
        },
    ],
}
SPDX_2 = {
    "spdxVersion": "SPDX-2.3",
    "packages": [
        {
            "name": "django",
            "versionInfo": "4.2.7",
            "externalRefs": [
                {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:djangoproject:django"},
                {"referenceType": "purl", "referenceLocator": "pkg:pypi/django@4.2.7"},
            ],
        },
        {"name": "ours"},
    ],
}
SPDX_3 = {
    "@graph": [
        {"type": "software_Package", "name": "django", "software_packageUrl": "pkg:pypi/django@4.2.7"},
        {"type": "Person", "name": "somebody"},
    ]
}


def bill(tmp_path, document):
    path = tmp_path / "bill.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    subjects, others = read_bill(path, CATALOGUE)
    return [(one.product, one.version) for one in subjects], others


def test_cyclonedx_with_components_in_components(tmp_path):
    found, others = bill(tmp_path, CYCLONEDX)
    assert found == [("django", "4.2.7"), ("postgresql", "14.5")]
    assert set(others) == {"ours", "unheard-of", "image"}


@pytest.mark.parametrize("document", [SPDX_2, SPDX_3])
def test_both_generations_of_spdx(tmp_path, document):
    assert bill(tmp_path, document)[0] == [("django", "4.2.7")]


@pytest.mark.parametrize(
    "document", ["", "[]", "{}", "not json", '{"components": ', "[" * 100_000, '{"spdxVersion": 2}']
)
def test_what_is_no_bill_is_a_usage_error(tmp_path, document):
    with pytest.raises(UsageError):
        bill(tmp_path, document)


@pytest.mark.parametrize("junk", [None, 3, "x", [3], [None], [{"purl": 3}], [{"components": 4}], {}])
def test_a_bill_of_junk_has_no_subjects(tmp_path, junk):
    assert bill(tmp_path, {"bomFormat": "CycloneDX", "components": junk})[0] == []


@pytest.mark.parametrize(
    ("purl", "key"),
    [
        ("pkg:pypi/Django_CMS@1.0", "pkg:pypi/django-cms"),
        ("pkg:pypi/psycopg2.binary?x=y", "pkg:pypi/psycopg2-binary"),
        ("pkg:GITHUB/Django/Django@main#sub", "pkg:github/django/django"),
        ("no purl", "no purl"),
    ],
)
def test_package_urls_without_what_does_not_name_the_package(purl, key):
    assert purl_key(purl) == key


def cycle(product: str, version: str) -> str | None:
    found = CATALOGUE.get(product)
    assert found is not None
    release = release_for(found, version)
    return release.release_cycle if release else None


@pytest.mark.parametrize(
    ("product", "version", "expected"),
    [
        ("django", "1.1", "1.1"),
        ("django", "1.10.8", "1.10"),
        ("django", "1.1.4", "1.1"),
        ("django", "4.2", "4.2"),
        ("django", "2028", "2028"),
        ("django", "2028.1", "2028"),
        ("django", "7.0", None),
        ("postgresql", "9.6.24", "9.6"),
        ("postgresql", "15.4", "15"),
        ("postgresql", "1:15.4-2+deb12u1", "15"),
        ("python", "3.1", "3.1"),
        ("python", "3.14.2", "3.14"),
        ("oracle", "19c", "19"),
        ("pillow", "10.4.0", "10"),
    ],
)
def test_the_release_of_a_version(product, version, expected):
    assert cycle(product, version) == expected


@pytest.mark.parametrize(
    ("version", "name"), [("6.3", "6.3"), ("6.3.1", "6.3"), ("2031.0", "2031"), ("2031.2", "2031"), ("10.0", "10.0")]
)
def test_the_name_of_a_new_release_of_django(version, name):
    django = CATALOGUE.get("django")
    assert django is not None
    assert cycle_name(django, version) == name


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        ("4.2.9", "4.2.10", True),
        ("4.2", "4.2.0", False),
        ("4.2", "4.2.1", True),
        ("6.2.3", "2028", True),
        ("5", "4.9", False),
    ],
)
def test_versions_compare_by_their_numbers(one, other, older):
    assert is_older(one, other) is older


def test_each_issue_of_django_is_fixed_in_the_release_it_names():
    issues = load_issues()["django"]
    assert len(issues) > 150
    for issue in issues:
        for release, version in issue.fixed.items():
            assert version == release or version.startswith(f"{release}."), issue
            assert release in issue.affected, issue
    assert all(issue.summary and issue.link for issue in issues if issue.day.year > 2012)


def test_a_version_that_has_the_fix_has_not_missed_it():
    import datetime as dt

    day = dt.date(2026, 11, 21)
    versions = ("6.1.1", "6.1.2", "6.1.3")
    subjects = [Subject(product="django", title="Django", version=version) for version in versions]
    counts = [len(judge(subject, CATALOGUE, load_issues(), day).missed) for subject in subjects]
    assert counts[0] > 0
    assert counts[1:] == [0, 0]


@pytest.mark.parametrize(
    ("allowed", "phase"),
    [
        ("<4", "eol"),
        (">=2.2,<3", "eol"),
        (">=4.2", "unknown"),
        ("", "unknown"),
        (">=99", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_range_is_no_better_than_the_newest_release_it_admits(allowed, phase):
    import datetime as dt

    subject = Subject(product="django", title="Django", version=None, allowed=allowed)
    assert judge(subject, CATALOGUE, load_issues(), dt.date(2026, 11, 21)).phase == phase
