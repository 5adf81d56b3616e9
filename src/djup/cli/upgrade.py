"""``djup upgrade``: carry the project to a newer release."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import HELP, format_option, names, path_argument, project_options, source_options, target_options
from djup.cli.output import show, show_patch, tell
from djup.config import Config, load_config
from djup.errors import DjupError
from djup.report.diff import unified_diff
from djup.report.plan import document as plan_document
from djup.report.terminal import make_reporter
from djup.report.upgrade import document
from djup.tasks.plan import Survey, early_rewritings, git_of, init_git, make_plan_page, scope_for, survey
from djup.tasks.runs import UpgradeRequest, abort, report_of
from djup.tasks.upgrade import Confirm, agree
from djup.tasks.upgrade import upgrade as carry

CONFIGURED = (
    *("to", "via", "settings", "python", "test_command", "env", "branch", "accept_failures", "network", "skip"),
    *("smoke", "accept_differences", "packages", "only_packages", "skip_packages", "within", "offline", "find_links"),
)
"""The options that are keys of the configuration too."""


@click.command(context_settings=HELP)
@path_argument
@target_options
@project_options
@source_options
@format_option
@click.option("--dry-run", is_flag=True, help="Show the plan and change nothing.")
@click.option("--diff", is_flag=True, help="Show what would be rewritten before the first hop, and change nothing.")
@click.option("--branch", metavar="NAME", help="The branch to work on. [default: djup/RELEASE]")
@click.option("--continue", "resume", is_flag=True, help="Go on with a run that stopped, after you mended it.")
@click.option("--abort", "drop", is_flag=True, help="Drop the run with its branch and worktree.")
@click.option("--allow-dirty", is_flag=True, help="Start from the last commit even if files have changed since.")
@click.option("--init-git", is_flag=True, help="Make a git repository of a project that is not in one.")
@click.option(
    "--accept-failures", is_flag=True, default=None, help="Go on even if tests fail before anything is changed."
)
@click.option("--network", type=click.Choice(["auto", "none", "host"]), help="What tests may reach. [default: auto]")
@click.option(
    "--no-packages", "packages", flag_value=False, default=None, help="Leave out the last hop, which raises packages."
)
@click.option(
    "--only-package",
    "only_packages",
    metavar="NAME",
    multiple=True,
    callback=names,
    help="Raise only this package in the last hop; repeatable.",
)
@click.option(
    "--skip-package",
    "skip_packages",
    metavar="NAME",
    multiple=True,
    callback=names,
    help="Leave this package alone in the last hop; repeatable.",
)
@click.option("--skip", metavar="IDS", multiple=True, callback=names, help="Do not make these changes; repeatable.")
@click.option(
    "--within",
    metavar="DAYS",
    help="In the last hop, take no release younger than this, except security fixes. [default: 7d]",
)
@click.option(
    "--accept-difference",
    "accept_differences",
    metavar="TEXT",
    multiple=True,
    help="Accept smoke test differences whose line contains this text; repeatable, also with --continue.",
)
@click.option("--smoke", type=click.Choice(["auto", "true", "false"]), help="Run smoke tests in hops. [default: auto]")
@click.option("-y", "--yes", is_flag=True, help="Start without asking.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def upgrade(path: Path, form: str, **given: Any) -> None:
    """Upgrade a project on a branch of its own.

    The project in PATH goes from release to release; your files and branches stay as they are.
    """
    root = path.resolve()
    if given["init_git"]:
        init_git(root)
    if given["drop"]:
        run = abort(git_of(root).common_dir, given["branch"], make_reporter(quiet=given["quiet"]))
        tell(f"Dropped the run on {run.branch}; your own branches and files are as they were.")
        return
    config = load_config(root, {key: given[key] for key in CONFIGURED}, os.environ)
    now = dt.datetime.now(dt.UTC)
    if given["dry_run"] or given["diff"]:
        _show(survey(root, config, now.date(), one_hop=given["one_hop"]), config, form, diff=given["diff"])
        return
    request = UpgradeRequest(
        root=root,
        config=config,
        now=now,
        allow_dirty=given["allow_dirty"],
        resume=given["resume"],
        one_hop=given["one_hop"],
    )
    _carry(request, agree if given["yes"] or given["resume"] else _ask, form, quiet=given["quiet"])


def _show(planned: Survey, config: Config, form: str, *, diff: bool) -> None:
    if diff:
        show_patch(unified_diff(planned.project.root, early_rewritings(planned, scope_for(config))))
        return
    page = make_plan_page(planned, config)
    show(form, page, plan_document(page))


def _ask(planned: Survey) -> None:
    """Show the plan and ask; without a terminal nobody answers, so -y is needed."""
    if not planned.path.hops:
        return
    page = make_plan_page(planned)
    show("text", page, plan_document(page))
    click.confirm("Start?", default=True, abort=True, err=True)


def _carry(request: UpgradeRequest, confirm: Confirm, form: str, *, quiet: bool) -> None:
    """Run, then print the report of the run however it ended."""
    try:
        page = carry(request, make_reporter(quiet=quiet), confirm)
    except DjupError as error:
        if error.verdict in ("blocked", "baseline-red", "environment-failed"):
            stopped = report_of(request.root, git_of(request.root).common_dir, None)
            show(form, stopped, document(stopped))
        raise
    show(form, page, document(page))
