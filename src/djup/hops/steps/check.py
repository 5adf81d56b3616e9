"""The step that checks without running tests: sources, system check, migration drift, templates, imports."""

from __future__ import annotations

from djup.hops.place import project_now, workplace
from djup.hops.work import Done, Work
from djup.model import Checked, Hop
from djup.project.apps import project_modules
from djup.project.tree import Tree
from djup.verify.inspection import inspect


def check(work: Work, hop: Hop) -> Done:
    """Run every check and sweep in the hop's own Python and keep what they gave."""
    project = project_now(work)
    place = workplace(work, hop, "check", project)
    sources = [str(path) for path in Tree(work.root).python_files]
    checked = inspect(place, project_modules(project), sources)
    work.ledger.keep(hop.number, "checks", checked)
    return Done(message=_summary(checked), waited=sum(one.seconds for one in checked))


def _summary(checked: tuple[Checked, ...]) -> str:
    parts = [f"{len(one.well)} {one.name}" for one in checked if one.name in ("sources", "templates", "imports")]
    troubles = sum(len(one.troubles) for one in checked)
    return ", ".join(parts) + (f"; {troubles} in trouble" if troubles else " well")
