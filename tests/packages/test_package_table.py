"""The table of a project's packages: a verdict and a reason for each, from an index on the loopback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from djup.environments.interpreters import interpreters
from djup.model import Stop
from djup.packages.index import Index
from djup.packages.table import PackageRow, PackageTable, TableAsk, package_table
from djup.project.read import read_project
from tests.packages.conftest import Planted, planting

OLD = min((one for one in interpreters() if one.release >= (3, 9)), key=lambda one: one.release)

REQUIREMENTS = """\
Django==4.2
shelf==1.0  # keep with the web front
loans>=1.0
raven==6.10.0
django-old==1.0
-r more-requirements.txt
"""


def table_of(planted: Planted, folder: Path, text: str, **more: str) -> PackageTable:
    """The table of a project with Django 4.2 for 5.0; with more files, or no index, the start has no interpreter."""
    root = folder / "shop"
    root.mkdir()
    (root / "manage.py").write_text("")
    (root / "requirements.txt").write_text(text)
    for name, other in more.items():
        (root / f"{name}-requirements.txt").write_text(other)
    ask = TableAsk(
        project=read_project(root),
        start=Stop(django="4.2", python=OLD.release),
        end=Stop(django="5.0", python=OLD.release),
        interpreter=OLD,
        here=None if more or planted.down else OLD,
        others=(),
        earlier=("4.2",),
        index=Index([planted.url], cache=folder / "pages"),
        as_of=dt.date(2024, 6, 1),
        as_of_end=dt.date(2024, 6, 1),
        today=dt.date(2024, 6, 1),
    )
    return package_table(ask)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackageTable]:
    folder = tmp_path_factory.mktemp("table")
    with planting(folder) as planted:
        planted.add("shelf", "1.0", "django<5")
        planted.add("shelf", "1.5", "django<6")
        planted.add("shelf", "2.0", "django>=5")
        planted.add("loans", "1.0")
        planted.add("loans", "1.1", uploaded="2024-03-01")
        planted.add("raven", "6.10.0", uploaded="2018-12-19")
        planted.add("django-old", "1.0", uploaded="2014-01-01")
        yield table_of(planted, folder, REQUIREMENTS, more="nowhere-to-be-found==1\n")


def row(shown: PackageTable, name: str) -> PackageRow:
    return next(one for one in shown.rows if one.name == name)


def test_each_declared_package_has_one_row_with_its_places(shown: PackageTable):
    assert [one.name for one in shown.rows] == [
        "django",
        "django-old",
        "loans",
        "nowhere-to-be-found",
        "raven",
        "shelf",
    ]
    assert row(shown, "shelf").declared_by == ("requirements.txt:2",)


def test_a_package_that_died_names_its_successor(shown: PackageTable):
    assert row(shown, "raven").verdict == "replace"
    assert row(shown, "raven").why.startswith("by sentry-sdk")


def test_a_package_of_the_django_world_that_is_silent_is_abandoned(shown: PackageTable):
    assert (row(shown, "django-old").verdict, row(shown, "django-old").why) == ("abandoned", "since 2014-01-01")


def test_what_no_index_has_is_unknown_and_is_told_as_a_conflict(shown: PackageTable):
    assert row(shown, "nowhere-to-be-found").verdict == "unknown"
    assert [conflict.packages for conflict in shown.conflicts] == [("nowhere-to-be-found",)]


def test_what_the_release_needs_is_unknown_while_no_set_holds(shown: PackageTable):
    assert row(shown, "shelf").needed == ""
    assert shown.notes
    assert shown.notes[0].startswith("No set holds together")


def test_with_all_there_the_table_tells_what_to_raise_and_how_far(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0", "django<5")
    planted.add("shelf", "1.5", "django<6")
    planted.add("loans", "1.0")
    planted.add("loans", "1.1", uploaded="2024-03-01")
    shown = table_of(planted, tmp_path, "Django==4.2\nshelf==1.0\nloans==1.0\n")
    verdicts = {one.name: (one.now, one.needed, one.newest, one.verdict) for one in shown.rows}
    assert verdicts == {
        "django": ("4.2", "5.0", "5.0", "raise"),
        "loans": ("1.0", "1.0", "1.1", "fine"),
        "shelf": ("1.0", "1.5", "1.5", "raise"),
    }
    assert shown.conflicts == ()
    assert "cannot be installed with Django 5.0" in row(shown, "shelf").why


def test_an_index_that_is_down_leaves_a_table_that_says_so(planted: Planted, tmp_path: Path):
    planted.down = True
    shown = table_of(planted, tmp_path, "Django==4.2\nshelf==1.0\nloans==1.0\n")
    assert {one.verdict for one in shown.rows} == {"unknown"}
    assert "answered 503" in shown.notes[0]
