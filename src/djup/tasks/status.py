"""``djup status``: reads a project, judges what it uses, looks at its latest run, and settles on the next command."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator

from djup.config import Config
from djup.environments.interpreters import interpreters
from djup.errors import DjupError, UsageError
from djup.git import Git
from djup.hops.ledger import Ledger, Run, latest_branch
from djup.hops.lock import is_held
from djup.knowledge.support import SupportTable, load_support
from djup.lifecycle.catalogue import load_catalogue
from djup.lifecycle.security import load_issues
from djup.model import Known, Project, Release, Stop, Vcs, release_text
from djup.plan.target import choose_target
from djup.report.status import LatestRun, Row, StatusPage
from djup.tasks.check import Yardstick, check_project
from djup.tasks.plan import stand

APPS_NAMED = 8

Step = tuple[str, str]
"""A command to type, and why."""


def make_status(project: Project, config: Config, today: dt.date) -> StatusPage:
    """Make the page; a Django that no file names is shown as such."""
    table = load_support()
    pythons = tuple(interpreter.release for interpreter in interpreters())
    standing = check_project(project, Yardstick(table, load_catalogue(), load_issues(), today)).judged
    run = latest_run(project.vcs) if project.vcs else None
    stop: Stop | None = None
    try:
        stop = stand(project, table, pythons)
        support = _support(table, stop, today)
    except UsageError as error:
        support = error.problem
    command, why = _blocker(project, stop, run) or _way(project, stop, config, pythons, today)
    return StatusPage(
        project=project.name,
        django=stop.django if stop else None,
        python=release_text(stop.python) if stop else None,
        support=support,
        supported=table.is_supported(stop.release, today) if stop else None,
        latest_patch=table.latest(stop.release) if stop else None,
        rows=tuple(_rows(project, stop, support)),
        notes=project.notes,
        next_command=command,
        next_why=why,
        run=run,
        standing=standing,
    )


def _support(table: SupportTable, stop: Stop, today: dt.date) -> str:
    until, latest = table.end_of_life(stop.release), table.latest(stop.release)
    newest = "the newest patch" if latest == stop.django else f"the newest patch is {latest}"
    supported = table.is_supported(stop.release, today)
    return f"{'supported until' if supported else 'out of support since'} {until or 'unknown'}; {newest}"


# --- the latest run -------------------------------------------------------------------------------------------------


def latest_run(vcs: Vcs) -> LatestRun | None:
    """The run written last, with what git tells of it: whether it is at work, and whether its branch is merged."""
    branch = latest_branch(vcs.common_dir)
    if branch is None:
        return None
    run = Ledger(vcs.common_dir, branch).read_run()
    target = run.path.hops[-1].end.django if run.path.hops else run.path.target.django
    if run.state == "running":
        state = LatestRun(state="running" if is_held(vcs.common_dir) else "stopped", branch=branch, target=target)
    elif run.state == "green" and _is_merged(vcs, run):
        state = LatestRun(state="merged", branch=branch, target=target)
    else:
        state = LatestRun(state=run.state, branch=branch, target=target, reason=run.reason)
    return state


def _is_merged(vcs: Vcs, run: Run) -> bool:
    """Whether the checkout holds the branch; one that was deleted after its merge counts by its last green commit."""
    git = Git(vcs.top)
    green = f"refs/djup/green/{run.branch.replace('/', '-')}"
    heads = [ref for ref in (f"refs/heads/{run.branch}", green) if git.tries("rev-parse", "--verify", "--quiet", ref)]
    return bool(heads) and git.tries("merge-base", "--is-ancestor", heads[0], "HEAD")


# --- what to do next ------------------------------------------------------------------------------------------------


def _blocker(project: Project, stop: Stop | None, run: LatestRun | None) -> Step | None:
    """What comes before any new plan: a version, a repository, the end of the run on record, a clean checkout."""
    if stop is None:
        return "echo 'Django==X.Y.Z' >> requirements.txt", "with the version it runs on; then: djup status"
    if project.vcs is None:
        return "djup upgrade --init-git", "makes a git repository, which djup needs"
    if run is not None and run.state != "merged":
        return _after(run)
    if project.vcs.dirty:
        return "git stash", "or commit; then: djup plan"
    return None


def _way(project: Project, stop: Stop | None, config: Config, pythons: tuple[Release, ...], today: dt.date) -> Step:
    """The plan of the way to the target, where there is one."""
    needed = "".join(f" --env {known.value}=…" for known in project.required_env)
    try:
        target = choose_target(config.to, stop.django if stop else "", load_support(), pythons, today)
    except DjupError:
        return f"djup plan --to latest{needed}", ""
    if stop and target.version == stop.django:
        return "djup check", "tells when the next upgrade is due"
    return f"djup plan{needed}", f"shows the way to Django {target.version}"


def _after(run: LatestRun) -> Step:
    """The next command while a run is on record that is not merged."""
    steps: dict[str, Step] = {
        "running": ("djup report", "shows how far it is"),
        "stopped": ("djup upgrade --continue", "goes on where it was"),
        "blocked": ("djup report", "says what a person must do; then: djup upgrade --continue"),
        "baseline-red": ("djup report", "says which tests fail; mend them, then: djup upgrade"),
        "environment-failed": ("djup report", "says what could not be built; then: djup upgrade --continue"),
        "green": (f"git merge {shlex.quote(run.branch)}", "djup report shows what it brings"),
    }
    return steps[run.state]


# --- the facts ------------------------------------------------------------------------------------------------------


def _rows(project: Project, stop: Stop | None, support: str) -> Iterator[Row]:
    yield _known("Django", project.django)
    yield Row(label="support", value=support)
    python = _python(project, stop)
    if python:
        yield python
    yield _known("settings", project.settings)
    yield _tests(project)
    for database in project.databases:
        yield Row(label="database", value=f"{database.vendor} ({database.alias})", why=str(database.place or ""))
    for server in project.servers:
        yield Row(label="server", value=f"{server.product} {server.version.value}", why=str(server.version.place or ""))
    manifests = ", ".join(f"{file.path} ({len(file.requirements)})" for file in project.manifests)
    yield Row(label="manifests", value=manifests or "none")
    if project.locks:
        yield Row(label="locks", value=", ".join(map(str, project.locks)))
    yield _apps(project)
    if project.required_env:
        names = ", ".join(known.value for known in project.required_env)
        yield Row(label="needs", value=names, why="settings read it without a default: --env NAME=VALUE")
    yield _git(project)


def _python(project: Project, stop: Stop | None) -> Row | None:
    known = project.python
    if stop and (known is None or known.value != stop.python):
        said = f"; {_place(known)}{known.why} says {release_text(known.value)}" if known else ""
        why = f"the newest here that this Django supports{said}"
        return Row(label="Python", value=release_text(stop.python), why=why, certain=False)
    if known is None:
        return None
    return Row(label="Python", value=release_text(known.value), why=_place(known) + known.why, certain=known.certain)


def _tests(project: Project) -> Row:
    if project.tests is None:
        return Row(label="tests", value="none found", why="give --test-command")
    command = project.tests.value
    folder = "" if str(command.directory) == "." else f" in {command.directory}"
    value = f"python {' '.join(command.argv)}{folder}"
    return Row(label="tests", value=value, why=project.tests.why, certain=project.tests.certain)


def _apps(project: Project) -> Row:
    models, migrations = sum(app.models for app in project.apps), sum(app.migrations for app in project.apps)
    counts = f"{len(project.apps)} with {models} models, {migrations} migrations, {project.templates} templates"
    names = [app.name for app in project.apps]
    more = ["…"] if len(names) > APPS_NAMED else []
    return Row(label="apps", value=counts, why=", ".join([*names[:APPS_NAMED], *more]))


def _git(project: Project) -> Row:
    if project.vcs is None:
        return Row(label="git", value="none", why="`djup upgrade --init-git` makes a repository")
    state = f"{len(project.vcs.dirty)} paths changed" if project.vcs.dirty else "clean"
    return Row(label="git", value=f"{project.vcs.branch or 'no branch'} at {project.vcs.head[:9]}, {state}")


def _known(label: str, known: Known[str] | None) -> Row:
    if known is None:
        return Row(label=label, value="not found")
    return Row(label=label, value=known.value, why=_place(known) + known.why, certain=known.certain)


def _place(known: Known[str] | Known[Release]) -> str:
    return f"{known.place}: " if known.place else ""
