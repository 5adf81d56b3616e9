"""The git state of a checkout, read with git itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from djup.errors import UsageError
from djup.git import Git
from djup.model import Vcs


def read_vcs(root: Path) -> Vcs | None:
    """Return the git state of the repository that holds ``root``, or None where there is none."""
    top = _ask(root, "rev-parse", "--show-toplevel")
    if top is None:
        return None
    common = _ask(root, "rev-parse", "--path-format=absolute", "--git-common-dir") or ""
    status = _ask(root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=normal") or ""
    date = _ask(root, "log", "-1", "--format=%cs")
    return Vcs(
        top=Path(top.strip()),
        common_dir=Path(common.strip()),
        head=(_ask(root, "rev-parse", "--verify", "--quiet", "HEAD") or "").strip(),
        branch=(_ask(root, "symbolic-ref", "--quiet", "--short", "HEAD") or "").strip() or None,
        dirty=tuple(entry[3:] for entry in status.split("\0") if entry),
        last_commit=dt.date.fromisoformat(date.strip()) if date and date.strip() else None,
    )


def refuse_unreadable(root: Path) -> None:
    """Raise UsageError with git's own words where a repository is there and git will not read it.

    So it is for one that belongs to another user, as in a container.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return
    ran = Git(root).run("rev-parse", "--show-toplevel")
    if ran.ok:
        return
    lines = [line.strip() for line in ran.errors.splitlines() if line.strip()]
    told = lines[0].removeprefix("fatal: ") if lines else "git gives no reason"
    owned = "dubious ownership" in told
    raise UsageError(
        f"git does not read the repository at {root}: {told}.",
        hint=f"Say that you trust it: `git config --global --add safe.directory {root}`."
        if owned
        else "See what `git status` says there.",
    )


def tracked_files(root: Path) -> list[str] | None:
    """The files under ``root`` that git tracks or would track, relative to it; None outside a repository."""
    out = _ask(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return None if out is None else sorted({path for path in out.split("\0") if path})


def _ask(root: Path, *words: str) -> str | None:
    """What a git command printed, or None when it failed."""
    ran = Git(root).run(*words)
    return ran.output if ran.ok else None
