from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from djup.config import Config
from djup.errors import UsageError
from djup.model import Record
from djup.scope import Scope, project_root, scope_of


class Named(Record):
    id: str


def paths(*names: str) -> list[PurePosixPath]:
    return [PurePosixPath(name) for name in names]


@pytest.mark.parametrize(
    ("pattern", "gone"),
    [
        ("legacy", ["legacy/models.py", "shop/legacy/urls.py"]),
        ("/legacy/", ["legacy/models.py"]),
        ("shop/legacy", ["shop/legacy/urls.py"]),
        ("*.html", ["shop/templates/a.html"]),
        ("elsewhere", []),
    ],
)
def test_excluded_files_are_out_of_scope(pattern: str, gone: list[str]):
    known = paths("legacy/models.py", "shop/legacy/urls.py", "shop/templates/a.html", "shop/legacy.py")
    left = Scope(exclude=(pattern,)).files(known)
    assert [path for path in known if path not in left] == paths(*gone)


def test_patterns_start_from_the_project_where_a_part_of_it_is_asked_about():
    assert Scope(exclude=("shop/legacy",), inside=PurePosixPath("shop")).files(paths("legacy/a.py", "a.py")) == paths(
        "a.py"
    )


def test_changes_are_skipped_and_chosen():
    changes = [Named(id=name) for name in ("4.0/a", "4.1/b", "5.0/c")]
    assert [change.id for change in Scope(skip=("4.1/b",)).changes(changes)] == ["4.0/a", "5.0/c"]
    assert [change.id for change in Scope(only=("4.1/b", "5.0/c"), skip=("5.0/c",)).changes(changes)] == ["4.1/b"]
    assert Scope().changes(changes) == changes


def test_a_call_adds_to_what_the_configuration_skips():
    assert scope_of(Config(skip=("4.0/a",)), skip=("4.1/b",)).skip == ("4.0/a", "4.1/b")


def test_an_unknown_id_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=r"no change .4\.0/force-txt.") as caught:
        Scope(skip=("4.0/force-txt",)).check_ids({"4.0/force-text"})
    assert "4.0/force-text" in caught.value.hint


def test_the_configuration_is_looked_for_up_to_the_top_of_the_repository(tmp_path: Path):
    (tmp_path / "djup.toml").write_text("")
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    (top / "shop").mkdir()
    assert project_root(top / "shop") == top / "shop"
    (top / "pyproject.toml").write_text('[tool.djup]\nto = "lts"\n')
    assert project_root(top / "shop") == top
