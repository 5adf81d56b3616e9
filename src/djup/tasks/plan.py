"""READ, KNOW and PLAN of one project: what status, plan and upgrade begin with."""

from __future__ import annotations

import datetime as dt
import shlex
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from djup.config import Config
from djup.environments.interpreters import interpreters
from djup.errors import UsageError
from djup.facts.project import build_facts
from djup.fixers.engine.walk import find_tree, fix_tree
from djup.git import Git
from djup.knowledge.changes import all_changes, applicable
from djup.knowledge.package_changes import known_ids
from djup.knowledge.support import SupportTable, load_support
from djup.model import Finding, Project, Record, Release, Stop, UpgradePath, Vcs, release_of, release_text
from djup.plan.estimate import estimate
from djup.plan.path import plan_path
from djup.plan.target import choose_target
from djup.project.options import told
from djup.project.pythons import allows
from djup.project.read import read_project
from djup.project.vcs import read_vcs, refuse_unreadable
from djup.report.plan import PlannedChange, PlannedHop, PlanPage
from djup.report.upgrade import At
from djup.scope import Scope, scope_of
from djup.source.files import project_files


class Survey(Record):
    """What is known of a project before anything runs.

    The project, where it stands, the way, and what is in the way.
    """

    project: Project
    start: Stop
    path: UpgradePath
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each change applies."""
        return Counter(finding.change for finding in self.findings)


def read(root: Path, config: Config) -> Project:
    """READ: the project, with what the configuration says beating what is found."""
    return read_project(root, told(config), released=load_support().versions())


class ReleaseKnowledge(Record):
    """KNOW: the releases around a project: what supports what, which Pythons are here, and where the project stands."""

    table: SupportTable
    pythons: tuple[Release, ...]
    start: Stop


def survey(root: Path, config: Config, today: dt.date, *, one_hop: bool = False) -> Survey:
    """Read the project, plan its path, and find what that path asks of its code.

    Raises UsageError where the project or the target is not something djup can work with.
    """
    planned = outline(root, config, today, one_hop=one_hop)
    findings = find_changes(planned.project, planned.path, scope_for(config))
    return msgspec.structs.replace(planned, findings=findings)


def outline(root: Path, config: Config, today: dt.date, *, one_hop: bool = False) -> Survey:
    """Read the project and plan its path without a look into its code; raises UsageError as :func:`survey` does."""
    project = read(root, config)
    known = know(project)
    path = plan(project, known, config, today, one_hop=one_hop)
    return Survey(project=project, start=known.start, path=path, findings=())


def know(project: Project) -> ReleaseKnowledge:
    """KNOW: where the project stands among the releases; raises UsageError as :func:`stand` does."""
    table = load_support()
    pythons = tuple(interpreter.release for interpreter in interpreters())
    return ReleaseKnowledge(table=table, pythons=pythons, start=stand(project, table, pythons))


def plan(
    project: Project, known: ReleaseKnowledge, config: Config, today: dt.date, *, one_hop: bool = False
) -> UpgradePath:
    """PLAN: the hops from where the project stands to the target asked for; raises UsageError for one out of reach."""
    target = choose_target(config.to, known.start.django, known.table, known.pythons, today)
    packages = raises_packages(config, project)
    return plan_path(
        known.start, target, known.table, known.pythons, via=config.via, one_hop=one_hop, packages=packages, today=today
    )


def raises_packages(config: Config, project: Project) -> bool:
    """Whether a run ends with the hop that raises packages: not if it is off, and not for a patch alone."""
    others = any(
        requirement.name not in ("", "django") for file in project.manifests for requirement in file.requirements
    )
    return config.packages and config.to != "patch" and others


def stand(project: Project, table: SupportTable, pythons: tuple[Release, ...]) -> Stop:
    """Where the project stands: its Django, and the Python it says, else the newest here that this Django supports.

    Raises UsageError when nothing tells the Django version, or it is none djup knows.
    """
    if project.django is None:
        raise UsageError(
            f"nothing in {project.root} says which Django the project is on.",
            hint="Pin it in requirements.txt (Django==X.Y.Z), or in the dependencies of pyproject.toml or setup.py.",
        )
    django = _django(project, table)
    release = release_of(Version(django))
    if release not in table.rows:
        raise UsageError(f"Django {django} ({project.django.why}) is no version djup knows.", hint="Check the pin.")
    return Stop(django=django, python=_python(project, table.supported_pythons(django), pythons))


def _django(project: Project, table: SupportTable) -> str:
    """The Django said firmly; of a range, the newest that runs on the Python said firmly, as pip would have taken."""
    assert project.django is not None, "the caller asked"  # noqa: S101
    value, said = project.django.value, project.python
    place = project.django.place
    every = (requirement for file in project.manifests for requirement in file.requirements)
    ranges = [asked.specifier for asked in every if asked.name == "django" and asked.place == place]
    if project.django.certain or said is None or not said.certain or not ranges:
        return value
    allowed = SpecifierSet(ranges[0])
    fitting = [
        version
        for row in table.rows.values()
        for version in row.versions
        if allowed.contains(version) and Version(version) <= Version(value)
    ]
    running = [version for version in fitting if said.value in table.supported_pythons(version)]
    return max(running, key=Version, default=value)


def _python(project: Project, supported: tuple[Release, ...], here: tuple[Release, ...]) -> Release:
    """The Python said firmly.

    Else, of those here that this Django and the project's range support, the one said or the newest.
    """
    said = project.python
    if said is not None and said.certain:
        return said.value
    allowed = [python for python in supported if allows(python, project.python_range)] or list(supported)
    at_hand = [python for python in allowed if python in here]
    if said is not None and said.value in at_hand:
        return said.value
    older = [python for python in at_hand if said is None or python <= said.value]
    choices = older or at_hand or allowed
    if not choices:
        raise UsageError(
            f"no Python is known that runs Django {project.django.value if project.django else ''}.",
            hint="Name the Python the project runs on with --python.",
        )
    return choices[-1]


def scope_for(config: Config) -> Scope:
    """The scope of a configuration; raises UsageError for the id of a change that is unknown."""
    scope = scope_of(config)
    scope.check_ids(known_ids())
    return scope


def find_changes(project: Project, path: UpgradePath, scope: Scope) -> tuple[Finding, ...]:
    """KNOW: every place in the project that a release on the way, or a coming one, asks to change."""
    early, late = applicable(all_changes(), at=path.start.release, target=path.target.release)
    paths = project_files(project.root)
    facts = build_facts(project.root, paths, project.settings_files)
    return find_tree(project.root, scope.files(paths), scope.changes([*early, *late]), facts)


def early_rewritings(planned: Survey, scope: Scope) -> Mapping[PurePosixPath, bytes]:
    """The files that the first hop would rewrite before any version moves, with their new bytes."""
    early, _ = applicable(all_changes(), at=planned.path.start.release, target=planned.path.target.release)
    root = planned.project.root
    paths = project_files(root)
    wanted = [change for change in scope.changes(early) if change.fixable]
    facts = build_facts(root, paths, planned.project.settings_files)
    fixed = fix_tree(root, scope.files(paths), wanted, facts)
    return {path: data for files in fixed.changed.values() for path, data in files.items()}


def git_of(root: Path) -> Vcs:
    """The git state of a project; raises UsageError where it is in no repository."""
    vcs = read_vcs(root)
    if vcs is None:
        refuse_unreadable(root)
        raise UsageError(
            f"{root} is not in a git repository, so there is no run of djup here.", hint="See `djup upgrade --help`."
        )
    return vcs


def init_git(root: Path) -> None:
    """Make a git repository of a project that is in none, with a first commit of what is there."""
    if read_vcs(root) is not None:
        return
    refuse_unreadable(root)
    git = Git(root)
    git.ask("init", "--quiet")
    git.ask("add", "--all")
    git.ask(*git.identity, "commit", "--quiet", "--message", "The project as it is")


# --- the page -------------------------------------------------------------------------------------------------------

REPEATED = ("to", "via", "settings", "python", "test_command")
"""The options of ``djup plan`` that ``djup upgrade`` needs again."""


def make_plan_page(planned: Survey, config: Config | None = None) -> PlanPage:
    """Make the page of a plan, with the command that carries it out where a configuration is given."""
    changes = {change.id: change for change in all_changes()}
    return PlanPage(
        project=planned.project.name,
        start=_at(planned.path.start),
        target=_at(planned.path.target),
        hops=tuple(
            PlannedHop(
                number=hop.number,
                kind=hop.kind,
                start=_at(hop.start),
                end=_at(hop.end),
                why=hop.why,
                supported_until=hop.supported_until,
            )
            for hop in planned.path.hops
        ),
        changes=tuple(
            PlannedChange(id=name, summary=changes[name].summary, places=places, fixed_by_djup=changes[name].fixable)
            for name, places in sorted(planned.counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        estimate=estimate(planned.path, planned.findings),
        notes=planned.path.notes,
        next_command=_next_command(planned, config) if config else "",
    )


def _at(stop: Stop) -> At:
    return At(django=stop.django, python=release_text(stop.python))


def _next_command(planned: Survey, config: Config) -> str:
    """The command that does what is planned, with the options this one was given; values of variables may be secret."""
    if not planned.path.hops:
        return "djup check"
    words = ["djup", "upgrade"]
    for key in REPEATED:
        if config.origins.get(key) == "command line":
            words += [f"--{key.replace('_', '-')}", str(getattr(config, key))]
    shown = shlex.join(words)
    return shown + "".join(f" --env {shlex.quote(name)}=…" for name in config.env if "env" in config.origins)
