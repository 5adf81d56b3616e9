"""The road: read the project, know the releases, plan the path, run the hops, tell.

The only place where the stages meet.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import msgspec

from djup.config import Config
from djup.errors import BaselineError, DjupError, EnvironmentFailedError, NeedsPerson, UsageError
from djup.hops.hop import run_hop
from djup.hops.ledger import Ledger, Run, State, latest_branch
from djup.hops.leftovers import drop_database
from djup.hops.lock import only_run
from djup.hops.session import abort_run, branch_name, end_run, open_run, resume_run, start_run, work_of, worktree_of
from djup.hops.steps import AFTER_REPAIR
from djup.hops.work import Work
from djup.model import Hop, HopResult, Project, Record, Vcs
from djup.packages.look_alikes import refuse_look_alikes
from djup.project.vcs import refuse_unreadable
from djup.report.run import Report, build_report
from djup.reporter import Reporter
from djup.tasks.plan import Survey

SHOWN = 5
"""Changed paths an error names."""


STATES: dict[type[DjupError], State] = {
    BaselineError: "baseline-red",
    NeedsPerson: "blocked",
    EnvironmentFailedError: "environment-failed",
}
"""How a run ended, by the error that ended it."""


class Request(Record):
    """What the user asked for. ``now`` is the moment of asking, in UTC."""

    root: Path
    config: Config
    now: dt.datetime
    allow_dirty: bool = False
    resume: bool = False


def upgrade(request: Request, planned: Survey, reporter: Reporter) -> Report:
    """Carry the project as far as it goes, and return the report; a run cut short is taken up where it was.

    Raises UsageError, NeedsPerson, BaselineError or EnvironmentFailedError for what ends a run before its target; the
    ledger holds the report of those as well.
    """
    vcs = ready_to_start(planned.project, allow_dirty=request.allow_dirty or request.resume)
    config = request.config
    refuse_look_alikes(planned.project, config.requirements, config.allowed_packages)
    with only_run(vcs.common_dir):
        work = _open(request, planned, vcs, reporter)
        reporter.planned(work.run.path)
        return _run(work)


def ready_to_start(project: Project, *, allow_dirty: bool) -> Vcs:
    """Return the project's git state, or say why a run cannot start from it."""
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


def _open(request: Request, planned: Survey, vcs: Vcs, reporter: Reporter) -> Work:
    """Start a new run, or take up the one on record for this branch."""
    branch = branch_name(planned.path, request.config)
    if request.resume:
        branch = request.config.branch or latest_branch(vcs.common_dir) or branch
    ledger = Ledger(vcs.common_dir, branch)
    if not ledger.exists:
        if request.resume:
            raise UsageError("there is no run to continue here.", hint="Start one with `djup upgrade`.")
        return open_run(start_run(planned.project, vcs, planned.path, request.config, request.now), ledger, reporter)
    run = ledger.read_run()
    _refuse_other_work(run, vcs, request)
    if run.state in ("baseline-red", "environment-failed") and not request.resume:
        abort_run(run, ledger)
        return open_run(start_run(planned.project, vcs, planned.path, request.config, request.now), ledger, reporter)
    run = _with_later_wishes(run, request.config)
    if run.state == "blocked":
        blocked = max(step.hop for step in ledger.steps())
        ledger.forget_steps(blocked, AFTER_REPAIR)
    return resume_run(run, ledger, reporter, request.now)


def _with_later_wishes(run: Run, config: Config) -> Run:
    """The run with what may be said of its smoke tests once they were seen; all else stays as it was asked at first."""
    accepted = tuple(dict.fromkeys((*run.config.accept_differences, *config.accept_differences)))
    smoke = config.smoke if "smoke" in config.origins else run.config.smoke
    settled = msgspec.structs.replace(run.config, accept_differences=accepted, smoke=smoke)
    return msgspec.structs.replace(run, config=settled)


def _refuse_other_work(run: Run, vcs: Vcs, request: Request) -> None:
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


def _run(work: Work) -> Report:
    """Run the baseline and the hops that are not green yet; record how the run ended, whatever ends it."""
    started = time.monotonic()
    green = {hop.hop.number for hop in work.ledger.hops() if hop.green}
    try:
        for hop in work.stops:
            if hop.number not in green:
                _run_to_green(work, hop)
    except (BaselineError, NeedsPerson, EnvironmentFailedError) as error:
        end_run(
            work,
            next(state for kind, state in STATES.items() if isinstance(error, kind)),
            reason=error.problem,
            hint=error.hint,
            seconds=time.monotonic() - started,
        )
        raise
    except BaseException:
        end_run(work, "running", seconds=time.monotonic() - started)
        raise
    drop_database(work)
    run = end_run(work, "green", seconds=time.monotonic() - started)
    return build_report(work.ledger, run, "")


def _run_to_green(work: Work, hop: Hop) -> None:
    result = run_hop(work, hop)
    if not result.green:
        raise _stopped(hop, result, work)


def _stopped(hop: Hop, result: HopResult, work: Work) -> NeedsPerson | BaselineError:
    if hop.number == 0:
        return BaselineError(result.reason, hint=result.hint)
    return NeedsPerson(
        f"the hop to {hop.end} is not green: {result.reason}",
        hint=f"What is needed is in `djup report`. Mend it in {work.root}, commit there, then run"
        " `djup upgrade --continue`; or give up with `djup upgrade --abort`.",
    )


def report_of(root: Path, common_dir: Path, branch: str | None) -> Report:
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
