"""``djup status``: what the project here is, until when all it uses is supported, and the next command to type."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from djup.cli.options import format_option, path_argument, project_options
from djup.cli.output import print_as
from djup.config import Config, load_config
from djup.environments.interpreters import interpreters
from djup.errors import DjupError, UsageError
from djup.knowledge.support import load_support
from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.security import load_issues
from djup.model import Project, Stop
from djup.plan.target import choose_target
from djup.report.status import StatusPage, print_status, status_markdown, status_page
from djup.tasks.check import Yardstick, check_project
from djup.tasks.plan import read, stand


@click.command()
@path_argument
@project_options
@format_option
def status(path: Path, form: str, **given: Any) -> None:
    """Show what a project is, until when what it uses is supported, and what to do next.

    Each fact about the project in PATH says where it was read.
    """
    config = load_config(path.resolve(), given, os.environ)
    page = make_page(read(path.resolve(), config), config, dt.datetime.now(dt.UTC).date())
    print_as(form, page, text=lambda out: print_status(out, page), markdown=lambda: status_markdown(page))


def make_page(project: Project, config: Config, today: dt.date) -> StatusPage:
    """Make the status page; a Django nobody names is shown as such."""
    table = load_support()
    pythons = tuple(interpreter.release for interpreter in interpreters())
    standing = check_project(project, Yardstick(table, load_catalogue(), load_issues(), today)).judged
    try:
        stop = stand(project, table, pythons)
    except UsageError as error:
        way = "echo 'Django==X.Y.Z' >> requirements.txt  # the version it runs on; then: djup status"
        return status_page(
            project, None, error.problem, supported=None, latest=None, next_command=way, standing=standing
        )
    until = table.end_of_life(stop.release)
    supported = table.is_supported(stop.release, today)
    latest = table.latest(stop.release)
    newest = "the newest patch" if latest == stop.django else f"the newest patch is {latest}"
    support = f"{'supported until' if supported else 'out of support since'} {until or 'unknown'}; {newest}"
    return status_page(
        project,
        stop,
        support,
        supported=supported,
        latest=latest,
        next_command=_next(project, stop, config, pythons, today),
        standing=standing,
    )


def _next(project: Project, stop: Stop, config: Config, pythons: tuple[tuple[int, ...], ...], today: dt.date) -> str:
    """The exact command that does the next sensible thing."""
    if project.vcs is None:
        return "djup upgrade --init-git"
    if project.vcs.dirty:
        return "git stash  # or commit; then: djup plan"
    if project.required_env:
        return "djup plan " + " ".join(f"--env {known.value}=…" for known in project.required_env)
    try:
        target = choose_target(config.to, stop.django, load_support(), pythons, today)
    except DjupError:
        return "djup plan --to latest"
    return "djup plan" if target.version != stop.django else "djup report"
