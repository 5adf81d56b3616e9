"""Nothing that a repository says about itself starts a program when djup asks git."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from djup.git import Git
from djup.git.programs import as_variables, overrides, plain, variables
from djup.project.vcs import read_vcs, tracked_files
from djup.source.files import project_files

WHEN = dt.datetime(2026, 11, 21, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def trap(tmp_path: Path) -> tuple[Path, Path]:
    """A program that leaves a mark, and where the mark would lie."""
    mark, program = tmp_path / "ran", tmp_path / "trap.sh"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >>{mark}\ncat\n')
    program.chmod(0o755)
    return program, mark


def use(git: Git) -> None:
    """Call git in each of the ways djup does, with a file that differs."""
    (git.folder / "a.py").write_text("a = 2\n")
    os.utime(git.folder / "a.py", (0, 0))
    read_vcs(git.folder)
    tracked_files(git.folder)
    project_files(git.folder)
    git.changed()
    git.tries("diff", "HEAD")
    git.tries("log", "-p", "-1")
    git.tries("show", "HEAD")
    git.commit(["a.py"], "Second\n", WHEN)
    git.ask("reset", "--quiet", "--hard", "HEAD~1")
    git.tries("worktree", "add", "--quiet", "--detach", str(git.folder.parent / "other"), "HEAD")
    git.tries("fetch", "--quiet", "away")


SETTINGS = {
    "fsmonitor": "[core]\n\tfsmonitor = {0}\n",
    "a folder of hooks": "[core]\n\thooksPath = {1}\n",
    "pager and editor": "[core]\n\tpager = {0}\n\teditor = {0}\n[pager]\n\tlog = {0}\n\tshow = {0}\n",
    "an alias of a command": "[alias]\n\tstatus = !{0}\n\tcommit = !{0}\n\tls-files = !{0}\n",
    "filters": '[filter "x"]\n\tclean = {0}\n\tsmudge = {0}\n\trequired = true\n',
    "a filter with = in its name": '[filter "x=y"]\n\tclean = {0}\n\tsmudge = {0}\n',
    "a filter process": '[filter "x"]\n\tprocess = {0}\n',
    "an external diff": "[diff]\n\texternal = {0}\n",
    "a driver of a diff": '[diff "x"]\n\tcommand = {0}\n\ttextconv = {0}\n',
    "signing": "[commit]\n\tgpgSign = true\n[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {0}\n",
    "ssh": '[core]\n\tsshCommand = {0}\n[remote "away"]\n\turl = ssh://away.invalid/x\n\tfetch = +refs/*:refs/x/*\n',
    "a remote that is a program": '[protocol]\n\tallow = always\n[remote "away"]\n\turl = ext::{0} %S\n',
    "a program for a remote": '[remote "away"]\n\turl = {2}\n\tuploadpack = {0}\n\tfetch = +refs/*:refs/x/*\n',
}


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("included", [False, True], ids=["in .git/config", "in an included file"])
def test_no_program_of_a_repository_runs(repository: Git, trap: tuple[Path, Path], name: str, included: bool):
    program, mark = trap
    hooks = program.parent / "hooks"
    hooks.mkdir()
    for hook in ("pre-commit", "post-index-change", "post-checkout", "post-commit", "reference-transaction"):
        (hooks / hook).symlink_to(program)
        (repository.folder / ".git" / "hooks" / hook).symlink_to(program)
    driver = "x=y" if "=" in name else "x"
    (repository.folder / ".git" / "info" / "attributes").write_text(f"*.py filter={driver} diff={driver}\n")
    text = SETTINGS[name].format(program, hooks, repository.folder)
    config = repository.folder / ".git" / "config"
    if included:
        (program.parent / "more").write_text(text)
        text = f"[include]\n\tpath = {program.parent / 'more'}\n"
    config.write_text(config.read_text() + text)
    use(repository)
    assert not mark.exists(), mark.read_text()


def test_a_bare_repository_among_the_files_is_not_used(repository: Git, trap: tuple[Path, Path]):
    program, mark = trap
    nested = repository.folder / "fixtures"
    nested.mkdir()
    repository.ask("init", "--quiet", "--bare", str(nested))
    (nested / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsmonitor = {program}\n")
    assert read_vcs(nested) is None
    assert not mark.exists()


def test_a_submodule_is_not_entered(repository: Git, trap: tuple[Path, Path], tmp_path: Path):
    program, mark = trap
    other = tmp_path / "shop" / "part"
    other.mkdir()
    part = Git(other)
    part.ask("init", "--quiet")
    (other / "b.py").write_text("b = 1\n")
    part.ask("add", "--all")
    part.ask("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Part")
    repository.ask("add", "part")
    (other / ".git" / "info" / "attributes").write_text("*.py filter=x\n")
    part.ask("config", "filter.x.clean", str(program))
    (other / "b.py").write_text("b = 2\n")
    assert read_vcs(repository.folder).dirty == ("part",)  # type: ignore[union-attr]  # it is a repository
    assert not mark.exists()


def test_the_users_own_filter_stays():
    users = "global\0filter.lfs.clean\ngit-lfs clean -- %f\0"
    scoped = f"{users}local\0filter.lfs.clean\nevil\0local\0user.name\nAda\0"
    assert overrides(scoped) == {"filter.lfs.clean": "git-lfs clean -- %f"}


def test_settings_follow_those_of_the_caller():
    assert as_variables({"a.b=c.d": ""}, {"GIT_CONFIG_COUNT": "1"}) == {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_1": "a.b=c.d",
        "GIT_CONFIG_VALUE_1": "",
    }


def test_variables_that_steer_git_are_left_out():
    own = {"GIT_DIR": "/x", "GIT_EXTERNAL_DIFF": "x", "GIT_SSH_COMMAND": "x", "GIT_AUTHOR_NAME": "Ada", "HOME": "/h"}
    kept = variables(own)
    assert (kept["HOME"], kept["GIT_AUTHOR_NAME"]) == ("/h", "Ada")
    assert not {"GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND"} & set(kept)


def test_a_command_is_otherwise_as_it_was():
    assert plain(["diff", "HEAD"]) == ("diff", "--no-ext-diff", "--no-textconv", "HEAD")
    assert plain(["add", "--all"]) == ("add", "--all")
