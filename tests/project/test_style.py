"""A new version in the author's own way of writing."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet

from djup.project.manifests.style import restyle


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("==2.2.5", "==3.0.14"),
        ("===2.2", "===3.0.14"),
        ("~=2.2", "~=3.0"),
        ("~=2.2.0", "~=3.0.14"),
        (">=2.2,<2.3", ">=3.0,<3.1"),
        (">=2.0, <3.0, !=2.1", ">=3.0, <3.1, !=2.1"),
        ("< 2.3", "< 3.1"),
        ("<3", "<4"),
        ("==2.2.*", "==3.0.*"),
        ("<=2.2", "<=3.0.14"),
    ],
)
def test_the_manner_stays(old: str, new: str):
    assert restyle(old, "3.0.14") == new
    assert SpecifierSet(new.replace("===", "==")).contains("3.0.14")


@pytest.mark.parametrize("admitting", ["", ">=2.2", ">=2.2,<4", "!=2.9"])
def test_what_admits_the_version_is_left_alone(admitting: str):
    assert restyle(admitting, "3.0.14") == admitting
