"""What the last hop may raise: groups that move together, the least risky first, and what stays, and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from djup.environments.interpreters import interpreters
from djup.packages.index import Index
from djup.packages.outlook import Outlook, outlook
from djup.packages.raising import Footing, Group, lower_rungs, raise_group
from djup.packages.resolve import ConflictError
from djup.project.read import read_project
from tests.packages.conftest import Planted

PYTHON = min((one for one in interpreters() if one.release >= (3, 9)), key=lambda one: one.release)
TODAY = dt.date(2024, 6, 1)


def footing(planted: Planted, folder: Path, before: dict[str, str], *lines: str, days: int = 7, **held: str) -> Footing:
    root = folder / "shop"
    root.mkdir(exist_ok=True)
    (root / "manage.py").write_text("")
    (root / "requirements.txt").write_text("\n".join(["Django==5.0", *lines]) + "\n")
    return Footing(
        project=read_project(root),
        django="5.0",
        interpreter=PYTHON,
        index=Index([planted.url], cache=folder / "pages"),
        before={"django": "5.0", **before},
        settled=TODAY - dt.timedelta(days=days),
        today=TODAY,
        held=held,
    )


def groups(found: Outlook) -> list[dict[str, str]]:
    return [dict(group.moves) for group in found.groups]


def why(found: Outlook, name: str) -> str:
    return next(one.why for one in found.kept if one.name == name)


def test_a_package_that_is_behind_is_a_group(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "1.1")
    found = outlook(footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0"))
    assert groups(found) == [{"shelf": "1.1"}]
    assert found.kept == ()


def test_what_is_as_new_as_can_be_is_neither_raised_nor_named(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    assert outlook(footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0")) == Outlook()


def test_packages_that_need_each_other_move_together_and_others_alone(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0", "board==1.0")
    planted.add("shelf", "2.0", "board==2.0")
    planted.add("board", "1.0")
    planted.add("board", "2.0")
    planted.add("loans", "1.0")
    planted.add("loans", "1.0.1")
    before = {"shelf": "1.0", "board": "1.0", "loans": "1.0"}
    found = outlook(footing(planted, tmp_path, before, "shelf==1.0", "board==1.0", "loans==1.0"))
    assert groups(found) == [{"loans": "1.0.1"}, {"board": "2.0", "shelf": "2.0"}]


def test_patches_come_before_minor_versions_before_major_ones(planted: Planted, tmp_path: Path):
    for name, new in (("able", "2.0"), ("best", "1.1"), ("core", "1.0.1")):
        planted.add(name, "1.0")
        planted.add(name, new)
    before = {"able": "1.0", "best": "1.0", "core": "1.0"}
    found = outlook(footing(planted, tmp_path, before, "able==1.0", "best==1.0", "core==1.0"))
    assert [group.title for group in found.groups] == ["core", "best", "able"]


def test_a_file_of_the_last_days_is_not_taken(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "1.1", uploaded="2024-05-27")
    found = outlook(footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0"))
    assert groups(found) == []
    assert why(found, "shelf") == "1.1 is of 2024-05-27, younger than 7 days"
    assert groups(outlook(footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0", days=3))) == [{"shelf": "1.1"}]


def test_a_security_fix_is_taken_on_the_day_it_comes_and_before_all_else(planted: Planted, tmp_path: Path):
    planted.add("board", "1.0")
    planted.add("board", "1.0.1")
    planted.add("shelf", "1.0")
    planted.add("shelf", "2.0", uploaded="2024-06-01")
    planted.warn("shelf", "1.0", "CVE-2024-1", "2.0")
    found = outlook(footing(planted, tmp_path, {"shelf": "1.0", "board": "1.0"}, "shelf==1.0", "board==1.0"))
    assert groups(found) == [{"shelf": "2.0"}, {"board": "1.0.1"}]
    assert found.groups[0].fixes == ("CVE-2024-1",)


def test_an_issue_that_an_older_file_fixes_brings_no_young_one(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "1.0.1", uploaded="2024-03-01")
    planted.add("shelf", "1.1", uploaded="2024-05-31")
    planted.warn("shelf", "1.0", "CVE-2024-1", "1.0.1")
    assert groups(outlook(footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0"))) == [{"shelf": "1.0.1"}]


def test_a_package_that_django_forbids_stays_with_the_reason(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "2.0", "django>=6")
    found = outlook(footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0"))
    assert groups(found) == []
    assert "django>=6" in why(found, "shelf")


def test_withdrawn_files_pre_releases_and_other_pythons_are_left_alone(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "1.1", yanked=True)
    planted.add("shelf", "2.0rc1")
    assert outlook(footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0")) == Outlook()
    planted.add("loans", "1.0")
    planted.add("loans", "2.0", python=">=4")
    found = outlook(footing(planted, tmp_path, {"loans": "1.0"}, "loans==1.0"))
    assert why(found, "loans") == f"2.0 does not run on Python {PYTHON.version}"


def test_what_the_user_asked_for(planted: Planted, tmp_path: Path):
    for name in ("shelf", "board"):
        planted.add(name, "1.0")
        planted.add(name, "1.1")
    before, lines = {"shelf": "1.0", "board": "1.0"}, ("shelf==1.0", "board==1.0")
    assert groups(outlook(footing(planted, tmp_path, before, *lines), {"board"})) == [{"board": "1.1"}]
    found = outlook(footing(planted, tmp_path, before, *lines, shelf="you asked to leave it"))
    assert groups(found) == [{"board": "1.1"}]
    assert why(found, "shelf") == "you asked to leave it"


def test_what_is_declared_twice_or_comes_from_an_address_stays(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "1.1")
    twice = ("shelf==1.0 ; python_version < '3'", "shelf==1.0.0 ; python_version >= '3'")
    found = outlook(footing(planted, tmp_path, {"shelf": "1.0"}, *twice))
    assert "more than once" in why(found, "shelf")


def test_an_own_cap_is_lifted_and_written_anew(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "3.2")
    base = footing(planted, tmp_path, {"shelf": "1.0"}, "shelf>=1.0,<2")
    chosen = raise_group(base, outlook(base).groups[0])
    assert [edit.specifier for edit in chosen.edits] == [">=3.2,<4"]
    assert [(move.name, move.start, move.end) for move in chosen.moves] == [("shelf", "1.0", "3.2")]


def test_no_other_package_takes_a_step_back(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "2.0", "loans<2")
    planted.add("loans", "1.0")
    planted.add("loans", "2.0")
    base = footing(planted, tmp_path, {"shelf": "1.0", "loans": "2.0"}, "shelf==1.0", "loans")
    with pytest.raises(ConflictError, match=r"loans would have to go back to 1\.0"):
        raise_group(base, Group(moves={"shelf": "2.0"}))


def test_what_comes_along_is_no_younger_than_what_is_raised(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "2.0", "board>=2", uploaded="2024-02-01")
    planted.add("board", "1.0")
    planted.add("board", "2.0", uploaded="2024-05-31")
    base = footing(planted, tmp_path, {"shelf": "1.0", "board": "1.0"}, "shelf==1.0")
    with pytest.raises(ConflictError, match=r"board 2\.0, which would come along, is of 2024-05-31"):
        raise_group(base, Group(moves={"shelf": "2.0"}))


def test_where_the_newest_fails_nearer_series_are_tried(planted: Planted, tmp_path: Path):
    for version in ("1.0", "1.4", "2.0", "2.5", "3.0", "4.0", "5.0"):
        planted.add("shelf", version)
    base = footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0")
    group = outlook(base).groups[0]
    assert dict(group.moves) == {"shelf": "5.0"}
    assert [dict(one.moves) for one in lower_rungs(base, group)] == [{"shelf": "3.0"}, {"shelf": "1.4"}]


def test_where_there_is_no_nearer_series_nothing_more_is_tried(planted: Planted, tmp_path: Path):
    planted.add("shelf", "1.0")
    planted.add("shelf", "1.4")
    base = footing(planted, tmp_path, {"shelf": "1.0"}, "shelf==1.0")
    assert lower_rungs(base, outlook(base).groups[0]) == ()


def test_what_no_test_needs_is_named_and_not_raised(planted: Planted, tmp_path: Path):
    planted.add("writer", "1.0")
    planted.add("writer", "2.0")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "docs-requirements.txt").write_text("writer==1.0\n")
    found = outlook(footing(planted, tmp_path, {}))
    assert groups(found) == []
    assert "tests do not need it" in why(found, "writer")
