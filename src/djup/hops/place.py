"""The environment and the workplace of a stop, from what the ledger keeps."""

from __future__ import annotations

import shutil
from pathlib import Path

from djup.environments.interpreters import Interpreter, interpreters, need_interpreter
from djup.environments.project_needs import folders_on_path, network_for
from djup.hops.context import RunContext
from djup.hops.evidence import ENVIRONMENT
from djup.knowledge.support import load_support
from djup.model import Hop, Project
from djup.project.options import told
from djup.project.read import read_project
from djup.verify.workplace import Workplace


def project_now(context: RunContext) -> Project:
    """Read the project as it is in the worktree."""
    return read_project(context.root, told(context.run.config), released=load_support().versions())


def interpreter_of(hop: Hop) -> Interpreter:
    """The interpreter a hop ends on."""
    return need_interpreter(hop.end.python, interpreters())


def workplace(context: RunContext, hop: Hop, step: str, project: Project) -> Workplace:
    """Where project code runs after the hop's install step."""
    built = context.ledger.kept(hop.number, ENVIRONMENT)
    assert built is not None, "the install step comes first"  # noqa: S101
    if step == "check":
        shutil.rmtree(_scratch(context, hop), ignore_errors=True)
    config = context.run.config
    return Workplace(
        root=context.root,
        python=built.python,
        logs=context.ledger.log_folder(hop.number, step),
        tests=project.tests.value if project.tests else None,
        settings=project.settings.value if project.settings else None,
        pythonpath=folders_on_path(project),
        environment=_environment(context, hop),
        network=network_for(config, project),
        timeout=config.test_timeout,
    )


def _environment(context: RunContext, hop: Hop) -> dict[str, str]:
    """The user's variables; one that names an empty folder gets a fresh one for each attempt at a hop.

    What old versions write there would reach newer ones otherwise, which no test run is made for.
    """
    variables = dict(context.run.config.env)
    for name in context.run.scratch:
        folder = _scratch(context, hop) / name
        folder.mkdir(parents=True, exist_ok=True)
        variables[name] = str(folder)
    return variables


def _scratch(context: RunContext, hop: Hop) -> Path:
    return context.ledger.folder / "scratch" / f"{hop.number:02}"
