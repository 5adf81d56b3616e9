"""Running git: no hooks, no signing, no prompts, no program that a repository names; dates are given by us."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from djup.errors import DjupError
from djup.git.programs import OWN_WAY, as_variables, overrides, plain, variables
from djup.process import Ran, environment, run


class GitError(DjupError):
    """A git command failed."""


class Git:
    """Git in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self,
        *words: str,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float | None = None,
    ) -> Ran:
        """Run a git command to its end, however it ends; raises ProgramMissingError where there is no git.

        What the repository's settings name is looked up before each call: project code may have changed them.
        """
        own = variables(environment())
        scoped = run(["git", *OWN_WAY, "config", "--list", "--show-scope", "-z"], cwd=self.folder, env=own)
        settings = as_variables(overrides(scoped.output if scoped.ok else ""), own)
        return run(
            ["git", *OWN_WAY, *plain(words)],
            cwd=self.folder,
            env={**own, **settings, **(env or {})},
            stdin=stdin,
            timeout=timeout,
        )

    def ask(self, *words: str, env: Mapping[str, str] | None = None, stdin: str | None = None) -> str:
        """Run a git command and return what it printed, right-stripped; raises GitError with git's own words."""
        ran = self.run(*words, env=env, stdin=stdin)
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
