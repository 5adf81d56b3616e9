"""The worktree a run works in: beside the user's checkout, never in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import shutil
from pathlib import Path

import platformdirs

from djup.errors import UsageError
from djup.git import Git


def worktree_folder(top: Path) -> Path:
    """Where the worktree of a repository lies: in the user's cache, under the checkout's own name."""
    digest = hashlib.sha256(str(top).encode()).hexdigest()[:12]
    return platformdirs.user_cache_path("djup") / "worktrees" / digest / top.name


def branch_exists(git: Git, branch: str) -> bool:
    """Whether a local branch of that name exists."""
    return git.tries("show-ref", "--verify", "--quiet", f"refs/heads/{branch}")


def open_worktree(top: Path, branch: str, base: str) -> Path:
    """Return the worktree of the branch, made (with the branch, from ``base``) where it is not there yet.

    A worktree whose folder was lost is made again from the branch.
    """
    folder = worktree_folder(top)
    home = Git(top)
    home.ask("worktree", "prune")
    if (folder / ".git").exists():
        there = Git(folder)
        if not there.tries("rev-parse", "--is-inside-work-tree"):
            _set_aside(folder)
            return open_worktree(top, branch, base)
        if there.ask("symbolic-ref", "--quiet", "HEAD") == f"refs/heads/{branch}":
            return folder
        raise UsageError(
            f"the worktree {folder} is in use for another run.",
            hint="Finish it with `djup upgrade --continue` or drop it with `djup upgrade --abort`.",
        )
    if folder.exists():
        shutil.rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if branch_exists(home, branch):
        home.ask("worktree", "add", "--quiet", str(folder), branch)
    else:
        home.ask("worktree", "add", "--quiet", "--no-track", "-b", branch, str(folder), base)
    return folder


def _set_aside(folder: Path) -> None:
    """Move away a worktree whose repository is gone: a checkout deleted and cloned anew. Its files are kept."""
    aside = next(
        name for n in itertools.count(1) if not (name := folder.with_name(f"{folder.name}.orphan-{n}")).exists()
    )
    folder.rename(aside)


def rescue(git: Git, now: dt.datetime) -> str | None:
    """Keep what is uncommitted in the worktree under a ref of its own before it is reset; None when it is clean."""
    if not git.changed():
        return None
    git.ask("add", "--all")
    kept = git.ask(*git.identity, "stash", "create", "kept by djup")
    ref = f"refs/djup/kept/{now:%Y%m%dT%H%M%S}"
    git.ask("update-ref", ref, kept)
    return ref


def restore(git: Git, commit: str) -> None:
    """Make the worktree and its branch exactly the commit; ignored files stay."""
    git.ask("reset", "--quiet", "--hard", commit)
    git.ask("clean", "--quiet", "--force", "-d")


def close_worktree(top: Path, branch: str, *, drop_branch: bool) -> None:
    """Remove the worktree and, if asked, its branch; the user's checkout is not touched."""
    home = Git(top)
    folder = worktree_folder(top)
    if folder.exists():
        home.tries("worktree", "remove", "--force", str(folder))
        shutil.rmtree(folder, ignore_errors=True)
    home.ask("worktree", "prune")
    if drop_branch and branch_exists(home, branch):
        home.ask("branch", "--quiet", "-D", branch)
