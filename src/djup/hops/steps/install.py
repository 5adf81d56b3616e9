"""The step that gives a stop its environment: from the set the bump chose, or at the baseline as the project is."""

from __future__ import annotations

import datetime as dt

from djup.environments.project_needs import contents_for, day_within
from djup.environments.store import ensure_environment
from djup.hops.place import Built, interpreter_of, project_now
from djup.hops.work import Done, Work
from djup.model import Hop, Project
from djup.packages.bump import resolve_as_it_is
from djup.packages.origins import sources_for
from djup.packages.resolve import Resolution


def install(work: Work, hop: Hop) -> Done:
    """Resolve at the baseline, then build or find the environment, and keep where it is."""
    project = project_now(work)
    interpreter = interpreter_of(hop)
    sources = sources_for(work.run.config, project)
    resolution = work.ledger.kept(hop.number, "resolution", Resolution)
    if resolution is None:
        resolution = resolve_as_it_is(
            project,
            interpreter,
            django=hop.start.django,
            as_of=day_of(work, project, hop),
            today=work.today,
            sources=sources,
            extra=work.run.config.requirements,
        )
        work.ledger.keep(hop.number, "resolution", resolution)
    logs = work.ledger.log_folder(hop.number, "install")
    contents = contents_for(project, resolution.lines, resolution.build_constraints)
    built = ensure_environment(contents, interpreter, logs, sources)
    for note in (*resolution.notes, *built.notes):
        work.reporter.note(note)
    work.ledger.keep(hop.number, "environment", Built(python=built.python, notes=(*resolution.notes, *built.notes)))
    how = "used again" if built.reused else "built"
    return Done(message=f"{len(resolution.pins)} packages on Python {interpreter.version}, {how}")


def day_of(work: Work, project: Project, hop: Hop) -> dt.date:
    """The day unpinned requirements are taken from at the end of a hop; at the baseline that of the last commit."""
    last = project.vcs.last_commit if project.vcs and hop.number == 0 else None
    return day_within(hop.end.release, last, work.today)
