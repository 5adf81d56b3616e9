"""Version parts that are not written as in PEP 440: what they mean, and a new version in the same manner."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from packaging.specifiers import SpecifierSet

from djup.project.manifests import FORMATS
from djup.project.manifests.poetry_syntax import restyle_constraint, to_pep440


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("^2.2", ">=2.2,<3"),
        ("^2.2.5", ">=2.2.5,<3"),
        ("^2", ">=2,<3"),
        ("^0.3.1", ">=0.3.1,<0.4"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("^0.0", ">=0.0,<0.1"),
        ("~2.2", ">=2.2,<2.3"),
        ("~2.2.5", ">=2.2.5,<2.3"),
        ("~2", ">=2,<3"),
        ("2.2.5", "==2.2.5"),
        ("2.2.*", "==2.2.*"),
        ("*", ""),
        (">=2.2,<3.0", ">=2.2,<3.0"),
        (">=2.2 <3.0", ">=2.2,<3.0"),
        ("~=2.2.5", "~=2.2.5"),
        ("^1.21 || ^2.0", ">=1.21,<3"),
    ],
)
def test_what_poetry_means(written: str, meaning: str):
    assert to_pep440(written) == meaning
    SpecifierSet(meaning)


def test_what_is_no_constraint_is_refused():
    with pytest.raises(ValueError, match="no version constraint"):
        to_pep440("newest")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("^2.2", "^3.0"),
        ("^2.2.5", "^3.0.14"),
        ("^2", "^3"),
        ("~2.2", "~3.0"),
        ("~2.2.5", "~3.0.14"),
        ("2.2.5", "3.0.14"),
        ("==2.2.5", "==3.0.14"),
        ("2.2.*", "3.0.*"),
        (">=2.2,<3.0", ">=3.0,<3.1"),
        ("^1.11 || ^2.2", "^3.0"),
    ],
)
def test_poetrys_manner_stays(old: str, new: str):
    assert restyle_constraint(old, "3.0.14") == new


@pytest.mark.parametrize("admitting", ["*", "^3.0", "~3.0", ">=2.2", "3.0.*", "^2.2 || ^3.0"])
def test_what_admits_the_version_is_left_alone(admitting: str):
    assert restyle_constraint(admitting, "3.0.14") == admitting


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("django=2.2", "django=3.0"),
        ("django=2.2.5", "django=3.0.14"),
        ("django==2.2.5", "django==3.0.14"),
        ("django=2.2.5=py37_1", "django=3.0.14"),
        ("django 2.2.*", "django 3.0.*"),
        ("django>=2.2,<3", "django>=3.0,<4"),
        ("django=3.0", "django=3.0"),
        ("django>=2", "django>=2"),
    ],
)
def test_condas_manner_stays(old: str, new: str):
    path, text = PurePosixPath("environment.yml"), f"dependencies:\n  - {old}  # why\n"
    form = FORMATS["conda"]
    (django,) = form.read(text, path).requirements
    assert form.set_specifier(text, django, form.restyle(django, "3.0.14")) == text.replace(old, new)
