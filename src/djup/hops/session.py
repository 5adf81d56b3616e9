"""Opening a run, taking one up again after any kind of end, and closing it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path, PurePosixPath

import msgspec

from djup.config import Config
from djup.errors import UsageError
from djup.git import Git
from djup.hops.context import RunContext
from djup.hops.ledger import Ledger, Run, State
from djup.hops.worktree import (
    branch_exists,
    close_worktree,
    open_worktree,
    rescue,
    restore,
    worktree_folder,
)
from djup.model import Project, UpgradePath, Vcs, release_text
from djup.project.local_files import copy_local_files
from djup.reporter import Reporter

LOCK_WAIT = 5.0
"""Seconds a git process that outlived its djup is given to end before its lock counts as stale."""


def branch_name(path: UpgradePath, config: Config) -> str:
    """The branch of a run: the one asked for, else ``djup/<target release>``."""
    return config.branch or f"djup/{release_text(path.target.release)}"


def start_run(project: Project, vcs: Vcs, path: UpgradePath, config: Config, now: dt.datetime) -> Run:
    """Return the record of a new run from the commit the checkout is on."""
    return Run(
        branch=branch_name(path, config),
        base=vcs.head,
        top=vcs.top,
        inside=PurePosixPath(project.root.relative_to(vcs.top).as_posix()),
        started=now.replace(microsecond=0),
        config=config,
        path=path,
        notes=project.notes,
        scratch=tuple(name for name, value in config.env.items() if _is_empty_folder(value)),
    )


def _is_empty_folder(value: str) -> bool:
    """Whether a variable names a folder outside that holds nothing (yet): what a project writes its state to."""
    folder = Path(value)
    return folder.is_absolute() and (not folder.exists() or (folder.is_dir() and not any(folder.iterdir())))


def open_run(run: Run, ledger: Ledger, reporter: Reporter) -> RunContext:
    """Record a new run and lay out its worktree; raises UsageError if the branch is somebody else's."""
    if branch_exists(Git(run.top), run.branch):
        raise UsageError(
            f"the branch '{run.branch}' exists and no run of djup is on record for it.",
            hint="Name another with --branch, or delete that one.",
        )
    ledger.write_run(run)
    context = _lay_out(run, ledger, reporter)
    if copied := copy_local_files(run.top, context.git.folder):
        reporter.note(f"copied into the worktree, as git ignores them: {', '.join(copied)}")
    return context


def resume_run(run: Run, ledger: Ledger, reporter: Reporter, now: dt.datetime) -> RunContext:
    """Take up a run on record: what a killed step left half-done goes, what a person did stays."""
    blocked = run.state == "blocked"
    run = msgspec.structs.replace(run, state="running", reason="", hint="")
    context = _lay_out(run, ledger, reporter)
    _drop_stale_locks(context.git)
    known = _last_head(ledger) or run.base
    own = _by_hand(context.git, known)
    if blocked and context.git.changed():
        context.git.commit(context.git.changed(), "Changes made by hand\n", now)
        reporter.note("committed the changes made by hand in the worktree")
    if ref := rescue(context.git, now):
        reporter.note(f"kept what was not committed in the worktree as {ref}")
    restore(context.git, "HEAD" if own or blocked else known)
    ledger.write_run(run)
    return context


def end_run(context: RunContext, state: State, *, reason: str = "", hint: str = "", seconds: float) -> Run:
    """Record how the run ended; the worktree of a finished one goes, so that its branch can be checked out."""
    run = msgspec.structs.replace(
        context.run, state=state, reason=reason, hint=hint, seconds=context.run.seconds + seconds
    )
    context.ledger.write_run(run)
    untouched = context.git.head == run.base
    if state == "green" or (untouched and state in ("baseline-red", "environment-failed")):
        close_worktree(run.top, run.branch, drop_branch=untouched and state != "green")
    return run


def abort_run(run: Run, ledger: Ledger) -> None:
    """Drop a run: its worktree, its branch and its record. The user's own branches stay."""
    close_worktree(run.top, run.branch, drop_branch=True)
    ledger.drop()


def worktree_of(run: Run) -> Path | None:
    """The folder of the run's worktree while it is there."""
    folder = worktree_folder(run.top)
    return folder if folder.exists() else None


def work_of(run: Run, ledger: Ledger, reporter: Reporter) -> RunContext | None:
    """A run as its worktree lies there; None where that is gone."""
    folder = worktree_of(run)
    if folder is None:
        return None
    return RunContext(run=run, ledger=ledger, git=Git(folder), root=folder / run.inside, reporter=reporter)


def rewind(context: RunContext, commit: str) -> None:
    """Go back to a commit before an attempt is made anew, unless a person has committed since."""
    if not _by_hand(context.git, commit):
        restore(context.git, commit)


def mark_green(context: RunContext) -> None:
    """Point the run's own ref at the commit that is known to be green."""
    slug = context.run.branch.replace("/", "-")
    context.git.ask("update-ref", f"refs/djup/green/{slug}", "HEAD")


def _lay_out(run: Run, ledger: Ledger, reporter: Reporter) -> RunContext:
    folder = open_worktree(run.top, run.branch, run.base)
    return RunContext(run=run, ledger=ledger, git=Git(folder), root=folder / run.inside, reporter=reporter)


def _last_head(ledger: Ledger) -> str | None:
    """The commit of the step that ended last."""
    steps = ledger.steps()
    return steps[-1].head if steps else None


def _by_hand(git: Git, known: str) -> list[str]:
    """Commits since ``known`` that djup did not make."""
    if not git.tries("merge-base", "--is-ancestor", known, "HEAD"):
        return [git.head]
    return [commit for commit in git.lines("rev-list", f"{known}..HEAD") if not git.trailers(commit, "Djup-Step")]


def _drop_stale_locks(git: Git) -> None:
    """Remove the lock files of git processes that were killed with their djup."""
    folder = Path(git.ask("rev-parse", "--absolute-git-dir"))
    shared = Path(git.ask("rev-parse", "--path-format=absolute", "--git-common-dir"))
    branch = git.ask("symbolic-ref", "HEAD")
    locks = [folder / "index.lock", folder / "HEAD.lock", shared / f"{branch}.lock"]
    deadline = time.monotonic() + LOCK_WAIT
    while any(lock.exists() for lock in locks) and time.monotonic() < deadline:
        time.sleep(0.1)
    for lock in locks:
        lock.unlink(missing_ok=True)
