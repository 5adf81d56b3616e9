"""The git state of a checkout, read with git itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from djup.model import Vcs
from djup.process import environment, run


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


def tracked_files(root: Path) -> list[str] | None:
    """The files under ``root`` that git tracks or would track, relative to it; None outside a repository."""
    out = _ask(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return None if out is None else sorted({path for path in out.split("\0") if path})


def _ask(root: Path, *words: str) -> str | None:
    """What a git command printed, or None when it failed."""
    own = {name: value for name, value in environment().items() if not name.startswith("GIT_")}
    ran = run(["git", "-c", "core.quotePath=false", *words], cwd=root, env=own)
    return ran.output if ran.ok else None
