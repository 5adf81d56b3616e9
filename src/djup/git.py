"""Git as djup uses it: plain commands, no hooks, no signing, no prompts, dates given by us."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from djup.errors import DjupError
from djup.process import environment, run

OWN_WAY = (
    "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "gc.auto=0", "-c", "core.quotePath=false",
    "-c", "advice.detachedHead=false",
)  # fmt: skip
"""The user's hooks and signing keys are for the user's commits; hooks see the branch when it is merged."""

LOCATORS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
)


class GitError(DjupError):
    """A git command failed."""


class Git:
    """Git in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask(self, *words: str, env: Mapping[str, str] | None = None, stdin: str | None = None) -> str:
        """Run a git command and return what it printed, right-stripped; raises GitError with git's own words."""
        base = {name: value for name, value in environment().items() if name not in LOCATORS}
        ran = run(
            ["git", *OWN_WAY, *words],
            cwd=self.folder,
            env={**base, "GIT_TERMINAL_PROMPT": "0", **(env or {})},
            stdin=stdin,
        )
        if not ran.ok:
            said = (ran.errors or ran.output).strip().splitlines()
            raise GitError(f"git {words[0]} failed in {self.folder}: {' '.join(said[-3:]) or ran.returncode}")
        return ran.output.rstrip()

    def tries(self, *words: str) -> bool:
        """Whether a git command ends well."""
        try:
            self.ask(*words)
        except GitError:
            return False
        return True

    def lines(self, *words: str) -> list[str]:
        """The non-empty lines a git command printed."""
        return [line for line in self.ask(*words).splitlines() if line]

    @property
    def head(self) -> str:
        """The commit the folder is on."""
        return self.ask("rev-parse", "HEAD")

    @functools.cached_property
    def identity(self) -> tuple[str, ...]:
        """Options that name a committer where the user has configured none."""
        known = self.tries("var", "GIT_COMMITTER_IDENT")
        return () if known else ("-c", "user.name=djup", "-c", "user.email=djup@localhost")

    def tree(self, commit: str = "HEAD") -> str:
        """The hash of the tree of a commit."""
        return self.ask("rev-parse", f"{commit}^{{tree}}")

    def changed(self) -> list[str]:
        """Paths that differ from HEAD or are not tracked (and not ignored)."""
        out = self.ask("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
        return [entry[3:] for entry in out.split("\0") if entry]

    def trailers(self, commit: str, key: str) -> list[str]:
        """The values of one trailer of a commit message."""
        return self.lines("log", "-1", f"--format=%(trailers:key={key},valueonly)", commit)

    def commit(self, paths: Sequence[str], message: str, when: dt.datetime) -> str | None:
        """Commit the paths as they are now (added, changed or removed) at the given time; None when nothing differs."""
        if not paths:
            return None
        self.ask("add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul", stdin="\0".join(paths))
        if self.tries("diff", "--cached", "--quiet"):
            return None
        date = when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        self.ask(
            *self.identity, "commit", "--quiet", "--no-verify", "--cleanup=strip", "--file=-", env=dates, stdin=message
        )
        return self.head
