"""The road: read the project, know the releases, plan the path, run the hops, tell.

The only place where the stages meet.
"""

from __future__ import annotations

from collections.abc import Callable

from djup.hops.lock import only_run
from djup.hops.run import run_hops
from djup.packages.look_alikes import refuse_look_alikes
from djup.report.run import build_report
from djup.report.upgrade import UpgradePage
from djup.reporter import Reporter
from djup.tasks.plan import Survey, find_changes, know, plan, read, scope_for
from djup.tasks.runs import UpgradeRequest, open_or_resume, ready_to_start

Confirm = Callable[[Survey], None]
"""Shown what is planned before anything is made; raises what ends the command where the answer is no."""


def agree(planned: Survey) -> None:
    """The answer where nobody is asked: with -y, and for a run that was confirmed when it began."""


def upgrade(request: UpgradeRequest, reporter: Reporter, confirm: Confirm) -> UpgradePage:
    """Carry the project as far as it goes, and return the report; a run cut short is taken up where it was.

    Raises UsageError, NeedsPerson, BaselineError or EnvironmentFailedError for what ends a run before its target; the
    ledger holds the report of those as well.
    """
    config, today = request.config, request.now.date()

    # READ: what the checkout says, without running any of it.
    project = read(request.root, config)
    scope = scope_for(config)
    vcs = ready_to_start(project, allow_dirty=request.allow_dirty or request.resume)
    refuse_look_alikes(project, config.requirements, config.allowed_packages)

    # KNOW, then PLAN: where it stands, where it can go, and what that asks of its code.
    known = know(project)
    path = plan(project, known, config, today, one_hop=request.one_hop)
    confirm(Survey(project=project, start=known.start, path=path, findings=find_changes(project, path, scope)))

    # RUN: from here on there is a branch, a worktree and a ledger, which outlive this process.
    with only_run(vcs.common_dir):
        context = open_or_resume(request, project, vcs, path, reporter)
        reporter.planned(context.run.path)
        run = run_hops(context)

    # TELL
    return build_report(context.ledger, run, "")
