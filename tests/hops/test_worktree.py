"""The worktree lies beside the checkout and never touches it."""

from __future__ import annotations

import datetime as dt

import pytest

from djup.errors import UsageError
from djup.git import Git
from djup.hops.worktree import close_worktree, open_worktree, rescue, restore, worktree_folder
from djup.project.local_files import copy_local_files

NOW = dt.datetime(2026, 11, 21, 4, 0, tzinfo=dt.UTC)


def test_the_checkout_stays_on_its_branch(repository: Git):
    open_worktree(repository.folder, "djup/5.2", repository.head)
    assert repository.ask("symbolic-ref", "--short", "HEAD") == "main"
    assert repository.changed() == []


def test_the_worktree_keeps_the_checkouts_name(repository: Git):
    assert open_worktree(repository.folder, "djup/5.2", repository.head).name == "shop"


def test_opening_twice_gives_the_same_folder(repository: Git):
    first = open_worktree(repository.folder, "djup/5.2", repository.head)
    assert open_worktree(repository.folder, "djup/5.2", repository.head) == first


def test_a_lost_folder_is_made_again_from_its_branch(repository: Git):
    folder = open_worktree(repository.folder, "djup/5.2", repository.head)
    (folder / "a.py").write_text("a = 2\n")
    made = Git(folder).commit(["a.py"], "Second\n", NOW)
    close_worktree(repository.folder, "djup/5.2", drop_branch=False)
    again = open_worktree(repository.folder, "djup/5.2", repository.head)
    assert Git(again).head == made


def test_a_half_made_folder_is_replaced(repository: Git):
    folder = worktree_folder(repository.folder)
    folder.mkdir(parents=True)
    (folder / "rest").write_text("of a killed git")
    assert not (open_worktree(repository.folder, "djup/5.2", repository.head) / "rest").exists()


def test_a_worktree_of_another_run_is_refused(repository: Git):
    open_worktree(repository.folder, "djup/5.2", repository.head)
    with pytest.raises(UsageError, match="in use for another run"):
        open_worktree(repository.folder, "djup/6.1", repository.head)


def test_the_worktree_of_a_repository_that_is_gone_is_kept_aside(repository: Git):
    folder = open_worktree(repository.folder, "djup/5.2", repository.head)
    (folder / "by_hand.py").write_text("mended = True\n")
    (folder / ".git").write_text("gitdir: /nowhere/.git/worktrees/shop\n")
    again = open_worktree(repository.folder, "djup/6.1", repository.head)
    assert not (again / "by_hand.py").exists()
    assert (folder.with_name("shop.orphan-1") / "by_hand.py").exists()


def test_ignored_local_settings_come_along_and_data_does_not(repository: Git):
    (repository.folder / ".gitignore").write_text(".env\nlocal_settings.py\n*.sqlite3\n")
    for name in (".env", "local_settings.py", "db.sqlite3"):
        (repository.folder / name).write_text("x = 1\n")
    folder = open_worktree(repository.folder, "djup/5.2", repository.head)
    assert set(copy_local_files(repository.folder, folder)) == {".env", "local_settings.py"}
    assert not (folder / "db.sqlite3").exists()


def test_what_is_uncommitted_is_kept_before_a_reset(repository: Git):
    folder = open_worktree(repository.folder, "djup/5.2", repository.head)
    (folder / "a.py").write_text("a = 'by hand'\n")
    (folder / "new.py").write_text("n = 1\n")
    git = Git(folder)
    ref = rescue(git, NOW)
    restore(git, "HEAD")
    assert git.changed() == []
    assert git.ask("show", f"{ref}:a.py") == "a = 'by hand'"
    assert git.ask("show", f"{ref}:new.py") == "n = 1"


def test_a_clean_worktree_keeps_nothing(repository: Git):
    folder = open_worktree(repository.folder, "djup/5.2", repository.head)
    assert rescue(Git(folder), NOW) is None


def test_closing_can_drop_the_branch_and_leaves_the_users(repository: Git):
    open_worktree(repository.folder, "djup/5.2", repository.head)
    close_worktree(repository.folder, "djup/5.2", drop_branch=True)
    assert repository.lines("branch", "--format=%(refname:short)") == ["main"]
    assert not worktree_folder(repository.folder).exists()
