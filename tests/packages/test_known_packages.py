"""The data on packages: what each file must hold, and what it means for a stop."""

from __future__ import annotations

import re

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from djup.knowledge.package_changes import package_changes
from djup.knowledge.support import load_support
from djup.model import Stop, parse_release
from djup.packages.floors import Package, declared_for, floor_between, known_packages

KNOWN = sorted(known_packages().items())


@pytest.mark.parametrize(("name", "package"), KNOWN, ids=[name for name, _ in KNOWN])
def test_a_file_says_something_and_from_where(name: str, package: Package):
    assert name == canonicalize_name(package.name)
    assert package.source.startswith("https://")
    says = package.floors or package.declared or package.python or package.replaced_by or package.absorbed_in
    assert says or package.modules or name in package_changes()
    assert not (package.replaced_by and package.absorbed_in)
    assert bool(package.absorbed_in) == bool(package.absorbed_by)
    assert re.fullmatch(r"(\d{4}(-\d\d-\d\d)?)?", package.abandoned)


@pytest.mark.parametrize(("name", "package"), KNOWN, ids=[name for name, _ in KNOWN])
def test_floors_are_of_releases_that_are_known_and_never_fall(name: str, package: Package):
    releases = set(load_support().rows)
    django = {parse_release(key): Version(value) for key, value in package.floors.items()}
    python = {parse_release(key): Version(value) for key, value in package.python.items()}
    declared = {parse_release(key): Version(value) for key, value in package.declared.items()}
    assert set(django) | set(declared) <= releases
    for floors in (django, python, declared):
        assert [floors[key] for key in sorted(floors)] == sorted(floors.values())


def test_there_are_at_least_120_packages():
    assert len(known_packages()) >= 120


@pytest.mark.parametrize(
    ("name", "django", "floor"),
    [
        ("djangorestframework", "4.1.13", "3.14.0"),
        ("djangorestframework", "4.2.20", "3.14.0"),
        ("djangorestframework", "5.0.1", "3.15.0"),
        ("sorl-thumbnail", "4.2.20", None),
        ("south", "1.8.19", None),
        ("nobody-knows", "4.2.20", None),
    ],
)
def test_the_floor_of_a_release_between_two_is_the_lower(name: str, django: str, floor: str | None):
    before = Stop(django="1.4.22", python=(3, 8))
    assert floor_between(name, before, Stop(django=django, python=(3, 8))) == floor


def test_what_metadata_names_is_a_hint_and_no_floor():
    assert declared_for("sorl-thumbnail", (4, 1)) == "12.9.0"
    assert declared_for("sorl-thumbnail", (4, 2)) == "12.10.0"
    assert declared_for("nobody-knows", (4, 2)) is None


def test_what_ran_at_the_start_has_proved_to_work_with_what_stays():
    old, patched = Stop(django="5.0.1", python=(3, 10)), Stop(django="5.0.9", python=(3, 10))
    assert floor_between("djangorestframework", old, patched) is None
    assert floor_between("djangorestframework", Stop(django="4.2.1", python=(3, 10)), old) == "3.15.0"
    assert floor_between("pyyaml", old, Stop(django="5.0.1", python=(3, 12))) == "6.0.1"
    assert floor_between("pyyaml", Stop(django="4.2.1", python=(3, 12)), Stop(django="5.0.1", python=(3, 12))) is None


@pytest.mark.parametrize("name", ["south", "pil", "mysql-python", "python-memcached", "raven", "django-nose"])
def test_what_is_dead_names_what_took_its_place(name: str):
    package = known_packages()[name]
    assert package.replaced_by or package.absorbed_by
