"""The environment and the workplace of a stop, from what the ledger keeps."""

from __future__ import annotations

import shutil
from pathlib import Path

from djup.config import Config
from djup.environments.interpreters import Interpreter, interpreters, need_interpreter
from djup.environments.sources import Sources
from djup.environments.store import Contents
from djup.hops.work import Work
from djup.knowledge.support import load_support
from djup.model import Hop, Project, Record
from djup.packages.origins import sources_of
from djup.packages.resolve import Resolution
from djup.process import Network
from djup.project.options import told
from djup.project.read import read_project
from djup.project.servers import names_server, variables_of
from djup.verify.workplace import Workplace


class Built(Record):
    """The environment an install step made: its interpreter's path and what a person should know of it."""

    python: Path
    notes: tuple[str, ...] = ()


def project_now(work: Work) -> Project:
    """Read the project as it is in the worktree."""
    return read_project(work.root, told(work.run.config), released=load_support().versions())


def sources_at(config: Config, project: Project) -> Sources:
    """Where the packages of a project come from."""
    return sources_of(project, find_links=config.find_links, offline=config.offline)


def folders_on_path(project: Project) -> tuple[Path, ...]:
    """The folders of a project that Python has to look into for its modules."""
    return tuple((project.root / folder).resolve() for folder in project.pythonpath)


def contents_for(project: Project, resolution: Resolution) -> Contents:
    """What the environment of a project holds: what was resolved, and the project itself."""
    return Contents(
        lines=resolution.lines,
        project=project.root if project.distribution else None,
        paths=folders_on_path(project),
        build_constraints=resolution.build_constraints,
    )


def interpreter_of(hop: Hop) -> Interpreter:
    """The interpreter a hop ends on."""
    return need_interpreter(hop.end.python, interpreters())


def workplace(work: Work, hop: Hop, step: str, project: Project) -> Workplace:
    """Where project code runs after the hop's install step."""
    built = work.ledger.kept(hop.number, "environment", Built)
    assert built is not None, "the install step comes first"  # noqa: S101
    if step == "check":
        shutil.rmtree(_scratch(work, hop), ignore_errors=True)
    config = work.run.config
    return Workplace(
        root=work.root,
        python=built.python,
        logs=work.ledger.log_folder(hop.number, step),
        tests=project.tests.value if project.tests else None,
        settings=project.settings.value if project.settings else None,
        pythonpath=folders_on_path(project),
        environment=_environment(work, hop),
        network=network_for(config, project),
        timeout=config.test_timeout,
    )


def _environment(work: Work, hop: Hop) -> dict[str, str]:
    """The user's variables; one that names an empty folder gets a fresh one for each attempt at a hop.

    What old versions write there would reach newer ones otherwise, which no test run is made for.
    """
    variables = dict(work.run.config.env)
    for name in work.run.scratch:
        folder = _scratch(work, hop) / name
        folder.mkdir(parents=True, exist_ok=True)
        variables[name] = str(folder)
    return variables


def _scratch(work: Work, hop: Hop) -> Path:
    return work.ledger.folder / "scratch" / f"{hop.number:02}"


def network_for(config: Config, project: Project) -> Network:
    """What tests may reach: nothing but the loopback of their own, unless a database server must be reached.

    That one lives on a server is read in the settings, or in the variables these may take it from.
    """
    if config.network != "auto":
        return config.network
    served = any(database.vendor in ("postgresql", "mysql", "oracle") for database in project.databases)
    return "host" if served or names_server(variables_of(project.root) | dict(config.env)) else "none"
