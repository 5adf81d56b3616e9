"""Git as djup uses it."""

from __future__ import annotations

import datetime as dt

import pytest

from djup.git import Git, GitError

WHEN = dt.datetime(2026, 11, 21, 4, 0, tzinfo=dt.UTC)


def test_a_commit_done_again_has_the_same_hash(repository: Git):
    start = repository.head
    (repository.folder / "a.py").write_text("a = 2\n")
    first = repository.commit(["a.py"], "Second\n", WHEN)
    repository.ask("reset", "--quiet", "--hard", start)
    (repository.folder / "a.py").write_text("a = 2\n")
    assert repository.commit(["a.py"], "Second\n", WHEN) == first


def test_nothing_changed_makes_no_commit(repository: Git):
    assert repository.commit(["a.py"], "Nothing\n", WHEN) is None
    assert repository.commit([], "Nothing\n", WHEN) is None


def test_only_the_named_paths_are_committed(repository: Git):
    (repository.folder / "a.py").write_text("a = 2\n")
    (repository.folder / "b ü.py").write_text("b = 1\n")
    repository.commit(["b ü.py"], "Add b\n", WHEN)
    assert repository.changed() == ["a.py"]


def test_a_removed_file_is_committed_as_removed(repository: Git):
    (repository.folder / "a.py").unlink()
    assert repository.commit(["a.py"], "Drop a\n", WHEN)
    assert repository.changed() == []


def test_the_users_hooks_do_not_run(repository: Git):
    hook = repository.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    (repository.folder / "a.py").write_text("a = 2\n")
    assert repository.commit(["a.py"], "Second\n", WHEN)


def test_trailers_are_read_back(repository: Git):
    (repository.folder / "a.py").write_text("a = 2\n")
    made = repository.commit(["a.py"], "Second\n\nWhy.\n\nDjup-Step: fix\nDjup-Change: 4.0/x\n", WHEN)
    assert made
    assert repository.trailers(made, "Djup-Step") == ["fix"]
    assert repository.trailers(made, "Djup-Hop") == []


def test_an_error_carries_gits_own_words(repository: Git):
    with pytest.raises(GitError, match=r"git rev-parse failed in .*Needed a single revision"):
        repository.ask("rev-parse", "--verify", "nosuch^{commit}")
