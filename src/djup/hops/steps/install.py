"""The step that gives a stop its environment: from the set the bump chose, or at the baseline as the project is."""

from __future__ import annotations

import datetime as dt

from djup.environments.project_needs import contents_for, day_within
from djup.environments.store import ensure_environment
from djup.hops.context import RunContext, StepOutcome
from djup.hops.evidence import ENVIRONMENT, RESOLUTION, Built
from djup.hops.place import interpreter_of, project_now
from djup.model import Hop, Project
from djup.packages.bump import resolve_as_it_is
from djup.packages.origins import sources_for


def install(context: RunContext, hop: Hop) -> StepOutcome:
    """Resolve at the baseline, then build or find the environment, and keep where it is."""
    project = project_now(context)
    interpreter = interpreter_of(hop)
    sources = sources_for(context.run.config, project)
    resolution = context.ledger.kept(hop.number, RESOLUTION)
    if resolution is None:
        resolution = resolve_as_it_is(
            project,
            interpreter,
            django=hop.start.django,
            as_of=day_of(context, project, hop),
            today=context.today,
            sources=sources,
            extra=context.run.config.requirements,
        )
        context.ledger.keep(hop.number, RESOLUTION, resolution)
    logs = context.ledger.log_folder(hop.number, "install")
    contents = contents_for(project, resolution.lines, resolution.build_constraints)
    built = ensure_environment(contents, interpreter, logs, sources)
    for note in (*resolution.notes, *built.notes):
        context.reporter.note(note)
    context.ledger.keep(hop.number, ENVIRONMENT, Built(python=built.python, notes=(*resolution.notes, *built.notes)))
    how = "used again" if built.reused else "built"
    return StepOutcome(message=f"{len(resolution.pins)} packages on Python {interpreter.version}, {how}")


def day_of(context: RunContext, project: Project, hop: Hop) -> dt.date:
    """The day unpinned requirements are taken from at the end of a hop; at the baseline that of the last commit."""
    last = project.vcs.last_commit if project.vcs and hop.number == 0 else None
    return day_within(hop.end.release, last, context.today)
