"""A small real repository for the tests of runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from djup.hops.git import Git


@pytest.fixture
def repository(tmp_path: Path) -> Git:
    folder = tmp_path / "shop"
    folder.mkdir()
    git = Git(folder)
    git.ask("init", "--quiet", "--initial-branch=main")
    git.ask("config", "user.name", "Ada")
    git.ask("config", "user.email", "ada@example.org")
    (folder / "a.py").write_text("a = 1\n")
    git.ask("add", "--all")
    git.ask("commit", "--quiet", "--message", "First")
    return git


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
