"""Names one slip away from a well-known package are not installed unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from djup.errors import UsageError
from djup.packages.look_alikes import SHORTEST, meant_by, refuse_look_alikes, slips, well_known
from djup.project.read import read_project


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("djnago-filter", "django-filter"),
        ("django-filtre", "django-filter"),
        ("Reqeusts", "requests"),
        ("python_dateutils", "python-dateutil"),
        ("djangorestframwork", "djangorestframework"),
        ("pilow", "pillow"),
        ("django_debug_toolbars", "django-debug-toolbar"),
        ("celeryy", "celery"),
    ],
)
def test_a_slip_is_seen(name: str, meant: str):
    assert meant_by(name) == meant


@pytest.mark.parametrize(
    "name",
    [
        "requests",
        "Django-Filter",
        "psycopg2",
        "nose2",
        "jsonfield2",
        "beautifulsoup",
        "willow",
        "our-shop",
        "rqq",
        "tablib",
    ],
)
def test_an_honest_name_is_left_alone(name: str):
    assert meant_by(name) == ""


@given(st.sampled_from(sorted(well_known())))
def test_no_well_known_name_is_taken_for_another(name: str):
    assert meant_by(name) == ""


@given(st.sampled_from(sorted(name for name in well_known() if len(name) > SHORTEST)), st.data())
def test_every_slip_of_a_known_name_is_seen_unless_it_is_known_itself(name: str, data: st.DataObject):
    slip = data.draw(st.sampled_from([one for one in slips(name) if one[:1].isalpha() and one[-1:].isalnum()]))
    assert slip in well_known() or "--" in slip or meant_by(slip)


def project_with(folder: Path, *lines: str):
    (folder / "manage.py").write_text("")
    (folder / "requirements.txt").write_text("\n".join(["Django==4.2", *lines]) + "\n")
    return read_project(folder)


def test_it_is_refused_with_its_place_and_what_was_meant(tmp_path: Path):
    project = project_with(tmp_path, "djnago-filter>=2")
    with pytest.raises(UsageError, match=r"requirements\.txt:2: 'djnago-filter' is one letter away .* Did you mean"):
        refuse_look_alikes(project, (), ())


def test_what_is_pinned_or_vouched_for_is_taken(tmp_path: Path):
    refuse_look_alikes(project_with(tmp_path, "djnago-filter==1.0"), (), ())
    refuse_look_alikes(project_with(tmp_path, "djnago-filter>=2"), (), ("djnago_filter",))


def test_requirements_given_for_the_tests_are_looked_at_too(tmp_path: Path):
    project = project_with(tmp_path)
    with pytest.raises(UsageError, match="'reqeusts' is one letter away from the well-known 'requests'"):
        refuse_look_alikes(project, ("reqeusts>=2",), ())
    refuse_look_alikes(project, ("reqeusts==2.0", "./reqeusts"), ())
