"""A project's own files are those git knows of; without git, those .gitignore does not hide."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

import pytest

from djup.source.files import project_files


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "a.py", "secret.py", "build/b.py", "docs/c.py", "node_modules/d.py", "env/pyvenv.cfg", "env/e.py",
        "lib/site-packages/f.py", "x_pb2.py", "app/build/g.py", "app/keep.log",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / ".gitignore").write_text("secret.py\n/build/\nenv/\n*.log\n")
    return tmp_path


OWN = ["a.py", "app/build/g.py", "docs/c.py"]


def python(root: Path) -> list[str]:
    return [str(path) for path in project_files(root) if path.name != ".gitignore"]


def test_without_git_ignored_and_foreign_files_are_left_out(tree: Path) -> None:
    assert python(tree) == OWN


def test_with_git_tracked_and_new_files_count_and_ignored_ones_do_not(tree: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    subprocess.run(["git", "add", "a.py"], cwd=tree, check=True)
    assert python(tree) == OWN


def test_a_link_is_not_followed(tree: Path) -> None:
    (tree / "link.py").symlink_to(tree / "a.py")
    assert PurePosixPath("link.py") not in project_files(tree)


def test_a_copy_of_django_and_what_lies_beside_it_is_nobody_s_own(tmp_path: Path) -> None:
    for name in (
        "shop/a.py", "shop/dist/django/db/models/__init__.py", "shop/dist/six.py", "shop/dist/mptt/models.py",
        "checkout/setup.py", "checkout/django/db/models/__init__.py",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert python(tmp_path) == ["checkout/django/db/models/__init__.py", "checkout/setup.py", "shop/a.py"]
