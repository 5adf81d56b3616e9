"""The runs of a repository: which one an upgrade starts or takes up, the report of one, and its end by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from djup.config import Config
from djup.errors import UsageError
from djup.hops.context import RunContext
from djup.hops.ledger import Ledger, Run, latest_branch
from djup.hops.leftovers import drop_database
from djup.hops.lock import only_run
from djup.hops.session import abort_run, branch_name, open_run, resume_run, start_run, work_of, worktree_of
from djup.hops.steps import repeated_names
from djup.model import Project, Record, UpgradePath, Vcs
from djup.project.vcs import refuse_unreadable
from djup.report.run import build_report
from djup.report.upgrade import UpgradePage
from djup.reporter import Reporter

SHOWN = 5
"""Changed paths an error names."""


class UpgradeRequest(Record):
    """What the user asked for. ``now`` is the moment of asking, in UTC."""

    root: Path
    config: Config
    now: dt.datetime
    allow_dirty: bool = False
    resume: bool = False
    one_hop: bool = False


def ready_to_start(project: Project, *, allow_dirty: bool) -> Vcs:
    """Return the project's git state; raises UsageError where a run cannot start from it."""
    vcs = project.vcs
    if vcs is None:
        refuse_unreadable(project.root)
        raise UsageError(
            f"{project.root} is not in a git repository, and djup keeps its work in commits.",
            hint="Run `djup upgrade --init-git` to make one with a first commit of what is there.",
        )
    if not vcs.head:
        raise UsageError("this git repository has no commit yet.", hint="Commit the project first.", path=vcs.top)
    if vcs.dirty and not allow_dirty:
        shown = ", ".join(vcs.dirty[:SHOWN]) + (" …" if len(vcs.dirty) > SHOWN else "")
        raise UsageError(
            f"{len(vcs.dirty)} paths are changed or not tracked: {shown}.",
            hint="Commit or stash them, or give --allow-dirty to start from the last commit without them.",
        )
    return vcs


def open_or_resume(
    request: UpgradeRequest, project: Project, vcs: Vcs, path: UpgradePath, reporter: Reporter
) -> RunContext:
    """Start a new run, or take up the one on record for this branch; raises UsageError where neither can be done."""
    branch = branch_name(path, request.config)
    if request.resume:
        branch = request.config.branch or latest_branch(vcs.common_dir) or branch
    ledger = Ledger(vcs.common_dir, branch)
    if not ledger.exists and request.resume:
        raise UsageError("there is no run to continue here.", hint="Start one with `djup upgrade`.")
    if ledger.exists:
        run = ledger.read_run()
        _refuse_other_work(run, vcs, request)
        if request.resume or run.state not in ("baseline-red", "environment-failed"):
            return _resumed(run, ledger, request, reporter)
        # Nothing was changed on its branch yet, so starting anew loses nothing.
        abort_run(run, ledger)
    return open_run(start_run(project, vcs, path, request.config, request.now), ledger, reporter)


def _resumed(run: Run, ledger: Ledger, request: UpgradeRequest, reporter: Reporter) -> RunContext:
    """The run on record, at the step it was in; a hop that was blocked measures anew what a person may have mended."""
    run = _with_later_wishes(run, request.config)
    if run.state == "blocked":
        blocked = max(step.hop for step in ledger.steps())
        ledger.forget_steps(blocked, repeated_names())
    return resume_run(run, ledger, reporter, request.now)


def _with_later_wishes(run: Run, config: Config) -> Run:
    """The run with what may be said of its smoke tests once they were seen; all else stays as it was asked at first."""
    accepted = tuple(dict.fromkeys((*run.config.accept_differences, *config.accept_differences)))
    smoke = config.smoke if "smoke" in config.origins else run.config.smoke
    settled = msgspec.structs.replace(run.config, accept_differences=accepted, smoke=smoke)
    return msgspec.structs.replace(run, config=settled)


def _refuse_other_work(run: Run, vcs: Vcs, request: UpgradeRequest) -> None:
    """A run on record is taken up only if it is the one asked for."""
    if run.state == "green":
        raise UsageError(
            f"the branch '{run.branch}' is already at Django {run.path.target.django}.",
            hint=f"Merge it (`git merge {run.branch}`), see `djup report`, or drop it with `djup upgrade --abort`.",
        )
    if run.base != vcs.head and not request.resume:
        raise UsageError(
            f"the run on '{run.branch}' began at commit {run.base[:9]}, and this checkout is at {vcs.head[:9]}.",
            hint="Go on from where it began with `djup upgrade --continue`, or drop it with `djup upgrade --abort`.",
        )


def report_of(root: Path, common_dir: Path, branch: str | None) -> UpgradePage:
    """Return the report of the latest run on record (or that of a branch); raises UsageError if there is none."""
    name = branch or latest_branch(common_dir)
    ledger = Ledger(common_dir, name) if name else None
    if ledger is None or not ledger.exists:
        raise UsageError("no run is on record for this project.", hint="Start one with `djup upgrade`.", path=root)
    run = ledger.read_run()
    return build_report(ledger, run, str(worktree_of(run) or ""))


def abort(common_dir: Path, branch: str | None, reporter: Reporter) -> Run:
    """Drop the latest run (or that of a branch) with its worktree and branch; raises UsageError if there is none."""
    name = branch or latest_branch(common_dir)
    if name is None:
        raise UsageError("there is no run to abort here.")
    with only_run(common_dir):
        ledger = Ledger(common_dir, name)
        run = ledger.read_run()
        left = work_of(run, ledger, reporter)
        if left is not None:
            drop_database(left)
        abort_run(run, ledger)
        return run
